import {html} from './html.ts';
import {page} from './layout.ts';
import {decimalPrice, type Product} from './products.ts';

export interface Result {
  product: Product;
  /** The form as it arrived: what a page can be shown, for no card stands in it. */
  received: Readonly<Record<string, string>>;
  /** The gateway's body. */
  answer: Readonly<Record<string, unknown>>;
}

export function resultPage({product, received, answer}: Result): string {
  const approved = answer['success'] === true;
  const {heading, line} = approved
    ? {
        heading: 'Thank you, it is paid',
        line: html`Approved: $${decimalPrice(product)} for ${product.name}. We start wrapping it now.`,
      }
    : {heading: 'The payment did not go through', line: html`${reasonOf(answer)}`};
  const keyId = received['sealed_key_id'];
  return page(
    approved ? 'Paid' : 'Not paid',
    html`<section class="result ${approved ? 'paid' : 'unpaid'}">
        <h1>${heading}</h1>
        <p class="lead">${line}</p>
        ${approved ? [] : [html`<p><a class="action" href="/card?item=${product.id}">Try again</a></p>`]}
      </section>
      <section class="wire">
        <div>
          <h2>What our server received</h2>
          <p>
            The whole form, nothing left out.
            ${keyId ? [html`The card in it was sealed with the key <strong>${keyId}</strong>.`] : []}
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

/** Why the gateway said no, in its own words: a decline's message, or the errors of a request it refused. */
function reasonOf(answer: Result['answer']): string {
  if (answer['response_code'] === 102) {
    const [, reason = 'no reason given'] = / - (.+)$/.exec(String(answer['approval_message'])) ?? [];
    return `Declined by the bank: ${reason}. You were not charged.`;
  }
  const texts = Object.values(answer['errors'] ?? {}).flat();
  return `The gateway refused the card details: ${texts.join(' ')} You were not charged.`;
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
