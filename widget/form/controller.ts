import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {forgetMatch} from '../fields/field.ts';
import {type FormState, startForm} from './state.ts';

/**
 * Owns the form's state. Its component renders the state and applies the user's input to it.
 *
 * After each transition, a plain `state-change` event is dispatched on the component, in the same task.
 */
export class FormController implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  #state = startForm([]);

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  /** The current state, which is never changed in place. */
  get state(): FormState {
    return this.#state;
  }

  /**
   * Replaces the state by the result of a transition, and requests an update of the component.
   *
   * @example
   * controller.apply(edit, 'cardNumber', '4111');
   */
  apply<Args extends readonly unknown[]>(
    transition: (state: FormState, ...args: Args) => FormState,
    ...args: Args
  ): void {
    this.#state = transition(this.#state, ...args);
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new Event('state-change'));
  }

  /** Called by Lit after the component has rendered. */
  hostUpdated(): void {
    forgetMatch();
  }
}
