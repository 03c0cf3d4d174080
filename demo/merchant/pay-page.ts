import {html, type Markup} from './html.ts';
import {page, picture} from './layout.ts';
import {price, type Product} from './products.ts';

/** The two ways in which a page can ask for the card fields. */
export const CARD_MARKUP = {
  '/card': html`<sealed-fields data-fields="card"></sealed-fields>`,
  '/card-div': html`<div data-sealed-fields="card"></div>`,
} as const;

/** A page that sells one print for a card. */
export function payPage(product: Product, fields: Markup, widgetOrigin: string): string {
  return checkout(
    product,
    html`<fieldset>
        <legend>Card</legend>
        ${cardPart(fields)}
      </fieldset>
      <button>Pay ${price(product)}</button>`,
    [snippet(widgetOrigin)],
  );
}

/**
 * The same form with what forms have: a button that empties it, a second one with an address of its own, a part
 * that is disabled, and a card that may be left out.
 */
export function formPage(product: Product, widgetOrigin: string): string {
  return checkout(
    product,
    html`<fieldset>
        <legend>Payment</legend>
        <p class="choice">
          <input id="invoice" name="invoice" type="checkbox" value="yes" />
          <label for="invoice">Send my company an invoice instead</label>
        </p>
      </fieldset>
      <fieldset id="by-card">
        <legend>Card, if you pay now</legend>
        ${cardPart(html`<sealed-fields data-fields="card" data-optional></sealed-fields>`)}
      </fieldset>
      <p class="buttons">
        <button type="reset">Start over</button>
        <button formaction="/reserve" name="until" value="friday">Keep it until Friday</button>
        <button>Pay ${price(product)}</button>
      </p>`,
    [snippet(widgetOrigin), html`<script src="/invoice.js" defer></script>`],
  );
}

/** The one script of the shop's: who asks for an invoice has no card to type. */
export const INVOICE_SCRIPT = `const [invoice, card] = ['invoice', 'by-card'].map((id) => document.getElementById(id));
const follow = () => (card.disabled = invoice.checked);
invoice.addEventListener('change', follow);
invoice.form.addEventListener('reset', () => setTimeout(follow));
addEventListener('pageshow', follow);
`;

function snippet(widgetOrigin: string): Markup {
  return html`<script src="${widgetOrigin}/v1/sealed-fields.js" data-merchant="demo" async></script>`;
}

function cardPart(fields: Markup): Markup {
  return html`<div class="card">${fields}</div>
    <noscript><p>Paying by card needs JavaScript, which is turned off in this browser.</p></noscript>
    <p class="hint">
      Your card is sealed for the payment gateway before it leaves this form. Our server never sees its
      number.
      <a href="/#test-cards">Test cards</a>
    </p>`;
}

function checkout(product: Product, payment: Markup, scripts: readonly Markup[]): string {
  return page(
    'Checkout',
    html`<div class="checkout">
      <h1>Checkout</h1>
      <aside class="order" aria-label="Your order">
        ${picture(product)}
        <div>
          <h2>${product.name}</h2>
          <p>${product.detail}</p>
          <dl>
            <div>
              <dt>Print</dt>
              <dd>${price(product)}</dd>
            </div>
            <div>
              <dt>Delivery</dt>
              <dd>Free</dd>
            </div>
            <div class="total">
              <dt>Total</dt>
              <dd>${price(product)}</dd>
            </div>
          </dl>
        </div>
      </aside>
      <form method="post" action="/pay">
        <input type="hidden" name="item" value="${product.id}" />
        <fieldset>
          <legend>Delivery</legend>
          ${ADDRESS.map(
            ({name, label, type, autocomplete, value}) =>
              html`<p class="field ${name}">
                <label for="${name}">${label}</label>
                <input
                  id="${name}"
                  name="${name}"
                  type="${type}"
                  autocomplete="${autocomplete}"
                  value="${value}"
                  maxlength="100"
                  required
                />
              </p>`,
          )}
        </fieldset>
        ${payment}
      </form>
    </div>`,
    scripts,
  );
}

const ADDRESS = [
  {name: 'name', label: 'Name', type: 'text', autocomplete: 'name', value: 'Sample Shopper'},
  {name: 'email', label: 'Email', type: 'email', autocomplete: 'email', value: 'shopper@example.com'},
  {name: 'street', label: 'Street', type: 'text', autocomplete: 'address-line1', value: '123 Example Street'},
  {name: 'city', label: 'City', type: 'text', autocomplete: 'address-level2', value: 'Springfield'},
  {name: 'state', label: 'State', type: 'text', autocomplete: 'address-level1', value: 'IL'},
  {name: 'zip', label: 'ZIP code', type: 'text', autocomplete: 'postal-code', value: '62701'},
] as const;
