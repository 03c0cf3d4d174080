import assert from 'node:assert/strict';
import {after, before, describe, it, type TestContext} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import type {SealResult} from '../../host-sdk/bridge.ts';
import {
  type Card,
  ALONE,
  RELEASE_ENGINES,
  field,
  openBrowser,
  typeCard,
  typeInto,
  valueOf,
  unlessWebKit,
} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const OTHER: Card = {cardNumber: '5499740000000057', expiry: '11/30', securityCode: '123'};
const VALUES = ['number', 'expiration_month', 'expiration_year', 'csc'].map((name) => `encrypted_${name}`);

const FIELDS = '<sealed-fields></sealed-fields>';
const formOf = (content: string, attributes = '') =>
  `<form method="post" action="/received" ${attributes}><input name="item" value="ridge">${content}
    <button>Pay</button><button type="reset">Empty</button></form>`;
const inShadow = (content: string) => `<div><template shadowrootmode="open">${content}</template></div>`;

const SHOP = formOf(`<fieldset>${FIELDS}</fieldset><p></p>`) + formOf('', 'id="other" novalidate');
const IN_SHADOW = inShadow(formOf(FIELDS));
const BELOW_FORM = formOf(inShadow(FIELDS));

/** Names for the page, and a place for a form to go to while its page stays. */
const MORE = `<iframe name="aside" hidden></iframe><script>
  let fields = (document.querySelector('div')?.shadowRoot ?? document).querySelector('sealed-fields');
  let [form, other] = document.forms;
</script>`;

/** In the page: counts submits before and after the element has seen them, and keeps what was rejected in vain. */
const WATCH = `if (window === top) {
  Object.assign(window, {tried: 0, submitted: 0, rejected: []});
  addEventListener('submit', () => { tried += 1; }, true);
  addEventListener('submit', () => { submitted += 1; });
  addEventListener('unhandledrejection', ({reason}) => { rejected.push(String(reason)); });
}`;

