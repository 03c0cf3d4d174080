import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {get, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, describe, it, type TestContext} from 'node:test';

import {openSandbox, PLAIN_SALE, CHECK, sealedCheck, sealedSale} from '../sandbox.ts';

const {gateway, pair, ask} = openSandbox();
after(() => gateway.close());

const show = async (of = gateway) => (await of.inject('/')).payload;

/** The text of each table row. */
function rowsOf(page: string): string[] {
  return Array.from(page.matchAll(/<tr class[^]*?<\/tr>/g), ([row]) =>
    row
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

function stepsOf(page: string): string[] {
  return Array.from(page.matchAll(/<ol class="life">[^]*?<\/ol>/g), ([life]) =>
    Array.from(life.matchAll(/<li class="(\w+)"[^>]*>(\w+)</g), ([, place, step]) => `${step} ${place}`).join(
      ', ',
    ),
  );
}

describe('the page of the most recent transactions', () => {
  it('shows a message if there are no transactions', async () => {
    assert.match(await show(openSandbox({pair}).gateway), /No transactions yet/);
  });

  it('needs no token, and loads nothing: its policy has the hashes of its style and its script', async () => {
    const response = await gateway.inject('/');
    assert.equal(response.statusCode, 200);
    assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(response.headers['x-content-type-options'], 'nosniff');
    assert.equal(response.headers['cache-control'], 'no-store');
    assert.equal(response.headers['vary'], 'Accept');
    const hash = (element: string) => {
      const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(response.payload) ?? [];
      assert.ok(text.length > 100);
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    assert.equal(
      response.headers['content-security-policy'],
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    );
    assert.doesNotMatch(response.payload, /<(script|link|img)[^>]+(src|href)="(?!data:)/);
    assert.equal((await gateway.inject({method: 'HEAD', url: '/'})).statusCode, 200);
  });

  it('shows the kind, the payment method, the state and the amount of each transaction', async () => {
    const {transaction_id: sale} = await ask('transactions/sale/keyed', {
      ...sealedSale(pair),
      amount: '42.00',
    });
    await ask('transactions/settle');
    const {transaction_id: refund} = await ask('transactions/refund/for_transaction', {
      transaction_id: sale,
      amount: '12.00',
    });
    const {transaction_id: authorized} = await ask('transactions/authorization/keyed', {
      ...PLAIN_SALE,
      amount: 1234.5,
    });
    const {check_transaction_id: held} = await ask('checks/hold/by_account', sealedCheck(pair, '4321'));
    const {transaction_id: onFile} = await ask('transactions/sale/by_customer', {
      customer_id: 'isoline-1',
      amount: 7,
    });
    await ask('transactions/void', {transaction_id: onFile});
    const {transaction_id: declined} = await ask('transactions/sale/keyed', {...PLAIN_SALE, amount: 0.29});

    const page = await show();
    assert.deepEqual(rowsOf(page), [
      `12:00:00 Sale ${declined} Visa ···· 5439 plaintext declined $0.29`,
      `12:00:00 Sale ${onFile} Visa ···· 5439 on file captured voided $7.00`,
      `12:00:00 Hold ${held} Account ···· 21 sealed authorized captured settled $1.00`,
      `12:00:00 Authorization ${authorized} Visa ···· 5439 plaintext authorized captured settled $1,234.50`,
      `12:00:00 Refund of ${sale} ${refund} Visa ···· 5439 on file captured settled −$12.00`,
      `12:00:00 Sale ${sale} Visa ···· 5439 sealed captured settled $42.00 $12.00 refunded`,
    ]);
    assert.deepEqual(stepsOf(page), [
      'declined now',
      'captured done, voided now',
      'authorized now, captured next, settled next',
      'authorized now, captured next, settled next',
      'captured now, settled next',
      'captured done, settled now',
    ]);
    const totals = Array.from(page.matchAll(/<dd>([^<]*)<\/dd>/g), ([, total]) => total);
    assert.deepEqual(totals, ['$1,235.50', '−$12.00', '$42.00']);
  });

  it('shows at most fifty, newest first, and the total number', async () => {
    const other = openSandbox({pair});
    const ids: number[] = [];
    for (let number = 0; number < 52; number += 1)
      ids.push((await other.ask('transactions/sale/keyed', PLAIN_SALE)).transaction_id);
    const page = await show(other.gateway);
    assert.deepEqual(
      Array.from(page.matchAll(/data-key="(\d+)-/g), ([, id]) => Number(id)),
      ids.reverse().slice(0, 50),
    );
    assert.match(page, /The last 50 of 52\./);
  });

  it('contains no card or account number, code, expiry, name or customer id', async () => {
    const other = openSandbox({pair});
    const customer = {customer_id: '4111111111111111', credit_card: PLAIN_SALE.credit_card};
    await other.ask('transactions/sale/keyed', sealedSale(pair));
    await other.ask('transactions/sale/keyed', PLAIN_SALE);
    await other.ask('checks/sale/by_account', CHECK);
    await other.ask('customer/create', {...customer, billing_address: PLAIN_SALE.billing_address});
    await other.ask('transactions/sale/by_customer', {
      customer_id: customer.customer_id,
      amount: 1,
      csc: '999',
    });
    const page = await show(other.gateway);
    assert.equal(rowsOf(page).length, 4);
    const [, main = ''] = /<main>([^]*)<\/main>/.exec(page) ?? [];
    for (const secret of [
      '4012',
      '401200',
      '98765',
      '00123',
      '12345',
      '3250',
      '999',
      '2031',
      'Sample',
      '4111',
      '62701',
    ])
      assert.ok(!main.includes(secret), `the page contains ${secret}`);
  });
});

describe('the event stream of the page', () => {
  /** A listening gateway. It is closed after the test, even if a stream is still open. */
  async function openGateway(test: TestContext, host = '127.0.0.1') {
    const {gateway: listening, ask: askIt} = openSandbox({pair});
    await listening.listen({port: 0, host});
    const origin = `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;
    test.after(async () => {
      listening.server.closeAllConnections();
      await listening.close();
    });
    const watch = async () => {
      const leave = new AbortController();
      const response = await fetch(origin, {headers: {accept: 'text/event-stream'}, signal: leave.signal});
      return {response, leave};
    };
    return {ask: askIt, origin, watch};
  }

  it('sends one event for each change, and the first at once', async (test) => {
    const {ask: askIt, watch} = await openGateway(test);
    const {response, leave} = await watch();
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const reader = response.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    assert.equal(await next(), 'data: changed\n\n');
    await askIt('transactions/sale/keyed', PLAIN_SALE);
    assert.equal(await next(), 'data: changed\n\n');
    await askIt('transactions/settle');
    assert.equal(await next(), 'data: changed\n\n');
    leave.abort();
  });

  /** A reader at this address of the loopback interface, with what it received and whether its stream has ended. */
  async function connectFrom(localAddress: string, origin: string) {
    const request = get(origin, {localAddress, agent: false, headers: {accept: 'text/event-stream'}});
    request.on('error', () => {});
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const reader = {status: response.statusCode, events: 0};
    response.on('data', (chunk: Buffer) => (reader.events += chunk.toString().split('data:').length - 1));
    const ended = new Promise<void>((resolve) => response.on('close', resolve).on('error', () => {}));
    const received = async (count: number) => {
      while (reader.events < count) await once(response, 'data');
    };
    return {reader, ended, received};
  }

  it('opens for every reader: beyond 32, the oldest one is ended', {timeout: 20_000}, async (test) => {
    const {ask: askIt, origin} = await openGateway(test);
    const readers = [];
    for (let count = 0; count < 32; count += 1) readers.push(await connectFrom('127.0.0.1', origin));
    const last = await connectFrom('127.0.0.1', origin);
    assert.equal(last.reader.status, 200);
    const [oldest, ...rest] = readers;
    await oldest?.ended;
    await Promise.all([...rest, last].map(({received}) => received(1)));
    await askIt('transactions/sale/keyed', PLAIN_SALE);
    await Promise.all([...rest, last].map(({received}) => received(2)));
    assert.equal(oldest?.reader.events, 1);
  });

  it('is not ended because of the readers of another client', {timeout: 20_000}, async (test) => {
    const {ask: askIt, origin} = await openGateway(test, '0.0.0.0');
    const few = [await connectFrom('127.0.0.2', origin), await connectFrom('127.0.0.2', origin)];
    const many = [];
    for (let count = 0; count < 40; count += 1) many.push(await connectFrom('127.0.0.1', origin));
    await Promise.all(many.slice(0, 10).map(({ended}) => ended));
    await Promise.all(few.map(({received}) => received(1)));
    await askIt('transactions/sale/keyed', PLAIN_SALE);
    await Promise.all([...few, ...many.slice(10)].map(({received}) => received(2)));
  });
});
