import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {CHOICES} from '../../../demo/merchant/gallery-view.ts';
import {createShop} from '../../../demo/merchant/server.ts';

const WIDGET = 'http://127.0.0.1:4200';

const POLICY =
  "default-src 'none'; script-src http://127.0.0.1:4200; frame-src http://127.0.0.1:4200; connect-src http://127.0.0.1:4200; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const shop = createShop({
  widgetOrigin: WIDGET,
  gatewayOrigin: 'http://127.0.0.1:4300',
  username: 'shop',
  password: 'correct horse',
});

const elementsOf = (payload: string) => payload.match(/<sealed-fields[^>]*>/g) ?? [];

describe('the gallery', () => {
  it('shows six elements of the demo’s record in four forms, without a script of the shop', async () => {
    const {statusCode, headers, payload} = await shop.inject('/gallery');
    assert.equal(statusCode, 200);
    assert.equal(headers['content-security-policy'], POLICY);
    const fields = elementsOf(payload).map((element) => /data-fields="([^"]*)"/.exec(element)?.[1]);
    assert.deepEqual(fields, [
      'card',
      'accountType routingNumber accountNumber accountNumberConfirmation',
      'cardNumber',
      'expiry',
      'securityCode',
      'securityCode',
    ]);
    assert.equal(payload.match(/<form method="post" action="\/pay">/g)?.length, 4);
    assert.deepEqual(payload.match(/<script[^>]*>/g), [
      `<script src="${WIDGET}/v1/sealed-fields.js" data-merchant="demo" async>`,
    ]);
    assert.doesNotMatch(payload, / on\w+=|style=|javascript:|<style/i);
  });

  it('links every page that differs in one choice, and marks the current options', async () => {
    const {payload} = await shop.inject('/gallery?language=de');
    const links = [...payload.matchAll(/<a href="(\/gallery[^"]*)"( aria-current="page")?/g)];
    const choices = Object.values(CHOICES).flatMap((table) => Object.keys(table));
    assert.equal(links.length, choices.length);
    assert.equal(links.filter(([, , current]) => current !== undefined).length, Object.keys(CHOICES).length);
    for (const [, href = ''] of links) {
      const url = href.replaceAll('&amp;', '&');
      assert.equal((await shop.inject(url)).statusCode, 200, url);
    }
  });

  it('answers 404 to an unknown state, theme, layout or language', async () => {
    for (const choice of Object.keys(CHOICES))
      for (const word of ['', 'nothing', '__proto__', 'constructor', `en&${choice}=de`])
        assert.equal((await shop.inject(`/gallery?${choice}=${word}`)).statusCode, 404, `${choice}=${word}`);
  });

  it('sets data-theme and data-layout of every element', async () => {
    for (const [word, {looks}] of Object.entries(CHOICES.theme)) {
      const {payload} = await shop.inject(`/gallery?theme=${word}&layout=inline`);
      const text = typeof looks === 'string' ? looks : JSON.stringify(looks);
      const written = text.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
      for (const element of elementsOf(payload)) {
        assert.ok(element.includes(`data-theme="${written}"`), element);
        assert.ok(element.includes('data-layout="inline"'));
      }
    }
  });

  it('sets the language and its direction', async () => {
    assert.match((await shop.inject('/gallery')).payload, /<section[^>]* lang="en"\s+dir="ltr"/);
    assert.match((await shop.inject('/gallery?language=ar')).payload, /<section[^>]* lang="ar"\s+dir="rtl"/);
  });

  it('disables whole fieldsets, makes elements optional, and loads late frames from a separate record', async () => {
    const disabled = (await shop.inject('/gallery?state=disabled')).payload;
    assert.equal(disabled.match(/<fieldset disabled>/g)?.length, 4);
    for (const [state, attribute] of [
      ['optional', 'data-optional'],
      ['late', 'data-merchant="late"'],
    ] as const) {
      const elements = elementsOf((await shop.inject(`/gallery?state=${state}`)).payload);
      assert.ok(elements.length === 6 && elements.every((element) => element.includes(attribute)));
    }
  });

  it('blocks frames in the state `failed`, and allows one script of the shop in the state `problems`', async () => {
    const failed = await shop.inject('/gallery?state=failed');
    assert.equal(
      failed.headers['content-security-policy'],
      POLICY.replace(`frame-src ${WIDGET}; connect-src ${WIDGET}`, "frame-src 'none'; connect-src 'none'"),
    );
    const problems = await shop.inject('/gallery?state=problems');
    assert.equal(
      problems.headers['content-security-policy'],
      POLICY.replace('script-src ', "script-src 'self' "),
    );
    assert.match(problems.payload, /<script type="module" src="\/problems\.js">/);
    const script = await shop.inject('/problems.js');
    assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
  });

  it('serves its style sheet and its photograph', async () => {
    const sheet = await shop.inject('/gallery.css');
    assert.equal(sheet.headers['content-type'], 'text/css; charset=utf-8');
    const picture = await shop.inject('/photograph.svg');
    assert.equal(picture.headers['content-type'], 'image/svg+xml');
    assert.doesNotMatch(picture.payload, /style|href|script/);
  });
});