for (const engine of RELEASE_ENGINES) {
  describe(`an element whose form lives on in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A test on a page of its own, in which nothing throws. */
    const onPage = (body: string, name: string, test: (context: TestContext) => Promise<void>) => {
      it(name, {timeout: 60_000}, async (context) => {
        const {html} = snippet(stage, body + MORE);
        // Of a script without CORS, a page hears of no rejection.
        stage.pages.set('/shop', {html: html.replace(' async', ' async crossorigin')});
        stage.received.length = 0;
        const errors = new Set<string>();
        const tab = (page = await browser.newPage());
        tab.on('pageerror', (error) => errors.add(String(error)));
        await tab.evaluateOnNewDocument(WATCH);
        await tab.goto(`${stage.page}/shop`);
        await test(context).finally(() => tab.close());
        // Firefox says so of every custom element, also where the frame takes the focus for it.
        errors.delete('Error: An invalid form control is not focusable.');
        assert.deepEqual([...errors], []);
      });
    };

    const run = <T>(script: string) => page.evaluate(script) as Promise<T>;

    /** The frame of the element, once that is ready. */
    async function frameOf(): Promise<Frame> {
      await run('customElements.whenDefined("sealed-fields").then(() => fields.ready)');
      const frame = await (await page.$('>>> sealed-fields iframe'))?.contentFrame();
      assert.ok(frame);
      return frame;
    }

    const untilShown = async () => (await frameOf()).waitForSelector('input[aria-invalid=true]');
    const open = (values: Record<string, string>) => stage.open(VALUES.map((name) => values[name] ?? ''));

    /** A whole card, of which the element knows. */
    async function type(card: Card): Promise<void> {
      await typeCard(page, await frameOf(), card);
      await page.waitForFunction('fields.state.complete');
    }

    async function texts(): Promise<string> {
      const frame = await frameOf();
      return (await Promise.all(Object.keys(CARD).map((name) => valueOf(frame, name)))).join();
    }

    async function assertPaid({cardNumber, expiry, securityCode} = CARD): Promise<void> {
      const {form} = await stage.nextReceived();
      const [month, year] = expiry.split('/');
      assert.deepEqual(open(form), [cardNumber, month, `20${year}`, securityCode]);
      assert.equal(stage.received.length, 1);
    }

    async function assertGoesWithout(submit = 'requestSubmit'): Promise<void> {
      await run(`form.target = 'aside', form.${submit}(), form.removeAttribute('target')`);
      assert.deepEqual(await stage.nextReceived(), {path: '/received', form: {item: 'ridge'}});
      assert.equal(stage.received.splice(0).length, 1);
    }

    /** Not by the browser, whose own check is off, but by the element. */
    async function assertHeld(button: string): Promise<void> {
      await run('form.noValidate = true, tried = submitted = 0');
      await page.click(button);
      await untilShown();
      assert.deepEqual(await run('[tried, submitted]'), [1, 0]);
    }

    /** The page prevents the submit, so that the sealed values stay in the form. */
    async function sealInVain(): Promise<void> {
      await type(CARD);
      await run('form.addEventListener("submit", (event) => event.preventDefault(), {once: true})');
      await page.click('button');
      await page.waitForFunction('new FormData(form).has("encrypted_number")');
    }

    async function pay(card: Card, button = '>>> button'): Promise<void> {
      await type(card);
      await page.click(button);
      await assertPaid(card);
    }

    onPage(IN_SHADOW, 'pays from one shadow root with its form, which is refused while empty', async () => {
      await frameOf();
      await run('fields.getRootNode().addEventListener("submit", () => { tried += 1; }, true)');
      await page.click('>>> button');
      await untilShown();
      assert.equal(await run('tried'), 0);
      await pay(CARD);
    });

    onPage(BELOW_FORM, 'has no form outside its shadow root, but gives its values by seal()', async () => {
      await type(CARD);
      assert.equal(await run('fields.form'), null);
      const result = await run<SealResult>('fields.seal()');
      assert.ok(result.ok);
      assert.deepEqual(open(result.values), ['4012000098765439', '12', '2031', '999']);
      await assertGoesWithout();
    });

    onPage(SHOP, 'begins anew where appendChild moves it within its form, and pays', async () => {
      await type(CARD);
      const address = await run('fields.querySelector("iframe").src');
      await run('void document.querySelector("p").appendChild(fields)');
      assert.equal(await texts(), ',,');
      assert.notEqual(await run('fields.querySelector("iframe").src'), address);
      assert.equal(await run('form.checkValidity()'), false);
      await pay(OTHER);
    });

    const kept = (target: string) => `keeps what was typed where moveBefore moves it into ${target}`;
    for (const target of ['p', '#other'])
      onPage(SHOP, unlessWebKit(engine, kept(target), 'it has none')[0], async (context) => {
        if (!(await run<boolean>('"moveBefore" in Element.prototype'))) {
          context.skip('There is no moveBefore.');
          return;
        }
        await type(CARD);
        await run(`document.querySelector('${target}').moveBefore(fields, null)`);
        await run('fields.form.querySelector("button").click()');
        await assertPaid();
      });

    onPage(SHOP, 'leaves nothing in a form that it is removed from, and pays when it is back', async () => {
      await sealInVain();
      await run('fields.remove()');
      assert.ok(await run('form.submit === HTMLFormElement.prototype.submit'));
      assert.equal(await run('fields.querySelector("input")'), null);
      await assertGoesWithout('submit');
      await run('form.prepend(fields)');
      await pay(OTHER);
    });

    for (const way of ['other.appendChild(fields)', 'fields.setAttribute("form", "other")'])
      onPage(SHOP, `holds the form that it goes to by ${way}, and no more the first`, async () => {
        await sealInVain();
        await run(`void ${way}`);
        await assertGoesWithout();
        await frameOf();
        await run('fields.clear()');
        await assertHeld('#other button');
        await pay(OTHER, '#other button');
      });

    onPage(SHOP, 'takes no part while its fieldset is disabled, and is held when it is enabled', async () => {
      await typeCard(page, await frameOf(), {...CARD, securityCode: '99'});
      const typed = await texts();
      for (let times = 0; times < 2; times += 1) {
        await run('document.querySelector("fieldset").disabled = true');
        await assertGoesWithout();
        const frame = await frameOf();
        await frame.waitForSelector('#securityCode:disabled');
        await (await field(frame, 'securityCode')).click();
        await page.keyboard.type('9');
        assert.equal(await texts(), typed);
        await run('document.querySelector("fieldset").disabled = false');
        await frame.waitForSelector('#securityCode:enabled');
      }
      await assertHeld('button');
      await typeInto(page, await frameOf(), 'securityCode', '9');
      await page.waitForFunction('fields.state.complete');
      await page.click('button');
      await assertPaid();
    });

    onPage(SHOP, 'is emptied by a reset button, with what was sealed', async () => {
      await sealInVain();
      await page.click('button[type=reset]');
      assert.equal(await run('fields.querySelector("input")'), null);
      await page.waitForFunction('!fields.state.complete');
      assert.equal(await texts(), ',,');
      await pay(OTHER);
    });

    for (const [moment, wait] of Object.entries({'is about to seal': '', seals: 'await fields.ready;'}))
      onPage(SHOP, `sends nothing where it is removed while it ${moment}`, async () => {
        await type(CARD);
        await run(`(async () => {
          form.querySelector('button').click();
          ${wait}
          fields.remove();
          await new Promise((resolve) => setTimeout(resolve)); // all that was pending is settled
        })()`);
        assert.deepEqual(await run('[tried, submitted, ...rejected]'), [1, 0]);
        await assertGoesWithout();
        await run('form.prepend(fields)');
        await pay(OTHER);
      });

    onPage(SHOP, 'has one frame after twenty quick insertions, and pays', async () => {
      await frameOf();
      await run(`(async () => {
        for (let times = 0; times < 20; times += 1) {
          form.prepend(fields);
          if (times % 2 === 0) await new Promise((resolve) => setTimeout(resolve)); // some frames begin to load
        }
      })()`);
      await frameOf();
      assert.deepEqual(await run('[fields.querySelectorAll("iframe").length, frames.length]'), [1, 2]);
      await pay(CARD);
    });
  });
}
