import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';

import {html, Markup} from '../../html.ts';
import type {Ledger} from '../ledger.ts';
import {decimal} from '../replies.ts';
import type {Means, State, Transaction} from '../transaction.ts';
import {WATCH_SCRIPT} from './watch-script.ts';

/** Number of transactions on the page. */
const SHOWN = 50;

const STYLE = ['../../palette.css', 'ledger-page.css']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n');

/** The page's policy: style and script are inline, and the page connects only to its own URL. */
export const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(WATCH_SCRIPT)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The HTML page of the most recent transactions, masked. */
export function ledgerPage(ledger: Ledger): string {
  const all = ledger.latest(Infinity);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sandbox gateway</title>
        <link rel="icon" href="${ICON}" />
        ${verbatim('style', STYLE)}
      </head>
      <body>
        <header>
          <h1><img src="${ICON}" alt="" width="32" height="32" />Sandbox gateway</h1>
          <p id="live" role="status">Reload to see new transactions.</p>
        </header>
        <main>
          ${
            all.length === 0
              ? NOTHING
              : html`${totals(all)} ${table(all.slice(0, SHOWN))}
                ${all.length > SHOWN ? html`<p class="more">The last ${SHOWN} of ${all.length}.</p>` : []}`
          }
        </main>
        <footer>
          <p>
            No money moves. Transactions are kept in memory, with at most four digits of a card or account
            number, and are lost when the gateway stops.
          </p>
          <p><a href="/v3/e2ee/public-key.pem">Public key</a></p>
        </footer>
        ${verbatim('script', WATCH_SCRIPT)}
      </body>
    </html>`.text;
}

/** Inserts `text` unchanged, because the policy contains its hash. */
function verbatim(element: 'style' | 'script', text: string): Markup {
  return new Markup(`<${element}>${text}</${element}>`);
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#b4552d"/><path d="M10 15v-3a6 6 0 0 1 12 0v3m-14 0h16v10H8z" fill="none" stroke="#fdf6ea" stroke-width="2.4" stroke-linejoin="round"/></svg>',
)}`;

const NOTHING = html`<div class="nothing">
  <h2>No transactions yet</h2>
  <p>Pay in the shop, or post a sale to <code>/v1/transactions/sale/keyed</code>. It appears here at once.</p>
</div>`;

/** The sums of sales minus refunds, by state. */
function totals(transactions: readonly Transaction[]): Markup {
  const sum = (state: State) =>
    transactions
      .filter((each) => each.state === state)
      .reduce((total, {kind, cents}) => (kind === 'refund' ? total - cents : total + cents), 0);
  const settled = sum('settled') + sum('refunded');
  return html`<dl class="totals">
    ${[
      ['Authorized', dollars(sum('authorized'))],
      ['To settle', dollars(sum('captured'))],
      ['Settled', dollars(settled)],
    ].map(
      ([what = '', amount = '']) =>
        html`<div>
          <dt>${what}</dt>
          <dd>${amount}</dd>
        </div>`,
    )}
  </dl>`;
}

function table(transactions: readonly Transaction[]): Markup {
  return html`<table>
    <caption>
      Transactions, newest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Time, UTC</th>
        <th scope="col">Transaction</th>
        <th scope="col">Paid with</th>
        <th scope="col">Status</th>
        <th scope="col">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${transactions.map(row)}
    </tbody>
  </table>`;
}

function row(transaction: Transaction): Markup {
  const {id, at, means, state, cents, refundedCents, kind} = transaction;
  const time = new Date(at).toISOString();
  return html`<tr class="${state}" data-key="${id}-${state}-${refundedCents}">
    <td class="time"><time datetime="${time}">${time.slice(11, 19)}</time></td>
    <td><span class="kind">${kindOf(transaction)}</span> <span class="id">${id}</span></td>
    <td class="paid">
      <span class="means">${describe(means)}</span>
      <span class="arrival ${means.arrival.replace(' ', '-')}">${means.arrival}</span>
    </td>
    <td class="steps">
      <ol class="life">
        ${lifeOf(transaction).map(
          ({step, place}) => html`<li class="${place}" ${place === 'now' ? CURRENT : []}>${step}</li>`,
        )}
      </ol>
    </td>
    <td class="amount">
      <strong>${kind === 'refund' ? '−' : ''}${dollars(cents)}</strong>
      ${refundedCents > 0 ? html`<small>${dollars(refundedCents)} refunded</small>` : []}
    </td>
  </tr>`;
}

const CURRENT = html`aria-current="step"`;

function kindOf({kind, means, refundOf}: Transaction): string {
  if (kind === 'refund') return `Refund of ${refundOf ?? 'a sale'}`;
  if (kind === 'authorization') return means.by === 'card' ? 'Authorization' : 'Hold';
  return means.by === 'card' ? 'Sale' : 'Debit';
}

function describe(means: Means): string {
  const shown = means.masked.replace(/^x+/, '');
  return `${means.by === 'card' ? means.brand : 'Account'} ···· ${shown}`;
}

/** The states up to the current one, and those that usually follow. */
function lifeOf({kind, state}: Transaction): {step: State; place: 'done' | 'now' | 'next'}[] {
  const whole: State[] =
    kind === 'authorization' ? ['authorized', 'captured', 'settled'] : ['captured', 'settled'];
  const steps: State[] = {
    authorized: whole,
    captured: whole,
    settled: whole,
    refunded: [...whole, 'refunded' as const],
    voided: [...whole.slice(0, 1), 'voided' as const],
    declined: ['declined' as const],
  }[state];
  const now = steps.indexOf(state);
  return steps.map((step, at) => ({step, place: at < now ? 'done' : at === now ? 'now' : 'next'}));
}

function dollars(cents: number): string {
  const sum = decimal(Math.abs(cents)).replace(/\B(?=(\d{3})+\.)/g, ',');
  return cents < 0 ? `−$${sum}` : `$${sum}`;
}
