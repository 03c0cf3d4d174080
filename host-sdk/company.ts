import type {FieldsState} from '../widget/protocol/messages.ts';
import {BANK_FIELDS, type Brand, type FieldName} from '../widget/protocol/names.ts';

/**
 * What the elements of one form know of each other. A card may stand in several of them, each in a frame of its own:
 * the brand found in one is what the security code in another goes by, and a card that may be left out as a whole may
 * not in the one once it was begun in the other. Digits are known to none of them.
 */
export interface Member {
  state: () => FieldsState;
  fields: () => readonly FieldName[];
  /** As the page set it on this element. */
  isOptional: () => boolean;
  /** It takes no part, and what stands in it is nobody's business. */
  isDisabled: () => boolean;
  /** Another one entered, left, or is in another state. */
  onNews: () => void;
}

const companies = new WeakMap<HTMLFormElement, Set<Member>>();

/** Makes `member` known to the others of `form`, until the returned function is called. */
export function enter(form: HTMLFormElement, member: Member): () => void {
  const company = companies.get(form) ?? new Set();
  companies.set(form, company.add(member));
  tellOthers(form, member);
  return () => {
    company.delete(member);
    tellOthers(form, member);
  };
}

export function tellOthers(form: HTMLFormElement | null, member: Member): void {
  for (const other of membersOf(form)) if (other !== member) other.onNews();
}

/** The brand of the number that another element of the form asks for, once it is known. */
export function brandBeside(form: HTMLFormElement | null, member: Member): Brand | undefined {
  return othersIn(form, member)
    .map((other) => other.state().brand)
    .find((brand) => brand !== undefined);
}

/** Whether nothing has to be typed: the page says so, and no other part of the same card or account was begun. */
export function isOptionalIn(form: HTMLFormElement | null, member: Member): boolean {
  const isBegun = othersIn(form, member).some(
    (other) => other.isOptional() && isOfBank(other) === isOfBank(member) && !other.state().empty,
  );
  return member.isOptional() && !isBegun;
}

function othersIn(form: HTMLFormElement | null, member: Member): Member[] {
  return membersOf(form).filter((other) => other !== member && !other.isDisabled());
}

function membersOf(form: HTMLFormElement | null): Member[] {
  return form === null ? [] : [...(companies.get(form) ?? [])];
}

function isOfBank({fields}: Member): boolean {
  return fields().some((name) => BANK_FIELDS.includes(name));
}
