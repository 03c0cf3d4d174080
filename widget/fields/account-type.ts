import {ACCOUNT_TYPES} from '../protocol/names.ts';
import type {FieldSpec} from './field.ts';

/** What kind of account it is: a choice with something chosen from the start, so that nothing can be wrong with it. */
export const accountType: FieldSpec<'accountType'> = {
  name: 'accountType',
  autocomplete: 'off',
  choices: ACCOUNT_TYPES,
  format: (text, caret) => ({text, caret}),
  validate: () => ({status: 'valid'}),
};
