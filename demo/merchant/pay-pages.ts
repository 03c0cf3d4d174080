import {html, type Markup} from '../html.ts';
import type {PayWith} from './form.ts';

/** The parts that differ between pay pages. */
export interface PayPage {
  path: string;
  /** Text of its link on the index page. */
  title: string;
  /** Markup that the index page shows next to the link. */
  markup: string;
  /** `pay_with` in its form; absent for an entered card. */
  payWith?: PayWith;
  /** The payment part of the form. */
  payment: Markup;
  /** Buttons before the pay button. */
  buttons?: readonly Markup[];
  /** Path of the shop's own script. */
  script?: string;
}

const CARD_HINT = html`<p class="hint">
  Your card is sealed for the payment gateway before it leaves this form. Our server never sees its number.
  <a href="/#test-cards">Test cards</a>
</p>`;

const NO_SCRIPT = html`<noscript
  ><p>Paying needs JavaScript, which is turned off in this browser.</p></noscript
>`;

/** Blocks the form if the script does not load; neutralized by the fields. Not for optional fields. */
const FALLBACK = html`<select required aria-label="Payment fields">
  <option value="">The payment fields have not loaded. Reload the page.</option>
</select>`;

function cardPart(fields: Markup): Markup {
  return html`<div class="sealed">${fields}</div>
    ${NO_SCRIPT} ${CARD_HINT}`;
}

/** Disables the card fields while the shopper asks for an invoice. */
export const INVOICE_SCRIPT = {
  path: '/invoice.js',
  text: `const [invoice, card] = ['invoice', 'by-card'].map((id) => document.getElementById(id));
const follow = () => (card.disabled = invoice.checked);
invoice.addEventListener('change', follow);
invoice.form.addEventListener('reset', () => setTimeout(follow));
addEventListener('pageshow', follow);
`,
} as const;

/** All pay pages, in the order of the index page. */
export const PAY_PAGES: readonly PayPage[] = [
  {
    path: '/card',
    title: 'With the custom element',
    markup: '<sealed-fields>',
    payment: html`<fieldset>
      <legend>Card</legend>
      ${cardPart(html`<sealed-fields data-fields="card">${FALLBACK}</sealed-fields>`)}
    </fieldset>`,
  },
  {
    path: '/card-div',
    title: 'With a plain element',
    markup: '<div data-sealed-fields>',
    payment: html`<fieldset>
      <legend>Card</legend>
      ${cardPart(html`<div data-sealed-fields="card">${FALLBACK}</div>`)}
    </fieldset>`,
  },
  {
    path: '/card-jwe',
    title: 'Whole card in one value, a JWE',
    markup: 'data-merchant="demo-jwe"',
    payment: html`<fieldset>
      <legend>Card</legend>
      ${cardPart(html`<sealed-fields data-fields="card" data-merchant="demo-jwe">${FALLBACK}</sealed-fields>`)}
    </fieldset>`,
  },
  {
    path: '/split',
    title: 'Separate fields',
    markup: 'data-fields="expiry"',
    payment: html`<fieldset>
      <legend>Card</legend>
      <div class="sealed split">
        <sealed-fields data-fields="cardNumber">${FALLBACK}</sealed-fields>
        <p class="field">
          <label for="card_name">Name on card</label>
          <input
            id="card_name"
            name="card_name"
            autocomplete="cc-name"
            value="Sample Shopper"
            maxlength="100"
            required
          />
        </p>
        <sealed-fields data-fields="expiry">${FALLBACK}</sealed-fields>
        <sealed-fields data-fields="securityCode">${FALLBACK}</sealed-fields>
      </div>
      ${NO_SCRIPT} ${CARD_HINT}
    </fieldset>`,
  },
  {
    path: '/security-code',
    title: 'Security code alone, for a card on file',
    markup: 'data-fields="securityCode"',
    payWith: 'card-on-file',
    payment: html`<fieldset>
      <legend>Card on file</legend>
      <p class="on-file">Visa ending in 5439</p>
      <div class="sealed code">
        <sealed-fields data-fields="securityCode" data-brand="visa">${FALLBACK}</sealed-fields>
      </div>
      ${NO_SCRIPT}
      <p class="hint">
        We do not store the code, so we ask for it each time. It is sealed for the payment gateway before it
        leaves this form. Our server never sees it.
        <a href="/#test-cards">Test cards</a>
      </p>
    </fieldset>`,
  },
  {
    path: '/bank',
    title: 'For a bank account',
    markup: 'data-fields="bank"',
    payWith: 'bank',
    payment: html`<fieldset>
      <legend>Bank account</legend>
      <div class="sealed bank"><sealed-fields data-fields="bank">${FALLBACK}</sealed-fields></div>
      ${NO_SCRIPT}
      <p class="hint">
        Your account is sealed for the payment gateway before it leaves this form. Our server never sees its
        number.
        <a href="/#test-account">Test account</a>
      </p>
      <p>
        When you press Pay, you authorise Isoline to debit the total of this order from this account, once,
        today or on the next banking day.
      </p>
    </fieldset>`,
  },
  {
    path: '/form',
    title: 'In a form with an optional card and several buttons',
    markup: 'data-optional',
    payment: html`<fieldset>
        <legend>Payment</legend>
        <p class="choice">
          <input id="invoice" name="invoice" type="checkbox" value="yes" />
          <label for="invoice">Send my company an invoice instead</label>
        </p>
      </fieldset>
      <fieldset id="by-card">
        <legend>Card, if you pay now</legend>
        ${cardPart(html`<sealed-fields data-fields="card" data-optional></sealed-fields>`)}
      </fieldset>`,
    buttons: [
      html`<button type="reset">Start over</button>`,
      html`<button formaction="/reserve" name="until" value="friday">Reserve until Friday</button>`,
    ],
    script: INVOICE_SCRIPT.path,
  },
];
