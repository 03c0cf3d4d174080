import type {Control} from './control.ts';

export const PAGE: readonly Control[] = [];
