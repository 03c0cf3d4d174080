import type {FieldName} from '../protocol/names.ts';
import {accountNumber, accountNumberConfirmation} from './account-number.ts';
import {accountType} from './account-type.ts';
import {cardNumber} from './card-number.ts';
import {cardholderName} from './cardholder-name.ts';
import {expiry} from './expiry.ts';
import type {FieldSpec} from './field.ts';
import {routingNumber} from './routing-number.ts';
import {securityCode} from './security-code.ts';

/** The spec of every field that a page can request; a name without its spec does not compile. */
export const SPECS: {readonly [F in FieldName]: FieldSpec<F>} = {
  cardNumber,
  expiry,
  securityCode,
  routingNumber,
  accountNumber,
  accountNumberConfirmation,
  accountType,
  cardholderName,
};
