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
        file: 'widget/reports.ts',
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
    changes: [{file: 'widget/reports.ts', from: 'if (text === told && !anew) return;', to: ''}],
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
        from: `code: codeOf(text(fields, 'code', 40, /^[a-z-]+$/)),`,
        to: `code: own(fields, 'code') as ErrorCode,`,
      },
    ],
  },
  {
    id: 'L05',
    without: 'the first six stand beside the last four however short the number is',
    changes: [
      {
        file: 'widget/crypto/seal.ts',
        from: `shown.includes('bin') && cardNumber.length >= 15`,
        to: `shown.includes('bin')`,
      },
    ],
  },
  {
    id: 'L05',
    without: 'the last four are shown without being asked for',
    changes: [{file: 'widget/crypto/seal.ts', from: `shown.includes('last4') && `, to: ''}],
  },
  {
    id: 'L06',
    without: 'an account’s number is not masked',
    changes: [
      {
        file: 'widget/styles.ts',
        from: '.masked:not(:focus, :placeholder-shown) { -webkit-text-security: disc; }',
        to: '',
      },
    ],
  },
  {
    id: 'L06',
    without: 'a bank’s number asks to be filled from a card',
    changes: [
      {file: 'widget/fields/routing-number.ts', from: `autocomplete: 'off'`, to: `autocomplete: 'cc-number'`},
    ],
  },
  {
    id: 'L07',
    without: 'the frame is asked for with the page’s whole address where the page is that free with it',
    changes: [{file: 'host-sdk/frame.ts', from: `frame.referrerPolicy = 'strict-origin';`, to: ''}],
  },
  {
    id: 'L07',
    without: 'the frame asks for its parts with its own address',
    changes: [
      {
        file: 'widget/publish/headers.ts',
        from: `'Referrer-Policy': 'no-referrer',\n    'Permissions-Policy'`,
        to: `'Permissions-Policy'`,
      },
    ],
  },
  {
    id: 'L08',
    without: 'inputs have a name that a form would send',
    changes: [
      {
        file: 'widget/components/hosted-field.ts',
        from: "inputmode=${isText ? 'text' : 'numeric'}",
        to: "inputmode=${isText ? 'text' : 'numeric'} name=${name}",
      },
    ],
  },
  {
    id: 'L09',
    without: 'Enter and a submit do in the frame what they do in any form',
    changes: [
      {
        file: 'widget/components/payment-form.ts',
        from: '#onSubmit(event: SubmitEvent) {\n    event.preventDefault();',
        to: '#onSubmit() {',
      },
      {
        file: 'widget/components/payment-form.ts',
        from: 'event.preventDefault();\n    if (!event.repeat)',
        to: 'if (!event.repeat)',
      },
    ],
  },
  {
    id: 'L10',
    without: 'an edit leaves in the form what was sealed',
    changes: [
      {
        file: 'host-sdk/element.ts',
        from: 'if (!state.sealed && !(state.empty && before.empty)) this.#reopen(); // an edit',
        to: '',
      },
    ],
  },
  {
    id: 'L11',
    without: 'secrets can be copied and cut',
    changes: [
      {
        file: 'widget/components/hosted-field.ts',
        from: 'if (this.spec.isSecret) event.preventDefault();',
        to: '',
      },
    ],
  },
  {
    id: 'L11',
    without: 'what is marked can be dragged',
    changes: [{file: 'widget/components/payment-form.ts', from: '@dragstart=${this.#onDragStart}', to: ''}],
  },
  {
    id: 'L11',
    without: 'print shows what stands in the inputs',
    changes: [
      {
        file: 'widget/styles.ts',
        from: '@media print {\n  input:not(:placeholder-shown) { -webkit-text-security: disc; }',
        to: '@media print {',
      },
    ],
  },
];
