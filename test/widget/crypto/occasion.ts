import type {Occasion} from '../../../widget/crypto/seal.ts';
import {parseRecord} from '../../../widget/record.ts';

const NOW = new Date('2026-11-23T12:00:00.500Z');

/** What a cipher is told beside the values, with a record of these entries. */
export function occasionWith(record: object = {}): Occasion {
  return {
    record: parseRecord({id: 'demo', origins: [], keys: [{kid: 'k', pem: '-'}], expiry: 'sealed', ...record}),
    kid: '2026-11',
    submission: {id: '0123456789abcdef0123456789abcdef', origin: 'https://shop.example'},
    now: NOW,
  };
}

export const OCCASION = occasionWith();
