import {html} from '../html.ts';
import {page, picture} from './layout.ts';
import {PAY_PAGES} from './pay-pages.ts';
import {DECLINED_PRODUCT, price, PRODUCTS} from './products.ts';

export function indexPage(): string {
  const products = [...PRODUCTS.values()];
  const prints = products.filter(({id}) => id !== DECLINED_PRODUCT);
  const offcuts = products.filter(({id}) => id === DECLINED_PRODUCT);
  return page(
    'Map prints',
    html`<section class="hero">
        <h1>Ground you can hang on a wall</h1>
        <p class="lead">
          Contour maps, drawn line by line and printed one colour at a time on heavy cotton paper.
        </p>
      </section>
      <section aria-label="Prints">
        <ul class="shelf">
          ${prints.map(
            (product) =>
              html`<li class="print">
                <a href="/card?item=${product.id}">
                  ${picture(product)}
                  <h2>${product.name}</h2>
                  <p class="price">${price(product)}</p>
                </a>
                <p>${product.detail}</p>
              </li>`,
          )}
        </ul>
        ${offcuts.map(
          (product) =>
            html`<p class="offcut">
              <a href="/card?item=${product.id}">${product.name}, ${price(product)}</a>
              ${product.detail}
            </p>`,
        )}
      </section>
      <section class="notes">
        <div>
          <h2>Integration examples</h2>
          <p>The same few lines in the shop’s form, for other payment methods and with other markup.</p>
          <ul class="links">
            ${PAY_PAGES.map(
              ({path, title, markup}) => html`<li><a href="${path}">${title}</a> <code>${markup}</code></li>`,
            )}
          </ul>
          <p class="offcut">
            <a href="/gallery">Gallery</a> The fields in every state, theme and layout, in three languages.
          </p>
        </div>
        <div>
          <h2 id="test-cards">Test cards</h2>
          <p>Use any expiry date in the future, and the code that belongs to the card.</p>
          <table>
            <thead>
              <tr>
                <th scope="col">Card number</th>
                <th scope="col">Code</th>
              </tr>
            </thead>
            <tbody>
              ${TEST_CARDS.map(
                ([number, code]) =>
                  html`<tr>
                    <td>${number}</td>
                    <td>${code}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <h2 id="test-account">Test bank account</h2>
          <p>Routing number 325070760, with any account number of 4 to 17 digits.</p>
        </div>
      </section>`,
  );
}

const TEST_CARDS = [
  ['4012 0000 9876 5439', '999'],
  ['5499 7400 0000 0057', '998'],
  ['6011 0009 9302 6909', '996'],
  ['3714 496353 92376', '9997'],
] as const;
