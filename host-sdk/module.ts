/** The npm entry: the element's class and types. Importing it defines nothing and works in Node; see `define.ts`. */
export {SealedFieldsElement} from './element.ts';
export {SealedFieldsError, type ErrorCode} from '../widget/protocol/errors.ts';
export type {SealedEvents, WarningCode} from './events.ts';
export type {FieldFault, FieldsState, FieldState, SealResult} from '../widget/protocol/messages.ts';
export type {Brand, FieldName, FieldStatus, Problem} from '../widget/protocol/names.ts';
