import type {Control} from './control.ts';

export const MESSAGES: readonly Control[] = [];
