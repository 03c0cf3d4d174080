import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import type {ErrorCode} from '../../../widget/protocol/errors.ts';
import type {FieldsState} from '../../../widget/protocol/messages.ts';
import type {FieldStatus} from '../../../widget/protocol/names.ts';
import {clickInto, goBack, readyFrame, typeInto, typeWholeCard} from '../../support/browser.ts';
import {poll} from '../../support/poll.ts';
import type {Received} from '../../support/servers.ts';
import {serveChanged, stampRecord} from './attacks/documents.ts';
import {openHostileHost, requestSeal} from './attacks/hostile-host.ts';
import {askForDigits, sealWhileTyping} from './attacks/messages.ts';
import {assertNoCanary, CANARY, canaryIn} from './canary.ts';
import {assertDecrypts, fill, openFields, pay, seal, servePage, setValues} from './pages.ts';
import {record, type Recorder} from './recorder.ts';
import {inEngines} from './suite.ts';

const {card, bank} = CANARY;
const TYPED: Readonly<Record<string, string>> = {...bank, ...card};
const NAMES = Object.keys(TYPED);

/** What the gateway decrypts of them. */
const DECRYPTED = {
  encrypted_number: card.cardNumber,
  encrypted_expiration_month: card.expiry.slice(0, 2),
  encrypted_expiration_year: `20${card.expiry.slice(-2)}`,
  encrypted_csc: card.securityCode,
  encrypted_routing_number: bank.routingNumber,
  encrypted_account_number: bank.accountNumber,
};

/** In the frame: encryption throws an error with the value that it was given, until `repair()`. */
const BREAK_ENCRYPTION = `{
  const {test} = RegExp.prototype;
  RegExp.prototype.test = function (text) {
    if (this.source === '^[0-9]{9}$' || this.source === '^[0-9]{12,19}$') throw new Error('rejected ' + text, {cause: text});
    return test.call(this, text);
  };
  window.repair = () => { RegExp.prototype.test = test; };
}`;

/** Sources in which the page must have something to search. */
const RECORDED = [
  'message',
  'port',
  'said',
  'sealed-change',
  'sealed-error',
  'request',
  'server',
  'left, fields',
];
/** Key events that the page must not receive: a single digit would pass for noise. */
const UNRECORDED = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste'];

/** Ways out of the frame that would be a leak of the secret `s`. The recorder must see each. */
const LEAKS_OF_FRAME: Readonly<Record<string, string>> = {
  'a message': `parent.postMessage({deep: [s]}, '*')`,
  'bytes in a message': `parent.postMessage(new TextEncoder().encode(s), '*')`,
  'a message over the port': 'leakByPort(s)',
};

/** What a page can do with a secret. */
const LEAKS_OF_PAGE: Readonly<Record<string, string>> = {
  'an attribute': 'document.body.dataset.leak = s',
  'a shadow root': `document.querySelector('sealed-fields').shadowRoot.append(s)`,
  'a value': `document.body.append(Object.assign(document.createElement('input'), {value: s}))`,
  'the history': `history.replaceState({s}, '')`,
  'the address': `history.replaceState(null, '', '#' + s)`,
  'a cookie': 'document.cookie = "s=" + s',
  'the storage': 'sessionStorage.s = s',
  'the console': 'console.info({s})',
  'an error': 'setTimeout(() => { throw new Error(s); })',
  'a rejection': 'void Promise.reject(new Error("no", {cause: s}))',
  'a key': `dispatchEvent(new KeyboardEvent('keydown', {key: s}))`,
  'a request': 'void fetch("/?" + s)',
};

/** In the frame: makes its port available to {@link LEAKS_OF_FRAME}. */
const EXPOSE_PORT = `if (window !== top) {
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    window.leakByPort = (leak) => postMessage.call(this, {event: 'change', payload: {leak}});
    postMessage.call(this, message);
  };
}`;

