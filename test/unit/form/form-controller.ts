import {FormController} from '../../../widget/form/controller.ts';
import type {FormState} from '../../../widget/form/state.ts';

/** A component without a DOM: counts the updates that its controller requests. */
export class FakeComponent extends EventTarget {
  updates = 0;
  readonly updateComplete = Promise.resolve(true);

  addController(): void {
    // Lit would call the controller's hooks.
  }

  removeController(): void {
    // Never called.
  }

  requestUpdate(): void {
    this.updates += 1;
  }
}

/** A controller with this state, outside of a browser. */
export function formController(state: FormState, component = new FakeComponent()): FormController {
  const controller = new FormController(component);
  controller.apply(() => state);
  return controller;
}
