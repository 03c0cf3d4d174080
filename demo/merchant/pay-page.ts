import {html, type Markup} from './html.ts';
import {page, picture} from './layout.ts';
import {price, type Product} from './products.ts';

/** The two ways in which a page can ask for the card fields. */
export const CARD_MARKUP = {
  '/card': html`<sealed-fields data-fields="card"></sealed-fields>`,
  '/card-div': html`<div data-sealed-fields="card"></div>`,
} as const;

export function payPage(product: Product, fields: Markup, widgetOrigin: string): string {
  const script = html`<script src="${widgetOrigin}/v1/sealed-fields.js" data-merchant="demo" async></script>`;
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
        <fieldset>
          <legend>Card</legend>
          <div class="card">${fields}</div>
          <noscript><p>Paying by card needs JavaScript, which is turned off in this browser.</p></noscript>
          <p class="hint">
            Your card is sealed for the payment gateway before it leaves this form. Our server never sees its
            number.
            <a href="/#test-cards">Test cards</a>
          </p>
        </fieldset>
        <button>Pay ${price(product)}</button>
      </form>
    </div>`,
    [script],
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
