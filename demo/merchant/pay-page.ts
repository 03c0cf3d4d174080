import {html} from '../html.ts';
import {page, picture} from './layout.ts';
import type {PayPage} from './pay-pages.ts';
import {price, type Product} from './products.ts';

/** The checkout of one print: the order, one form, and the script that adds the fields. */
export function payPage(
  {payWith, payment, buttons, script}: PayPage,
  product: Product,
  widgetOrigin: string,
): string {
  const pay = html`<button>Pay ${price(product)}</button>`;
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
        ${payWith === undefined ? [] : [html`<input type="hidden" name="pay_with" value="${payWith}" />`]}
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
        ${payment} ${buttons ? html`<p class="buttons">${buttons} ${pay}</p>` : pay}
      </form>
    </div>`,
    [
      html`<script src="${widgetOrigin}/v1/sealed-fields.js" data-merchant="demo" async></script>`,
      ...(script === undefined ? [] : [html`<script src="${script}" defer></script>`]),
    ],
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
