import type {Control} from './control.ts';

export const KEYS: readonly Control[] = [];
