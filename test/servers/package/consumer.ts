/** A merchant's strict TypeScript that uses the published package; `types.test.ts` compiles it. */
import {
  type Brand,
  type ErrorCode,
  type FieldFault,
  type FieldName,
  type FieldsState,
  type FieldState,
  type FieldStatus,
  type Problem,
  type SealedEvents,
  SealedFieldsElement,
  SealedFieldsError,
  type SealResult,
} from 'sealed-fields';
import {define} from 'sealed-fields/define';

const made: SealedFieldsElement = document.createElement('sealed-fields');
const found: SealedFieldsElement | null = document.querySelector('sealed-fields');
const element = found ?? made;

// Members.
const sealing: Promise<SealResult> = element.seal();
element.clear();
element.focus();
element.focus('expiry');
element.focus({preventScroll: true});
element.retry();
const ready: Promise<void> = element.ready;
const state: FieldsState = element.state;
const form: HTMLFormElement | null = element.form;
const validity: ValidityState = element.validity;
const message: string = element.validationMessage;
const verdicts: boolean[] = [element.willValidate, element.checkValidity(), element.reportValidity()];
// @ts-expect-error There is no such field.
element.focus('pin');
// @ts-expect-error The state is read-only.
element.state = state;

// The state.
const number: FieldState | undefined = state.fields.cardNumber;
const status: FieldStatus | undefined = number?.status;
const problem: Problem | undefined = number?.problem;
const flags: (boolean | undefined)[] = [number?.focused, number?.visited, state.complete, state.sealed];
const brand: Brand | undefined = state.brand;
const why: string | undefined = state.message;
// @ts-expect-error The state has no text of a field.
void number?.value;

// A result is narrowed by `ok`.
const tell = async (): Promise<string> => {
  const result = await sealing;
  if (result.ok) {
    const {
      values,
      keyId,
      id,
      sealedAt,
    }: {values: Readonly<Record<string, string>>; keyId: string; id: string; sealedAt: string} = result;
    return [...Object.entries(values).flat(), keyId, id, sealedAt].join();
  }
  // @ts-expect-error Faults have no values.
  void result.values;
  const faults: readonly FieldFault[] = result.fields;
  return faults.map((fault): FieldName => fault.field).join();
};

// Events, on the element and on the ancestors that they bubble to.
element.addEventListener('sealed-ready', ({detail}) => {
  const nothing: null = detail;
  void nothing;
});
document.addEventListener('sealed-change', ({detail}: CustomEvent<FieldsState>) => detail.complete);
window.addEventListener('sealed-submit', (event) => {
  event.preventDefault();
});
document.body.addEventListener('sealed-warning', ({detail}) => `${detail.code}: ${detail.message}`);
element.addEventListener('sealed-error', ({detail}) => {
  const error: SealedFieldsError & Error = detail;
  const code: ErrorCode = error.code;
  const texts: string[] = [error.message, error.hint, error.docs];
  return code === 'frame-blocked' ? texts : [];
});
// @ts-expect-error An event's detail has its own type.
element.addEventListener('sealed-change', ({detail}) => detail.digits);
const names: (keyof SealedEvents)[] = [
  'sealed-ready',
  'sealed-change',
  'sealed-submit',
  'sealed-warning',
  'sealed-error',
];

const isFirst: boolean = define({merchant: 'demo', origin: 'https://pay.example'});
const isFirstWithoutOrigin: boolean = SealedFieldsElement.define({merchant: 'demo'});
// @ts-expect-error The origin is required.
define({merchant: 'demo'});

export {
  brand,
  flags,
  form,
  isFirst,
  isFirstWithoutOrigin,
  message,
  names,
  problem,
  ready,
  status,
  tell,
  validity,
  verdicts,
  why,
};
