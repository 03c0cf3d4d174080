import type {WayToPay} from './form.ts';
import {html} from '../html.ts';
import {page} from './layout.ts';
import {decimalPrice, type Product} from './products.ts';

const DECLINED = 102;
const CHECK_PROCESSED = 120;
const CHECK_NOT_PROCESSED = 125;

export interface Result {
  product: Product;
  way: WayToPay;
  /** The form as received. It can be shown, because its payment details are sealed. */
  received: Readonly<Record<string, string>>;
  /** The gateway's response body. */
  answer: Readonly<Record<string, unknown>>;
}

export function resultPage({product, way, received, answer}: Result): string {
  const approved = answer['success'] === true;
  const {heading, line} = approved ? thanks(product, answer) : refusal(answer);
  const reference = answer['transaction_id'] ?? answer['check_transaction_id'];
  const keyId = received['sealed_key_id'];
  return page(
    approved ? 'Paid' : 'Not paid',
    html`<section class="result ${approved ? 'paid' : 'unpaid'}">
        <h1>${heading}</h1>
        <p class="lead">${line}</p>
        ${
          typeof reference === 'number'
            ? [html`<p class="hint">Gateway transaction number: <strong>${reference}</strong></p>`]
            : []
        }
        ${approved ? [] : [html`<p><a class="action" href="${way.page}?item=${product.id}">Try again</a></p>`]}
      </section>
      <section class="wire">
        <div>
          <h2>What our server received</h2>
          <p>
            The complete form.
            ${keyId ? [html`The ${way.sealed} in it was sealed with the key <strong>${keyId}</strong>.`] : []}
          </p>
          <pre id="received">${JSON.stringify(received, null, 2)}</pre>
        </div>
        <div>
          <h2>What the gateway answered</h2>
          <p>Its complete response to the sale.</p>
          <pre id="answer">${JSON.stringify(answer, null, 2)}</pre>
        </div>
      </section>`,
  );
}

/** The page after a print was reserved. Nothing was charged, even if the form contained a card. */
export function reservedPage({name}: Product, received: Result['received']): string {
  return page(
    'Reserved for you',
    html`<section class="result paid">
        <h1>Reserved for you</h1>
        <p class="lead">${name} is reserved for you until Friday. You were not charged.</p>
      </section>
      <section class="wire">
        <div>
          <h2>What our server received</h2>
          <p>The complete form.</p>
          <pre id="received">${JSON.stringify(received, null, 2)}</pre>
        </div>
      </section>`,
  );
}

/** A card payment is complete at once. A bank debit takes some days, so it is not paid yet. */
function thanks(product: Product, answer: Result['answer']) {
  const sum = `$${decimalPrice(product)}`;
  if (answer['response_code'] === CHECK_PROCESSED) {
    return {
      heading: 'Thank you, the debit is under way',
      line: `Accepted: ${sum} for ${product.name} will leave your bank account within a few days. We start wrapping it now.`,
    };
  }
  return {
    heading: 'Thank you, it is paid',
    line: `Approved: ${sum} for ${product.name}. We start wrapping it now.`,
  };
}

/** Why the payment failed, in the gateway's words: a decline's reason, or a request's errors. */
function refusal(answer: Result['answer']) {
  return {heading: 'The payment did not go through', line: `${reasonOf(answer)} You were not charged.`};
}

function reasonOf(answer: Result['answer']): string {
  if (answer['response_code'] === DECLINED) {
    const [, reason = 'no reason given'] = / - (.+)$/.exec(String(answer['approval_message'])) ?? [];
    return `Declined by the bank: ${reason}.`;
  }
  if (answer['response_code'] === CHECK_NOT_PROCESSED) {
    return 'Declined by the bank: the account could not be debited. The bank gave no reason.';
  }
  const texts = Object.values(answer['errors'] ?? {}).flat();
  return `The gateway rejected the payment details: ${texts.join(' ')}`;
}

/** A page that explains why no payment was made, or that nothing was found, with a link back to the shop. */
export function messagePage(heading: string, line: string): string {
  return page(
    heading,
    html`<section class="result unpaid">
      <h1>${heading}</h1>
      <p class="lead">${line}</p>
      <p><a class="action" href="/">Back to the shop</a></p>
    </section>`,
  );
}
