import type {Control} from './control.ts';
import {KEYS} from './keys.ts';
import {MESSAGES} from './messages.ts';
import {PAGE} from './page.ts';
import {POLICY} from './policy.ts';
import {SECRECY} from './secrecy.ts';

/** Every defence that can be taken out, by the groups of the table. */
export const CONTROLS: readonly Control[] = [...SECRECY, ...MESSAGES, ...KEYS, ...POLICY, ...PAGE];
