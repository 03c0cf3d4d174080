import {it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {inEngines as inScenes, type Scene as PlainScene} from '../e2e/scene.ts';
import type {StageOptions} from '../e2e/stage.ts';
import {type Case, CASES, type Id, type Place} from './cases.ts';

/** What the tests of one engine share. */
export interface Scene extends PlainScene {
  /** Registers a test that a case of the table rests on, unless the case is moot here. It gets a tab of its own. */
  prove: (id: Id, how: string, test: (page: Page) => Promise<void>, timeout?: number) => void;
}

/** Registers tests of the table for each engine, in a browser and on a stage of its own. */
export function inEngines(options: StageOptions, define: (scene: Scene) => void): void {
  inScenes(options, (scene) => {
    const prove: Scene['prove'] = (id, how, test, timeout) => {
      if (!isMoot(id, scene.engine)) scene.onPage(nameOf(id, scene.engine, how), test, timeout);
    };
    define(Object.assign(scene, {prove}));
  });
}

/** Registers a test that needs no browser. */
export function prove(id: Id, how: string, test: () => unknown): void {
  it(nameOf(id, 'none', how), async () => {
    await test();
  });
}

export function isMoot(id: Id, place: Place): boolean {
  const {moot}: Case = CASES[id];
  return typeof moot === 'string' || (place !== 'none' && moot?.[place] !== undefined);
}

const NAME = /^([A-Z]\d\d) (\w+): /;

function nameOf(id: Id, place: Place, how: string): string {
  return `${id} ${place}: ${how}`;
}

/** The case and the place that a test speaks for; undefined if it is no test of the table. */
export function readName(name: string): {id: Id; place: Place} | undefined {
  const [, id, place] = NAME.exec(name) ?? [];
  return id !== undefined && id in CASES ? {id: id as Id, place: place as Place} : undefined;
}
