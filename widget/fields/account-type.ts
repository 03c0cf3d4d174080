import {ACCOUNT_TYPES} from '../protocol/names.ts';
import type {FieldSpec} from './field.ts';

/** The type of the account: a list with a preselected choice, so that it is always valid. */
export const accountType: FieldSpec<'accountType'> = {
  name: 'accountType',
  autocomplete: 'off',
  choices: ACCOUNT_TYPES,
  format: (text, caret) => ({text, caret}),
  validate: () => ({status: 'valid'}),
};
