import type {Reader} from '../sandbox.ts';
import {asText, type Json, jsonObject, member} from './json.ts';

const MAX_TEXT_LENGTH = 255;

/** Reads `billing_address`: optional strings of limited length. The sandbox does not verify the address. */
export const readAddress: Reader<Json> = (body) => {
  const address = jsonObject(member(body, 'billing_address') ?? {});
  const isGood = address && Object.keys(address).every((name) => isShortText(member(address, name)));
  return isGood ? {value: address} : {errors: ['billing_address']};
};

export const readIntegrator: Reader<string> = (body) => {
  const id = member(body, 'integrator_id') ?? '';
  return typeof id === 'string' && isShortText(id) ? {value: id} : {errors: ['integrator_id']};
};

/** Reads `merchant_id`, which selects one of several accounts at PayTrace. The sandbox accepts any number. */
export const readMerchant: Reader<string> = (body) => {
  const id = asText(member(body, 'merchant_id')) ?? '';
  return /^\d{1,15}$/.test(id) ? {value: id} : {errors: ['merchant_id']};
};

function isShortText(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.length <= MAX_TEXT_LENGTH);
}
