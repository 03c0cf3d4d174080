import type {FieldName} from '../protocol/names.ts';
import {cardNumber} from './card-number.ts';
import {expiry} from './expiry.ts';
import type {FieldSpec} from './field.ts';
import {securityCode} from './security-code.ts';

/** Every field that a page can ask for; a name without its spec does not compile. */
export const SPECS: {readonly [F in FieldName]: FieldSpec<F>} = {cardNumber, expiry, securityCode};
