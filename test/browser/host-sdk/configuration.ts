import type {Configure} from '../../../widget/protocol/messages.ts';

/** What an element without attributes configures its frame with. */
export const CONFIGURATION: Configure = {
  colorScheme: 'light',
  layout: 'stacked',
  locale: 'en',
  labels: {},
  placeholders: {},
  disabled: false,
  optional: false,
  autoAdvance: false,
  names: {},
};
