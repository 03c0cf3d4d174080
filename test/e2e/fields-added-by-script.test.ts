import assert from 'node:assert/strict';
import {it} from 'node:test';
import {texts as de} from '../../widget/locales/de.ts';
import {en} from '../../widget/locales/en.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import {readyFrame, typeInto, typeWholeCard, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {CARD, CARD_VALUES, openCard, payAt} from '../support/payment.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

/** Two forms whose responses load in a frame. Scripts refer to an element by its id. */
const FORMS = ['first', 'second'].map(
  (name) => `<form id="${name}" method="post" action="/received" target="sink">
    <input type="hidden" name="form" value="${name}"><p><b>Card</b></p><button>Pay</button></form>`,
);
const PAGE = `${FORMS.join('')}<iframe name="sink" hidden></iframe>`;

inEngines('fields in a div that scripts add and move', (suite) => {
  it('are there from the start where the shop has written the div', async () => {
    const {servers, browser, engine} = suite;
    const {received, answer} = await payAt(browser, engine, servers, '/card-div', CARD);
    assert.equal(answer['success'], true);
    assert.deepEqual(openCard(servers, received), CARD_VALUES);
  });

  suite.onPage('follow the div’s attributes, and affect only the form that they are in', async (page) => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, PAGE, 'data-upgrade="any"'));
    servers.pages.set('/received', {html: 'Received.'});
    await page.goto(servers.page);
    await page.waitForFunction('customElements.get("sealed-fields")');
    const run = <T>(script: string) => page.evaluate(script) as Promise<T>;
    const elements = () => run<number>('document.querySelectorAll("sealed-fields").length');
    const areValid = () => run<boolean[]>('[first.checkValidity(), second.checkValidity()]');
    const press = async (form: string) => {
      const count = servers.received.length;
      await page.click(`#${form} button`);
      const received = await servers.nextReceived(count);
      assert.equal(received.form['form'], form);
      return received.form;
    };

    await run(`first.querySelector('b').innerHTML =
      '<span><i>Pay</i><div id="mark" data-sealed-fields="card" data-label-expiry="Good until"></div></span>'`);
    const frame = await readyFrame(page, servers);
    const labels = () => frame.$$eval('label', (nodes) => nodes.map((node) => node.innerText));
    await poll(labels, [en.labels.cardNumber, 'Good until', en.labels.securityCode]);
    assert.deepEqual([await elements(), await areValid()], [1, [false, true]]);
    await typeInto(page, frame, 'cardNumber', '4012');
    await run('window.iframe = document.querySelector("sealed-fields > iframe")');
    await run('void delete mark.dataset.labelExpiry');
    await run('void (mark.dataset.locale = "de")');
    await poll(
      labels,
      PRESETS.card.map((name) => de.labels[name]),
    );
    assert.equal(await valueOf(frame, 'cardNumber'), '4012');
    assert.equal(await run('iframe === document.querySelector("sealed-fields > iframe")'), true);
    await typeInto(page, frame, 'cardNumber', CARD.cardNumber.slice(4));
    await typeInto(page, frame, 'expiry', CARD.expiry);
    await typeInto(page, frame, 'securityCode', CARD.securityCode);
    await poll(areValid, [true, true]); // the page knows of the last key
    assert.deepEqual(openCard(servers, await press('first')), CARD_VALUES);

    await run('window.removed = mark, removed.remove()');
    assert.deepEqual([await elements(), await areValid()], [0, [true, true]]);
    assert.deepEqual(await press('first'), {form: 'first'});

    await run('second.prepend(removed)');
    const added = await readyFrame(page, servers);
    assert.deepEqual([await elements(), await areValid()], [1, [true, false]]);
    assert.equal(await valueOf(added, 'cardNumber'), '');
    await typeWholeCard(page, added, CARD);
    assert.deepEqual(openCard(servers, await press('second')), CARD_VALUES);

    await run('removed.removeAttribute("data-sealed-fields")');
    assert.deepEqual([await elements(), await areValid()], [0, [true, true]]);
    assert.deepEqual(await press('second'), {form: 'second'});
  });
});
