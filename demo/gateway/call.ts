import {readAddress, readIntegrator} from './read/parties.ts';
import {jsonObject} from './read/json.ts';
import type {Answer, Checked, Reader, Sandbox} from './sandbox.ts';

/** One call of the API: the body of a request in, the body of its answer out. */
export type Call = (body: unknown, sandbox: Sandbox) => Checked<Answer>;

type Readers = Readonly<Record<string, Reader<unknown>>>;

/** What the readers found, each under its own name. */
type Values<Given extends Readers> = {
  [Name in keyof Given]: Given[Name] extends (...args: never) => Checked<infer Value> ? Value : never;
};

/** What any body may hold besides. */
const EVERYWHERE: Readers = {address: readAddress, integrator: readIntegrator};

/**
 * A call that is carried out once every reader has found its value good. All of them read, whatever the others
 * found: every error is told at once, and every sealed value is opened before the body is judged, so the work
 * done depends only on which values were sent.
 */
export function call<Given extends Readers>(
  readers: Given,
  carryOut: (values: Values<Given>, sandbox: Sandbox) => Checked<Answer>,
): Call {
  const named = Object.entries({...readers, ...EVERYWHERE});
  const nothing = Object.keys(readers).length === 0 ? {} : undefined;

  return (body, sandbox) => {
    const json = jsonObject(body ?? nothing);
    if (!json) return {errors: ['request']};
    const read = named.map(([name, reader]) => ({name, checked: reader(json, sandbox)}));
    const errors = read.flatMap(({checked}) => ('errors' in checked ? checked.errors : []));
    if (errors.length > 0) return {errors};
    const values = read.map(({name, checked}) => [name, 'value' in checked ? checked.value : undefined]);
    return carryOut(Object.fromEntries(values) as Values<Given>, sandbox);
  };
}
