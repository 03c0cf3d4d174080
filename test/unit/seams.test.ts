import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {MUTANTS} from '../release/mutants/mutants.ts';
import {findSeams, replaceBody, seamsIn} from '../support/seams.ts';

const MODULE = `
/** Whether it is allowed. @seam first */
function isAllowed(event: Event): boolean {
  return event.isTrusted;
}
class Form {
  /**
   * Keeps a secret.
   *
   * @seam second
   */
  #onCopy(event: Event) { event.preventDefault(); }
}
/** Not one: @see isAllowed */
const other = (text: string) => text;
function start() {
  /** Empties the form. @seam third */
  const wipe = () => form.clear();
}`;

describe('seams', () => {
  it('have unique names, and at least one mutant each', () => {
    const used = Object.values(MUTANTS).flatMap((bodies) => Object.keys(bodies));
    assert.deepEqual(
      findSeams()
        .map(({name}) => name)
        .sort(),
      [...new Set(used)].sort(),
    );
  });

  it('are functions, methods and constants with the tag @seam', () => {
    assert.deepEqual(
      seamsIn('module.ts', MODULE).map(({name, start, end}) => [name, MODULE.slice(start, end)]),
      [
        ['first', '{\n  return event.isTrusted;\n}'],
        ['second', '{ event.preventDefault(); }'],
        ['third', 'form.clear()'],
      ],
    );
  });

  it('can have their body replaced without other changes to the module', () => {
    const [seam] = seamsIn('module.ts', MODULE);
    assert.ok(seam);
    assert.equal(
      replaceBody(MODULE, seam, 'return true;'),
      MODULE.replace('{\n  return event.isTrusted;\n}', '{{ return true; }}'),
    );
  });
});
