import type {Control} from './control.ts';

export const SECRECY: readonly Control[] = [];
