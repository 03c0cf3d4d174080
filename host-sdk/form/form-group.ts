import type {SealResult} from '../../widget/protocol/messages.ts';
import {BANK_FIELDS, type Brand, type FieldName} from '../../widget/protocol/names.ts';
import {type FieldsStatus, isSkipped} from './validity.ts';

/** One element's part in its form. */
export interface Member {
  /** Contains its hidden inputs, and gets the focus if it is invalid. */
  element: HTMLElement;
  fields: () => readonly FieldName[];
  /** Current at any time. */
  connection: FieldsStatus;
  /** As `data-optional` says. */
  isOptional: () => boolean;
  isDisabled: () => boolean;
  /** Another element joined, left, or has another state. */
  onGroupChange: () => void;
  seal: (submission: string) => Promise<SealResult>;
  reportError: (error: unknown) => void;
  /** Opens its frame again, empty, and then shows what is required; the first one gets the focus. */
  reopen: (isFirst: boolean) => void;
}

/**
 * The elements of one form. A card may be divided among several elements, each with its own frame: the brand found in
 * one determines the security code in another, and a card that is optional as a whole is required in each element once
 * one of them is filled. No digit passes from one to another.
 */
export class FormGroup {
  /** In the order in which they joined. */
  readonly members = new Set<Member>();

  add(member: Member): void {
    this.members.add(member);
    this.notifyOthers(member);
  }

  delete(member: Member): void {
    this.members.delete(member);
    this.notifyOthers(member);
  }

  /** The elements that take part in a submission, in document order: those that are neither disabled nor skipped. */
  included(): Member[] {
    return [...this.members]
      .filter((member) => !member.isDisabled() && !isSkipped(member.connection, this.isOptional(member)))
      .sort((a, b) =>
        a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      );
  }

  notifyOthers(member: Member): void {
    for (const other of this.members) if (other !== member) other.onGroupChange();
  }

  /** The brand of the card number in another element, once it is known. */
  brandFor(member: Member): Brand | undefined {
    return this.#enabledOthers(member)
      .map((other) => other.connection.state.brand)
      .find((brand) => brand !== undefined);
  }

  /** Whether the element may stay empty: it is optional, and no other element of the same card or account is filled. */
  isOptional(member: Member): boolean {
    const isBegun = this.#enabledOthers(member).some(
      (other) =>
        other.isOptional() && hasBankFields(other) === hasBankFields(member) && !other.connection.state.empty,
    );
    return member.isOptional() && !isBegun;
  }

  #enabledOthers(member: Member): Member[] {
    return [...this.members].filter((other) => other !== member && !other.isDisabled());
  }
}

function hasBankFields({fields}: Member): boolean {
  return fields().some((name) => BANK_FIELDS.includes(name));
}
