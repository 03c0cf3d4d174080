import type {Control} from './control.ts';

export const SECRECY: readonly Control[] = [
  {
    id: 'L01',
    without: 'a value goes into the envelope as it was typed',
    changes: [
      {
        file: 'widget/crypto/paytrace.ts',
        from: `plain ? value : forge.util.encode64(key.encrypt(value, 'RSAES-PKCS1-V1_5'))`,
        to: 'plain ? value : forge.util.encode64(value)',
      },
    ],
  },
  {
    id: 'L01',
    without: 'a state names what stands in the fields',
    changes: [
      {
        file: 'widget/main.ts',
        from: 'const state = {...summary(form.state), message: form.message};',
        to: `const state = {...summary(form.state), message: Object.values(form.state.fields).map(({text}) => text).join()};`,
      },
    ],
  },
  {
    id: 'L02',
    without: 'the engine is not made to forget the text that was matched last',
    changes: [{file: 'widget/fields/field.ts', from: `/^/.test('');`, to: ''}],
  },
  {
    id: 'L03',
    without: 'a state is told at every key, changed or not',
    changes: [{file: 'widget/main.ts', from: 'if (text === told && !anew) return;', to: ''}],
  },
  {
    id: 'L03',
    without: 'a state tells how much stands in a field',
    changes: [
      {
        file: 'widget/main.ts',
        from: 'const text = JSON.stringify(state);',
        to: 'const text = JSON.stringify([state, form.state]);',
      },
    ],
  },
  {
    id: 'L04',
    without: 'a fault crosses in the words of its cause, in place of a code',
    changes: [
      {
        file: 'widget/main.ts',
        from: `return error instanceof SealedFieldsError ? error.code : 'seal-failed';`,
        to: 'return String((error as Error).cause) as ErrorCode;',
      },
      {
        file: 'widget/protocol/frame-events.ts',
        from: `code: oneOf(fields, 'code', ERROR_CODES),`,
        to: `code: own(fields, 'code') as ErrorCode,`,
      },
    ],
  },
];