/** In every document: records errors and console output, with stack and cause. */
const RECORD_ERRORS = `{
  const texts = [];
  const textOf = (value) => value instanceof Error ? [value.stack, value.message, textOf(value.cause)].join(' ') : String(value);
  window.noise = texts;
  addEventListener('error', ({message, error}) => texts.push(message + textOf(error)));
  addEventListener('unhandledrejection', ({reason}) => texts.push(textOf(reason)));
  for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
    const write = console[method];
    console[method] = (...values) => { texts.push(values.map(textOf).join(' ')); write(...values); };
  }
}`;

/** In every document: records what the browser reports, and unhandled rejections. */
const RECORD_REPORTS = `{
  const noted = [];
  window.noted = noted;
  const note = (...values) => noted.push(values.map((value) => typeof value === 'string' ? value : JSON.stringify(value)).join(' '));
  addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, documentURI, sourceFile, sample}) =>
    note('violation', effectiveDirective, blockedURI, documentURI, sourceFile, sample));
  addEventListener('unhandledrejection', ({reason}) => note('rejection', String(reason), reason?.stack ?? ''));
  if ('ReportingObserver' in window)
    new ReportingObserver((reports) => reports.forEach(({type, url, body}) => note('report', type, url, body?.toJSON?.() ?? body)), {buffered: true}).observe();
}`;

/** In the page: requests a seal and writes the outcome to the console, where the recorder sees it. */
const SEAL_AND_LOG = `void document.querySelector('sealed-fields').seal().then(
  (result) => console.info('outcome', result),
  (error) => console.info('outcome', error),
)`;

const STOP_ANSWERING = 'MessagePort.prototype.postMessage = () => undefined';

/** Ways to break a frame with a complete card, how to repair it, and the code with which a seal then ends. */
const FAULTS: readonly {break: string; repair: string; code: ErrorCode}[] = [
  {
    break: `Object.defineProperty(window, 'crypto', {configurable: true, value: undefined})`,
    repair: `Object.defineProperty(window, 'crypto', original)`,
    code: 'no-secure-random',
  },
  {
    break: `crypto.getRandomValues = () => { throw new Error(document.querySelector('input').value); }`,
    repair: 'delete crypto.getRandomValues',
    code: 'no-secure-random',
  },
  {
    // a key that expires while the page is open
    break: `window.Now = Date; Date = class extends Date { constructor(...given) { super(...(given.length ? given : ['2031-06-01'])); } }`,
    repair: 'Date = Now',
    code: 'key-expired',
  },
  {break: BREAK_ENCRYPTION, repair: 'repair()', code: 'seal-failed'},
  {break: STOP_ANSWERING, repair: '', code: 'frame-lost'},
];

/** In the frame: keeps the property that a fault replaces. */
const KEEP_CRYPTO = `window.original = Object.getOwnPropertyDescriptor(window, 'crypto') ?? {
  configurable: true, get: Object.getOwnPropertyDescriptor(Window.prototype, 'crypto').get}; 0`;

/** An error with its code and fixed texts, and nothing else. */
function fixedTexts(code: ErrorCode): RegExp {
  const message = `"message":"The frame for cardNumber, expiry, securityCode of http:[^" ]* (reports ${code}|does not answer)\\."`;
  return new RegExp(`"code":"${code}","hint":"[^"0-9]*","docs":"http:[^" ]*/v1/errors/#${code}",${message}`);
}

/** Two cards of one brand. */
const VISAS = ['4012000098765439', '4111111111111111'] as const;
/** Numbers of one brand, of 14 and 19 digits. No shorter part of either is a valid number of the brand. */
const MAESTROS = ['50180736161836', '5018047564311698598'];
const VISA = {cardNumber: VISAS[0], expiry: '12/31', securityCode: '999'};
const AMERICAN_EXPRESS = {cardNumber: '371449635392376', expiry: '12/31', securityCode: '9997'};
const DINERS_CLUB = {cardNumber: '30569309025904', expiry: '12/31', securityCode: '123'};

