import type {Configure} from '../../../widget/protocol/messages.ts';

/** The configuration that an element without attributes sends to its frame. */
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
