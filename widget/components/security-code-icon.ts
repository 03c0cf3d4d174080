import {html, LitElement, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {CardSide} from '../fields/security-code.ts';

/** The digits of the code in a box, whose top left corner is at this point. */
const code = (x: number, y: number, digits: number) =>
  svg`<g fill="currentColor" color="var(--color-focus)"
    ><rect x=${x} y=${y} width=${2 + digits * 2.5} height="6" rx="1.5" fill="none" stroke="currentColor" />
    ${Array.from({length: digits}, (_, at) => svg`<circle cx=${x + 2.25 + at * 2.5} cy=${y + 3} r=".9" />`)}</g>`;

/** The magnetic stripe, the signature strip, and three digits at its end. */
const BACK = svg`
  <path d="M0 4h28v3H0z" />
  <path opacity=".4" d="M3.5 9.5h10v4h-10z" />
  ${code(15.5, 8.5, 3)}`;

/** The card number, and four digits above its end. */
const FRONT = svg`
  <path opacity=".4" d="M3.5 11.5h5v2h-5zM10 11.5h8v2h-8zM19.5 11.5h5v2h-5z" />
  <path opacity=".4" d="M3.5 5h5v4h-5z" />
  ${code(13, 3.5, 4)}`;

/** Shows where a card has its security code. Hidden from screen readers: the field has the same description in words. */
@customElement('security-code-icon')
export class SecurityCodeIcon extends LitElement {
  @property({attribute: false}) side: CardSide = 'back';

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    return html`<svg display="block" viewBox="0 0 28 18" fill="currentColor" aria-hidden="true">
      <rect x=".5" y=".5" width="27" height="17" rx="2.5" fill="none" stroke="currentColor" />
      ${this.side === 'back' ? BACK : FRONT}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'security-code-icon': SecurityCodeIcon;
  }
}
