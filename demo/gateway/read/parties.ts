import type {Reader} from '../sandbox.ts';
import {asText, type Json, jsonObject, member} from './json.ts';

const LONGEST_TEXT = 255;

/** `billing_address`: as far as it was sent, texts that are not endless; the sandbox holds them against nothing. */
export const readAddress: Reader<Json> = (body) => {
  const address = jsonObject(member(body, 'billing_address') ?? {});
  const isGood = address && Object.keys(address).every((name) => isShortText(member(address, name)));
  return isGood ? {value: address} : {errors: ['billing_address']};
};

export const readIntegrator: Reader<string> = (body) => {
  const id = member(body, 'integrator_id') ?? '';
  return typeof id === 'string' && isShortText(id) ? {value: id} : {errors: ['integrator_id']};
};

/** Whose account of several at PayTrace is meant; the sandbox has one, and takes any number for it. */
export const readMerchant: Reader<string> = (body) => {
  const id = asText(member(body, 'merchant_id')) ?? '';
  return /^\d{1,15}$/.test(id) ? {value: id} : {errors: ['merchant_id']};
};

function isShortText(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.length <= LONGEST_TEXT);
}
