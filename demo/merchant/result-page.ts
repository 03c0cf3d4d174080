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
  /** The form as it arrived: what a page can be shown, for no card stands in it. */
  received: Readonly<Record<string, string>>;
  /** The gateway's body. */
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
            ? [html`<p class="hint">The gateway’s number for it: <strong>${reference}</strong></p>`]
            : []
        }
        ${approved ? [] : [html`<p><a class="action" href="${way.page}?item=${product.id}">Try again</a></p>`]}
      </section>
      <section class="wire">
        <div>
          <h2>What our server received</h2>
          <p>
            The whole form, nothing left out.
            ${keyId ? [html`The ${way.sealed} in it was sealed with the key <strong>${keyId}</strong>.`] : []}
          </p>
          <pre id="received">${JSON.stringify(received, null, 2)}</pre>
        </div>
        <div>
          <h2>What the gateway answered</h2>
          <p>Its reply to the sale, as it came.</p>
          <pre id="answer">${JSON.stringify(answer, null, 2)}</pre>
        </div>
      </section>`,
  );
}

/** A print that is kept aside; a card that came with it was sealed, and nothing was charged. */
export function reservedPage({name}: Product, received: Result['received']): string {
  return page(
    'Kept for you',
    html`<section class="result paid">
        <h1>It is kept for you</h1>
        <p class="lead">We hold ${name} until Friday. You were not charged.</p>
      </section>
      <section class="wire">
        <div>
          <h2>What our server received</h2>
          <p>The whole form, nothing left out.</p>
          <pre id="received">${JSON.stringify(received, null, 2)}</pre>
        </div>
      </section>`,
  );
}

/** A card's issuer pays at once; a bank only after some days, so a debit is under way and not yet paid. */
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

/** Why the gateway said no, in its own words: a decline's message, or the errors of a request it refused. */
function refusal(answer: Result['answer']) {
  return {heading: 'The payment did not go through', line: `${reasonOf(answer)} You were not charged.`};
}

function reasonOf(answer: Result['answer']): string {
  if (answer['response_code'] === DECLINED) {
    const [, reason = 'no reason given'] = / - (.+)$/.exec(String(answer['approval_message'])) ?? [];
    return `Declined by the bank: ${reason}.`;
  }
  if (answer['response_code'] === CHECK_NOT_PROCESSED) {
    return 'Declined by the bank: the account could not be debited. The answer gives no reason.';
  }
  const texts = Object.values(answer['errors'] ?? {}).flat();
  return `The gateway refused the payment details: ${texts.join(' ')}`;
}

/** A page without a payment: what happened, and the way back. */
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