const SEALED = ['encrypted_csc', 'encrypted_expiration_month', 'encrypted_expiration_year'];
const IDS = ['sealed_id', 'sealed_key_id'];

/** In the page: records everything that the element dispatches. */
const RECORD_EVENTS = `<script>
  const changes = [];
  const details = [];
  addEventListener('sealed-change', ({detail}) => changes.push(detail));
  for (const type of ['ready', 'change', 'submit', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => details.push(JSON.stringify(detail)));
</script>`;

/** A page whose address and options contain the word `quince`, which must not reach the widget host. */
const PATH = '/checkout-quince/cart';
const QUERY = '?amount=quince&token=quince#quince';
const MARK = /quince|amount|token|cart/i;
const OPTIONS = `data-label-card-number="Quince" data-placeholder-expiry="quince" data-names='{"cardNumber": "quince"}'`;

inEngines('security: secrecy', (suite) => {
  const {engine, prove} = suite;

  const assertNoneRecorded = (recorder: Recorder) => {
    for (const {where, text} of recorder.all()) assertNoCanary(text, where);
  };

  prove(
    ['L01', 'L06'],
    'a card and a bank account, from the first key to Back, clearing and removal',
    async (page) => {
      const {servers} = suite;
      const recorder = await record(page, servers, engine);
      const frame = await openFields(page, servers, {attributes: `data-fields="${NAMES.join(' ')}"`});
      await recorder.look('before');
      const last = NAMES.at(-1) ?? '';
      const lastText = TYPED[last] ?? '';
      for (const name of NAMES.slice(0, -1)) {
        await typeInto(page, frame, name, TYPED[name] ?? '');
        await recorder.look(`after ${name}`);
      }
      await typeInto(page, frame, last, lastText.slice(0, -1));
      await clickInto(frame, NAMES[0] ?? '');
      await recorder.look('left');

      await submit(page);
      await frame.waitForSelector(`#${last}[aria-invalid=true]`);
      await recorder.look('rejected');

      await typeInto(page, frame, last, '');
      await page.keyboard.press('End');
      await page.keyboard.type(lastText.slice(-1));
      await untilState(page, 'state.complete');
      await recorder.look('complete');

      await frame.evaluate(`${BREAK_ENCRYPTION} 0`);
      await submit(page);
      await frame.waitForFunction(`document.querySelector('#outcome').textContent !== ''`);
      await recorder.look('failed');
      await frame.evaluate(`repair(); 0`);

      assert.ok((await seal(page)).ok);
      await recorder.look('sealed');
      await submit(page);
      const {form} = await receivedForm();
      await poll(() => page.title().catch(() => ''), 'Received');
      await recorder.look('paid');

      await goBack(page);
      await untilState(page, 'state.empty');
      await recorder.look('back');
      assert.deepEqual(
        servers.open(Object.keys(DECRYPTED).map((name) => form[name] ?? '')),
        Object.values(DECRYPTED),
      );

      const again = await openFields(page, servers, {attributes: `data-fields="${NAMES.join(' ')}"`});
      for (const end of ['clear', 'remove']) {
        await fill(page, again, TYPED);
        await page.evaluate(`document.querySelector('sealed-fields').${end}()`);
        if (end === 'clear') await untilState(page, 'state.empty');
        await recorder.look(end);
      }

      assertNoneRecorded(recorder);
      const sources = new Set(recorder.all().map(({where}) => where));
      for (const source of RECORDED) assert.ok(sources.has(source), `nothing was recorded of ${source}`);
      for (const source of UNRECORDED) assert.ok(!sources.has(source), `the page received ${source}`);
    },
    120_000,
  );

  prove('L01', 'every kind of leak, in every encoding, would have been found', async (page) => {
    const recorder = await record(page, suite.servers, engine);
    await page.evaluateOnNewDocument(EXPOSE_PORT);
    const frame = await openFields(page, suite.servers, {attributes: 'data-fields="cardNumber"'});
    const leaks = [
      ...Object.entries(LEAKS_OF_FRAME).map(([kind, script]) => [kind, script, frame] as const),
      ...Object.entries(LEAKS_OF_PAGE).map(([kind, script]) => [kind, script, page] as const),
    ];
    for (const [index, [kind, script, from]] of leaks.entries()) {
      const mark = `leak${index}x`;
      await from.evaluate(`{const s = '${mark}'; ${script}}`);
      await untilRecorded(recorder, mark, kind);
    }
    for (const [form, text] of Object.entries(encodingsOf(card.cardNumber)))
      assert.notEqual(canaryIn(`{"id":"x${text}y"}`), undefined, form);
    for (const text of [
      '12 / 31',
      card.securityCode,
      `${card.securityCode},`,
      bank.accountNumber.slice(3, 8),
    ])
      assert.notEqual(canaryIn(`<i>${text}</i>`), undefined, text);
  });

  const changesIn = async (page: Page) => (await page.evaluate('changes')) as FieldsState[];
  const untilStatus = (page: Page, status: FieldStatus) =>
    poll(async () => (await changesIn(page)).at(-1)?.fields.cardNumber?.status, status);

  prove('L03', '48 keys on two cards of one brand dispatch ten events', async (page) => {
    const recorder = await record(page, suite.servers, engine);
    const frame = await openFields(page, suite.servers, {before: RECORD_EVENTS});
    const before = (await changesIn(page)).length;
    const [one, other] = VISAS;
    await typeInto(page, frame, 'cardNumber', one);
    for (let left = one.length; left > 0; left -= 1) await page.keyboard.press('Backspace');
    await page.keyboard.type(other);
    await untilStatus(page, 'valid');
    const states = (await changesIn(page)).slice(before);
    const typed = ['incomplete ', 'incomplete visa', 'valid visa'];
    assert.deepEqual(
      states.map(({fields, brand}) => [fields.cardNumber?.status, brand].join(' ')),
      ['empty ', ...typed, 'incomplete visa', 'incomplete ', 'empty ', ...typed],
    );
    assert.deepEqual(states.slice(1, 4), states.slice(7));
    for (const state of states) assert.doesNotMatch(JSON.stringify(state), /\d/);
    await recorder.look('typed');
    const overPort = recorder.all().filter(({where}) => where === 'port');
    const posted = overPort.filter(({text}) => text.startsWith('{"event":"change"'));
    assert.equal(posted.length, before + states.length, 'the port carried nothing but what was dispatched');
  });

  prove('L03', 'numbers of 14 and of 19 digits dispatch the same events', async (page) => {
    const sequences: FieldsState[][] = [];
    for (const digits of MAESTROS) {
      const frame = await openFields(page, suite.servers, {before: RECORD_EVENTS});
      const before = (await changesIn(page)).length;
      await typeInto(page, frame, 'cardNumber', digits);
      await untilStatus(page, 'valid');
      sequences.push((await changesIn(page)).slice(before));
    }
    const [short, long] = sequences;
    assert.deepEqual(short, long);
    assert.equal(short?.at(-1)?.brand, 'maestro');
  });

  prove(
    'L10',
    'the first key removes the sealed values from the form, and the next seal makes new ones',
    async (page) => {
      const frame = await openFields(page, suite.servers, {before: RECORD_EVENTS});
      await page.evaluate(`document.forms[0].onsubmit = (event) => event.preventDefault()`);
      const sealedInputs = () =>
        page.$$eval('sealed-fields input', (inputs) => inputs.map(({name, value}) => [name, value] as const));
      const sealByButton = async () => {
        await page.click('button');
        await poll(async () => (await sealedInputs()).length, 6);
        return new Map(await sealedInputs());
      };
      const wrongCode = `${card.securityCode.slice(0, -1)}2`;
      await typeWholeCard(page, frame, {...card, securityCode: wrongCode});
      const first = await sealByButton();
      assert.equal((await changesIn(page)).at(-1)?.sealed, true);
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await poll(sealedInputs, []);
      assert.equal((await changesIn(page)).at(-1)?.sealed, false);
      await page.keyboard.type(card.securityCode.slice(-1));
      await poll(async () => (await changesIn(page)).at(-1)?.complete, true);
      const second = await sealByButton();
      for (const [name, value] of first)
        assert.equal(second.get(name) === value, name === 'sealed_key_id', name);
      const codes = [first, second].map((form) => form.get('encrypted_csc') ?? '');
      assert.deepEqual(suite.servers.open(codes), [wrongCode, card.securityCode]);
    },
  );

  /** Everything that the page can read, without addresses and ids, which may contain any digits. */
  const textsIn = async (page: Page): Promise<string> => {
    const texts = `[document.documentElement.outerHTML, JSON.stringify(document.querySelector('sealed-fields').state), ...details].join('\\n')`;
    return ((await page.evaluate(texts)) as string).replace(/127\.0\.0\.1:\d+|channel=\w+/g, '');
  };
  const clear = async (page: Page) => {
    await page.evaluate(`document.querySelector('sealed-fields').clear()`);
    await untilState(page, 'state.empty');
  };

  prove('L05', 'the revealed digits are part of a sealed result, and nowhere else', async (page) => {
    const {servers} = suite;
    await stampRecord(servers, {reveal: ['bin', 'last4']});
    for (const [each, bin, last4] of [
      [VISA, '401200', '5439'],
      [AMERICAN_EXPRESS, '371449', '2376'],
      [DINERS_CLUB, undefined, '5904'], // six and four would leave only four of 14 digits hidden
    ] as const) {
      const frame = await openFields(page, servers, {before: RECORD_EVENTS});
      await setValues(frame, {...each, securityCode: each.securityCode.slice(0, -1)});
      const rejected = await seal(page);
      assert.deepEqual(rejected, {ok: false, fields: [{field: 'securityCode', problem: 'incomplete'}]});
      await fill(page, frame, each);
      const result = await seal(page);
      assert.ok(result.ok);
      assert.deepEqual([result.values['card_bin'], result.values['card_last4']], [bin, last4]);
      const text = await textsIn(page);
      for (const digits of [each.cardNumber.slice(0, 6), last4]) assert.ok(!text.includes(digits), text);
      assert.equal(await page.$('input'), null);
      const form = await pay(page, servers);
      assert.deepEqual([form['card_bin'], form['card_last4']], [bin, last4]);
      assertDecrypts(servers, form, each);
    }
    await servers.networkFaults.clear();
  });

  prove('L05', 'nothing is revealed without a number, or of an invalid or incomplete one', async (page) => {
    const {servers} = suite;
    await stampRecord(servers, {reveal: ['bin', 'last4']});
    const frame = await openFields(page, servers, {before: RECORD_EVENTS});
    for (const end of ['3', '8', '']) {
      await setValues(frame, {...VISA, cardNumber: VISA.cardNumber.slice(0, -1) + end});
      const {ok, ...rest} = await seal(page);
      assert.deepEqual([ok, Object.keys(rest)], [false, ['fields']]);
      assert.doesNotMatch(await textsIn(page), /4012|5438|5433/);
      await clear(page);
    }
    const {expiry, securityCode} = VISA;
    const other = await openFields(page, servers, {attributes: 'data-fields="expiry securityCode"'});
    await fill(page, other, {expiry, securityCode});
    assert.deepEqual(Object.keys(await pay(page, servers)).sort(), [...SEALED, ...IDS]);
    await servers.networkFaults.clear();
  });

  prove(
    'L05',
    'nothing is revealed if the record does not say so, whatever the page asks for',
    async (page) => {
      assert.deepEqual(await askForDigits(page, suite.servers), []);
      const form = await pay(page, suite.servers);
      assert.deepEqual(Object.keys(form).sort(), [...SEALED, 'encrypted_number', ...IDS].sort());
    },
  );

  prove('L05', 'the digits of one number are revealed, however often the page seals', async (page) => {
    assert.deepEqual(await sealWhileTyping(page, suite.servers), []);
    await suite.servers.networkFaults.clear();
  });

  prove('L07', 'the widget host gets the merchant’s origin and nothing else', async (page) => {
    const {servers} = suite;
    const requested = () => servers.asked.filter(({url}) => url.startsWith(servers.widget));
    const referrersOf = (path: string) => {
      const found = requested().filter(({url}) => url.startsWith(servers.widget + path));
      return [...new Set(found.map(({headers}) => headers.referer))];
    };
    const open = async (headers: Record<string, string> = {}) => {
      servePage(servers, {attributes: OPTIONS});
      servers.pages.set(PATH, {html: servers.pages.get('/shop')?.html ?? '', headers});
      servers.asked.length = 0;
      await page.goto(servers.page + PATH + QUERY);
      return readyFrame(page, servers);
    };
    const recorder = await record(page, servers, engine);
    const frame = await open();
    await typeWholeCard(page, frame, card);
    await recorder.look('typed');
    const entries = (await frame.evaluate(
      `performance.getEntries().map(({name}) => name).concat(document.referrer, location.href).join(' ')`,
    )) as string;
    assert.doesNotMatch(entries, MARK);
    assertNoCanary(entries, 'the performance entries of the frame');
    assert.equal(await frame.evaluate('document.referrer'), `${servers.page}/`);
    const src = await page.$eval('sealed-fields iframe', (element) => element.src);
    assert.doesNotMatch(src, MARK);
    assert.doesNotMatch(src, /\?/);
    await Promise.all([page.waitForNavigation(), page.click('button')]);
    assert.ok('quince' in (await receivedForm()).form);

    assert.deepEqual(referrersOf('/v1/m/'), [`${servers.page}/`]);
    for (const referrer of referrersOf('/v1/assets/')) assert.equal(referrer, undefined);
    for (const {url, headers} of requested()) assert.doesNotMatch(url + JSON.stringify(headers), MARK);
    assert.doesNotMatch(servers.log.join('\n'), MARK);
    assertNoneRecorded(recorder);

    await open({'Referrer-Policy': 'unsafe-url'});
    assert.deepEqual(referrersOf('/v1/m/'), [`${servers.page}/`], 'also with unsafe-url');
  });

  for (const [what, values] of Object.entries({'a card': card, 'one field': {cardNumber: card.cardNumber}}))
    prove(
      'L09',
      `${what}: nothing is reported for Enter, an invalid field or a failed seal`,
      async (page) => {
        await page.evaluateOnNewDocument(RECORD_REPORTS);
        const entries = Object.entries(values);
        const [last = '', lastText = ''] = entries.at(-1) ?? [];
        const attributes = `data-fields="${Object.keys(values).join(' ')}"`;
        const frame = await openFields(page, suite.servers, {attributes});
        await page.evaluate(`document.forms[0].onsubmit = () => false`);
        for (const [name, text] of entries) {
          await typeInto(page, frame, name, name === last ? text.slice(0, -1) : text);
          await page.keyboard.press('Enter');
        }
        await frame.waitForSelector(`#${last}[aria-invalid=true]`);
        await clickInto(frame, last);
        await page.keyboard.press('End');
        await page.keyboard.type(lastText.slice(-1));
        await untilState(page, 'state.complete');
        await frame.evaluate(
          `crypto.getRandomValues = () => { throw new Error(document.querySelector('input').value); }; 0`,
        );
        await page.keyboard.press('Enter');
        await frame.waitForFunction(`document.querySelector('#outcome').textContent !== ''`);
        for (const document of [page, frame]) {
          const noted = (await document.evaluate('noted')) as string[];
          for (const text of noted) assertNoCanary(text, 'a report');
          assert.deepEqual(noted, []);
        }
        // A report would have been recorded.
        await frame.evaluate(`{
        const form = document.body.appendChild(document.createElement('form'));
        form.action = 'https://shop.example/';
        try { form.submit(); } catch {} // Firefox throws what it reports
        void Promise.reject(new Error('unhandled'));
      }`);
        await poll(async () => {
          const noted = (await frame.evaluate('noted')) as string[];
          return [/violation form-action/, /rejection .*unhandled/].map((kind) =>
            noted.some((text) => kind.test(text)),
          );
        }, [true, true]);
      },
    );

  const openRecorded = async (page: Page, before = ''): Promise<[Frame, Recorder]> => {
    const recorder = await record(page, suite.servers, engine);
    await page.evaluateOnNewDocument(RECORD_ERRORS);
    const frame = await openFields(page, suite.servers, {before});
    await page.evaluate(`document.forms[0].onsubmit = () => false`);
    return [frame, recorder];
  };
  const errorsIn = async (frame: Frame) => {
    try {
      return (await frame.evaluate('noise.join()')) as string;
    } catch {
      return ''; // the frame was removed
    }
  };
  /** Waits for the logged outcomes, of which the last is expected. Nothing that was recorded may contain an entered digit. */
  const assertOutcome = async (recorder: Recorder, expected: RegExp, frame: Frame, count = 1) => {
    const outcomes = () => recorder.all().filter(({text}) => text.startsWith('outcome {'));
    await poll(async () => {
      await recorder.look('then');
      return outcomes().length;
    }, count);
    assert.match(outcomes().at(-1)?.text ?? '', expected);
    assertNoneRecorded(recorder);
    assert.equal(await errorsIn(frame), '');
  };

  prove('L04', 'every fault of encryption, and a frame that no longer answers', async (page) => {
    await serveChanged(suite.servers, '/v1/m/demo/', (html) =>
      html.replace('"keys":[{', '"keys":[{"notAfter":"2031-01-01T00:00:00Z",'),
    );
    const [frame, recorder] = await openRecorded(page);
    await typeWholeCard(page, frame, card);
    await frame.evaluate(KEEP_CRYPTO);
    for (const [index, fault] of FAULTS.entries()) {
      await frame.evaluate(`${fault.break}; 0`);
      await page.evaluate(SEAL_AND_LOG);
      await assertOutcome(recorder, fixedTexts(fault.code), frame, index + 1);
      if (fault.repair !== '') await frame.evaluate(`${fault.repair}; 0`);
    }
    await suite.servers.networkFaults.clear();
  });

  prove('L04', 'an element that is removed while it seals', async (page) => {
    const [frame, recorder] = await openRecorded(page);
    await fill(page, frame, card);
    await frame.evaluate(`${STOP_ANSWERING}; 0`);
    await page.evaluate(
      `${SEAL_AND_LOG}; setTimeout(() => document.querySelector('sealed-fields').remove());`,
    );
    await assertOutcome(recorder, /"code":"aborted"/, frame);
  });

  prove('L04', 'names that clash, and a field of 1 MB', async (page) => {
    const [frame, recorder] = await openRecorded(page);
    const long = `${card.cardNumber} `.repeat(65_536);
    await setValues(frame, {cardNumber: long, expiry: long, securityCode: long});
    await page.evaluate(SEAL_AND_LOG);
    await assertOutcome(recorder, /"ok":false/, frame);
    await fill(page, frame, card);
    await page.evaluate(`addEventListener('sealed-error', ({detail}) => console.info('outcome', detail));
      document.querySelector('sealed-fields').dataset.names = '{"cardNumber": "encrypted_csc"}';`);
    await assertOutcome(recorder, /"code":"config-invalid"/, frame, 2);
  });

  prove('L04', 'a listener of the page that throws at every event', async (page) => {
    const [frame, recorder] = await openRecorded(
      page,
      `<script>for (const type of ['ready', 'change', 'submit'])
        addEventListener('sealed-' + type, ({detail}) => { throw new Error(type, {cause: detail}); });</script>`,
    );
    await typeWholeCard(page, frame, card);
    await page.keyboard.press('Enter');
    await page.evaluate(SEAL_AND_LOG);
    await assertOutcome(recorder, /"ok":true/, frame);
    assert.ok(recorder.all().some(({where}) => where === 'error'));
  });

  prove('L04', 'an invalid key, in a page that fills in a card anyway', async (page) => {
    await serveChanged(suite.servers, '/v1/m/demo/', (html) =>
      html.replace(/-----BEGIN.{40}/, '-----BEGIN PUBLIC KEY-----'),
    );
    await page.evaluateOnNewDocument(RECORD_ERRORS);
    const frame = await openHostileHost(page, suite.servers, {until: 'failed'});
    await setValues(frame, card);
    assert.deepEqual(await requestSeal(page, 1), {
      event: 'failed',
      payload: {request: 1, code: 'key-invalid'},
    });
    for (const script of ['JSON.stringify([heard, replies, broken])', 'noise.join()', 'location.href'])
      assertNoCanary((await page.evaluate(script)) as string, script);
    assert.equal(await errorsIn(frame), '');
    await suite.servers.networkFaults.clear();
  });

  /** The form that the server received, without what the recorder sent. */
  async function receivedForm(): Promise<Received> {
    for (let index = 0; ; index += 1) {
      const each = await suite.servers.nextReceived(index);
      if (each.path === '/received') return each;
    }
  }
});

