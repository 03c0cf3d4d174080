import {readAddress, readIntegrator} from './read/parties.ts';
import {jsonObject} from './read/json.ts';
import type {Answer, Checked, Reader, Sandbox} from './sandbox.ts';

/** One API call: turns a request body into a response body, or into errors. */
export type Call = (body: unknown, sandbox: Sandbox) => Checked<Answer>;

type Readers = Readonly<Record<string, Reader<unknown>>>;

/** The values of the readers, by name. */
type Values<Given extends Readers> = {
  [Name in keyof Given]: Given[Name] extends (...args: never) => Checked<infer Value> ? Value : never;
};

/** Readers of the members that every body may have. */
const EVERYWHERE: Readers = {address: readAddress, integrator: readIntegrator};

/**
 * A call that runs `carryOut` if every reader accepts its value.
 *
 * All readers run, even after an error. So the response lists every error, and every sealed value is
 * decrypted in any case: the work depends only on which values were sent.
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
