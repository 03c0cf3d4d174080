import type {Page} from 'puppeteer-core';
import type {Servers} from '../../../support/servers.ts';

/**
 * Attacks the product that `servers` publish, in a tab that has loaded nothing yet.
 *
 * @returns what the attacker obtained, in words; empty if the product defended itself.
 */
export type Attack = (page: Page, servers: Servers) => Promise<string[]>;