/** Clicks the page's button by script, because messages below the fields move it while the mouse is on its way. */
async function submit(page: Page): Promise<void> {
  await page.$eval('button', (button) => {
    button.click();
  });
}

/** Waits for a state of the element, also while one document replaces another. */
async function untilState(page: Page, condition: string): Promise<void> {
  const script = `{const {state} = document.querySelector('sealed-fields') ?? {}; Boolean(state && ${condition})}`;
  await poll(() => page.evaluate(script).catch(() => false), true);
}

async function untilRecorded(recorder: Recorder, mark: string, kind: string): Promise<void> {
  const bytes = Array.from(mark, (character) => character.charCodeAt(0)).join(',');
  const isRecorded = () => recorder.all().some(({text}) => text.includes(mark) || text.includes(bytes));
  for (const deadline = Date.now() + 10_000; !isRecorded();) {
    assert.ok(Date.now() < deadline, `${kind} was not recorded`);
    await recorder.look('leak');
  }
}

/** A number as other programs would write it. */
function encodingsOf(digits: string): Record<string, string> {
  const bytes = Buffer.from(digits);
  return {
    plain: digits,
    grouped: digits.replace(/(.{4})(.{6})/, '$1 $2 '),
    'in part': digits.slice(5, 10),
    reversed: digits.split('').reverse().join(''),
    spaced: digits.replace(/./g, '$& '),
    hexadecimal: bytes.toString('hex'),
    base64: bytes.toString('base64'),
    'base64 within another text': Buffer.from(`{"number":"${digits}"}`).toString('base64'),
    'percent encoding': digits.replace(/./g, (digit) => `%3${digit}`),
    'character references': digits.replace(/./g, (digit) => `&#${48 + Number(digit)};`),
    escapes: digits.replace(/./g, '\\u003$&'),
    bytes: JSON.stringify([...bytes]),
    'a number in hexadecimal': BigInt(digits).toString(16),
  };
}
