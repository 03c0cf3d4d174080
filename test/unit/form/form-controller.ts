import {FormController} from '../../../widget/form/controller.ts';
import type {FormState} from '../../../widget/form/state.ts';

/** A component without a DOM. Counts the updates that its controller requests. */
export class FakeComponent extends EventTarget {
  updates = 0;
  readonly updateComplete = Promise.resolve(true);

  addController(): void {
    // Without Lit, nothing calls the controller's hooks.
  }

  removeController(): void {
    // Not used by the controller.
  }

  requestUpdate(): void {
    this.updates += 1;
  }
}

/** A controller with this state, for tests in Node. */
export function formController(state: FormState, component = new FakeComponent()): FormController {
  const controller = new FormController(component);
  controller.apply(() => state);
  return controller;
}
