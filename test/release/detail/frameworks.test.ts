import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {readyFrame, typeInto, untilCaret, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {clientScript, type FrameworkName, renderOnServer} from '../../support/frameworks.ts';
import {SUBMISSION} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {type Servers, snippet} from '../../support/servers.ts';

const SCRIPT = {'Content-Type': 'text/javascript'};

/** Adds a script to the page and waits until it has run. */
const addScript = (page: Page, src: string) =>
  page.evaluate(`new Promise((resolve) => {
    const script = Object.assign(document.createElement('script'), {src: '${src}', onload: resolve});
    script.dataset.merchant = 'demo';
    document.head.append(script);
  })`);

const STATIC = 'data-fields="expiry, securityCode" form="pay" name="card"';
const HEAR = '() => { window.isHeard = true; }';
const BOUND_JSX = `disabled={on} data-optional={on} data-auto-advance={!on}
  data-label-expiry={on ? 'Until' : 'Good until'} onsealed-change={${HEAR}}`;
const JSX = `export function App() {
    const [on, set] = useState(false);
    window.toggle = () => set(!on);
    return <sealed-fields ${STATIC} ${BOUND_JSX} />;
  }`;

/** A component whose element is disabled and optional while it is on, and advances while it is off. */
const BOUND: Record<FrameworkName, string> = {
  'React 19': `import {useState} from 'react'; ${JSX}`,
  Preact: `import {useState} from 'preact/hooks'; ${JSX}`,
  'Vue 3': `import {ref} from 'vue/dist/vue.esm-bundler.js';
    export const App = {
      setup() {
        const on = ref(false);
        window.toggle = () => { on.value = !on.value; };
        return {on, hear: ${HEAR}};
      },
      template: \`<sealed-fields ${STATIC} :disabled="on" :data-optional="on" :data-auto-advance="!on"
        :data-label-expiry="on ? 'Until' : 'Good until'" @sealed-change="hear"></sealed-fields>\`,
    };`,
  'Svelte 5': `<script>
      let on = $state(false);
      window.toggle = () => { on = !on; };
    </script>
    <sealed-fields ${STATIC} ${BOUND_JSX}></sealed-fields>`,
  Solid: `import {createSignal} from 'solid-js';
    export function App() {
      const [on, set] = createSignal(false);
      window.toggle = () => set(!on());
      return <sealed-fields ${STATIC} disabled={on()} attr:data-optional={on()} attr:data-auto-advance={!on()}
        attr:data-label-expiry={on() ? 'Until' : 'Good until'} on:sealed-change={${HEAR}} />;
    }`,
  Lit: `import {html} from 'lit';
    let on = false;
    export const App = (update) => {
      window.toggle = () => { on = !on; update(); };
      return html\`<sealed-fields ${STATIC} ?disabled=\${on} data-optional=\${on} data-auto-advance=\${!on}
        data-label-expiry=\${on ? 'Until' : 'Good until'} @sealed-change=\${${HEAR}}></sealed-fields>\`;
    };`,
  Angular: `import {Component, CUSTOM_ELEMENTS_SCHEMA, signal} from '@angular/core';
    export const App = Component({
      selector: '#app',
      schemas: [CUSTOM_ELEMENTS_SCHEMA],
      template: \`<sealed-fields ${STATIC} [disabled]="on()" [attr.data-optional]="on()"
        [attr.data-auto-advance]="!on()" [attr.data-label-expiry]="on() ? 'Until' : 'Good until'"
        (sealed-change)="hear()"></sealed-fields>\`,
    })(class {
      on = signal(false);
      hear = ${HEAR};
      constructor() { window.toggle = () => this.on.update((on) => !on); }
    });`,
};

/** What the form sees of the element. */
const CONTROL = `(() => {
  const {disabled, required, name, form} = document.querySelector('sealed-fields');
  return {disabled: disabled && document.querySelector('sealed-fields:disabled') !== null, required, name, form: form?.id};
})()`;
const OFF = {disabled: false, required: true, name: 'card', form: 'pay'};
const ON = {...OFF, disabled: true, required: false};

inEngines('a framework that sets attributes and properties', (suite) => {
  for (const [name, source] of Object.entries(BOUND) as [FrameworkName, string][])
    suite.onPage(`has a control that follows its bindings: ${name}`, async (page) => {
      const {servers} = suite;
      const ours = `${servers.widget}/v1/sealed-fields.js`;
      const html = await clientScript(name, 'mount', source);
      servers.pages.set('/client.js', {html, headers: SCRIPT});
      servers.pages.set('/', {html: '<!doctype html><form id="pay"></form><div id="app"></div>'});
      for (const order of [
        ['/client.js', ours],
        [ours, '/client.js'],
      ]) {
        await page.goto(servers.page);
        for (const src of order) {
          await addScript(page, src);
          if (src !== ours) await page.waitForSelector('sealed-fields');
        }
        const frame = await readyFrame(page, servers);
        const label = () => frame.$eval('label', ({innerText}) => innerText);
        await poll(() => page.evaluate(CONTROL), OFF);
        await poll(label, 'Good until');
        await page.evaluate('toggle()');
        await poll(() => page.evaluate(CONTROL), ON);
        await poll(label, 'Until');
        await frame.waitForSelector('#expiry:disabled');
        await page.evaluate('toggle()');
        await poll(() => page.evaluate(CONTROL), OFF);
        await frame.waitForSelector('#expiry:enabled');
        assert.equal(await page.$eval('form', (form) => form.checkValidity()), false);
        await typeInto(page, frame, 'expiry', '1231');
        await untilCaret(frame, 'securityCode');
        await page.keyboard.type('999');
        await poll(() => page.$eval('form', (form) => form.checkValidity()), true);
        assert.equal(await page.evaluate('isHeard'), true);
      }
    });
});

const FALLBACK = '<select required><option value="">Not loaded</option></select>';
/** The same with a text that the framework inserts. */
const TEXT_JSX = '<select required><option value="">{text}</option></select>';
const TEXT_VUE = TEXT_JSX.replace('{text}', '{{text}}');

const element = (content: string, attributes = '') =>
  `<sealed-fields data-fields="securityCode" ${attributes}>${content}</sealed-fields>`;
const form = (fields: string, onClick: string, count: string) =>
  `<form method="post" action="/received">${fields}<button type="button" ${onClick}>${count}</button><button>Pay</button></form>`;

const jsx = (useState: string, fields: string) => `import {useState} from '${useState}';
  const FALLBACK = '${FALLBACK}';
  export function App() {
    const [count, set] = useState(0);
    const [text] = useState('Not loaded');
    return ${form(fields, 'onClick={() => set(count + 1)}', '{count}')};
  }`;
const vue = (fields: string) => `export const App = {
    data: () => ({count: 0, text: 'Not loaded'}),
    template: \`${form(fields, '@click="count++"', '{{count}}')}\`,
  };`;
const svelte = (fields: string) => `<script>
    let count = $state(0);
    let text = $state('Not loaded');
    const setText = (value) => { text = value; };
    const FIELDS = '${element(FALLBACK)}';
  </script>
  ${form(fields, 'onclick={() => { count += 1; setText(text); }}', '{count}')}`;
const solid = (fields: string) => `import {createSignal} from 'solid-js';
  export function App() {
    const [count, set] = createSignal(0);
    const [text] = createSignal('Not loaded');
    return ${form(fields, 'onClick={() => set(count() + 1)}', '{count()}')};
  }`;

/** The line of docs/integration.md for React and Preact. */
const HTML_JSX = element('', 'dangerouslySetInnerHTML={{__html: FALLBACK}} suppressHydrationWarning');

/** A component, and what is left of a typed security code and which warnings there are when it has been hydrated. */
const HYDRATED: [FrameworkName, how: string, source: string, value: string, warnings: string[]][] = [
  ['React 19', 'with children', jsx('react', element(TEXT_JSX)), '', []],
  ['React 19', 'without children', jsx('react', element('')), '', []],
  ['React 19', 'as documented', jsx('react', HTML_JSX), '999', []],
  ['Preact', 'with children', jsx('preact/hooks', element(TEXT_JSX)), '', ['frame-removed']],
  ['Preact', 'without children', jsx('preact/hooks', element('')), '', ['frame-removed']],
  ['Preact', 'as documented', jsx('preact/hooks', HTML_JSX), '999', []],
  ['Vue 3', 'with children', vue(element(TEXT_VUE)), '', ['frame-removed']],
  ['Vue 3', 'as documented', vue(element(FALLBACK, 'v-pre')), '999', []],
  ['Svelte 5', 'with children', svelte(element(TEXT_JSX)), '', []],
  ['Svelte 5', 'as documented', svelte('<div>{@html FIELDS}</div>'), '999', []],
  ['Solid', 'with children', solid(element(TEXT_JSX.replace('text', 'text()'))), '999', []],
];

inEngines('a server-rendered page that is hydrated while its card is being entered', (suite) => {
  const serve = async (servers: Servers, name: FrameworkName, source: string) => {
    const [html, script] = await Promise.all([
      renderOnServer(name, source),
      clientScript(name, 'hydrate', source),
    ]);
    servers.pages.set('/client.js', {html: script, headers: SCRIPT});
    servers.pages.set('/', snippet(servers, `<div id="app">${html}</div>`));
    servers.pages.set('/received', {html: 'Received.'});
    servers.received.length = 0;
  };

  for (const [name, how, source, value, warnings] of HYDRATED)
    suite.onPage(
      `${value === '' ? 'opens another frame' : 'keeps the frame'}: ${name} ${how}`,
      async (page) => {
        const {servers} = suite;
        await serve(servers, name, source);
        await page.goto(servers.page);
        await typeInto(page, await readyFrame(page, servers), 'securityCode', '999');
        await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
        await page.evaluate(`{
        window.codes = [];
        for (const type of ['sealed-warning', 'sealed-error'])
          addEventListener(type, ({detail}) => codes.push(detail.code));
      }`);
        await addScript(page, '/client.js');
        const clickCount = async () => {
          await page.$eval('button[type=button]', (button) => {
            button.click();
          });
          return page.$eval('button[type=button]', ({textContent}) => textContent !== '0');
        };
        await poll(clickCount, true); // the page is hydrated, and has rendered once more
        const frame = await readyFrame(page, servers);
        assert.equal(await valueOf(frame, 'securityCode'), value);
        assert.deepEqual(await page.evaluate('codes'), warnings);
        assert.deepEqual(await page.$$('select:not([hidden]:disabled)'), []);
        if (value === '') await typeInto(page, frame, 'securityCode', '999');
        await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
        await page.click('button:last-of-type');
        const received = (await servers.nextReceived()).form;
        assert.deepEqual(Object.keys(received).sort(), ['encrypted_csc', ...SUBMISSION].sort());
        assert.deepEqual(servers.open([received['encrypted_csc'] ?? '']), ['999']);
      },
    );
});
