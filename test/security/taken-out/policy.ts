import type {Control} from './control.ts';

export const POLICY: readonly Control[] = [];
