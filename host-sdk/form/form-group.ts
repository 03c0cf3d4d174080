import type {SealResult} from '../../widget/protocol/messages.ts';
import {BANK_FIELDS, type Brand, type FieldName} from '../../widget/protocol/names.ts';
import type {Submitter} from './native-form.ts';
import {type FieldsStatus, isSkipped} from './validity.ts';

/** One element of a form, as the other elements and the submission see it. */
export interface Member {
  /** Contains the hidden inputs, and gets the focus if it is invalid. */
  element: HTMLElement;
  fields: () => readonly FieldName[];
  /** The current state of the fields. */
  connection: FieldsStatus;
  /** Whether the element has `data-optional`. */
  isOptional: () => boolean;
  isDisabled: () => boolean;
  /** Called when another element has joined or left the form, or has changed its state. */
  onGroupChange: () => void;
  /** Whether sealed values may be sent to where a submit with this submitter would send them. */
  allowsAction: (submitter: Submitter | null) => boolean;
  refuseAction: () => void;
  seal: (submission: string) => Promise<SealResult>;
  /** Fires `invalid` if it is invalid, as the browser does when it blocks a form. @returns whether it is invalid. */
  reportInvalid: () => boolean;
  reportError: (error: unknown) => void;
  /** Reopens the frame with empty fields, and shows them as required. With `isFirst`, the first of them gets the focus. */
  reopen: (isFirst: boolean) => void;
}

/**
 * The elements of one form. The fields of one card can be in several elements, each with its own frame. The brand of the
 * card number in one element determines the length of the security code in another. A card that is optional as a whole
 * becomes required in every element as soon as one of them is filled. Elements do not share digits.
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

  /** The elements that a submit asks for values, in document order: the enabled ones, unless optional and failed. */
  included(): Member[] {
    return [...this.members]
      .filter((member) => !member.isDisabled())
      .filter((member) => member.connection.status !== 'failed' || !this.isSkipped(member))
      .sort((a, b) =>
        a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      );
  }

  /** Whether the element may be left out of a submission: it is optional, and empty as far as the page knows. */
  isSkipped(member: Member): boolean {
    return isSkipped(member.connection, this.isOptional(member));
  }

  /** The number of inputs of all enabled elements. */
  inputs(): number {
    return [...this.members]
      .filter((member) => !member.isDisabled())
      .flatMap((member) => member.fields().filter((name) => name !== 'accountType')).length;
  }

  /** Calls `onGroupChange` of all elements except `member`. */
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
