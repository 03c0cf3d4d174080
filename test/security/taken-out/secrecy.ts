import type {Control} from './control.ts';

export const SECRECY: readonly Control[] = [
  {
    id: 'L02',
    without: 'the engine is not made to forget the text that was matched last',
    changes: [{file: 'widget/fields/field.ts', from: `/^/.test('');`, to: ''}],
  },
];
