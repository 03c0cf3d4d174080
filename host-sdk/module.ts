import {SealedFieldsElement} from './element.ts';

/** The npm entry: the same element as the script's, and its types. Each element says its own `data-origin`. */
export {SealedFieldsElement};
export type {SealResult} from './bridge.ts';
export type {SealedEvents} from './events.ts';
export {SealedFieldsError, type ErrorCode} from '../widget/protocol/errors.ts';
export type {FieldFault, FieldsState, FieldState} from '../widget/protocol/messages.ts';
export type {Brand, FieldName, FieldStatus, Problem} from '../widget/protocol/names.ts';

SealedFieldsElement.define();
