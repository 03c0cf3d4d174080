import type {Profile} from './profiles.ts';
import {customerCreated, customerDeleted, mask} from './replies.ts';
import type {Answer, Checked, Sandbox} from './sandbox.ts';

export function createCustomer({customer}: {customer: Profile}, {profiles}: Sandbox): Checked<Answer> {
  profiles.keep(customer);
  const {pays} = customer;
  return {value: customerCreated(customer, pays.by === 'card' ? mask(pays.number) : undefined)};
}

export function deleteCustomer({customer}: {customer: Profile}, {profiles}: Sandbox): Checked<Answer> {
  profiles.forget(customer.id);
  return {value: customerDeleted(customer)};
}
