import assert from 'node:assert/strict';
import {fieldFrames, typeCard} from '../e2e/shopper.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

/** Names in the page's markup that hide what scripts look for. */
const CLOBBERED = {
  'images named as globals': `<img name="SealedFields"><img id="customElements"><img id="crypto"><img name="currentScript">
    <img id="MessageChannel"><img name="location">`,
  'forms named as properties of the document': `<form name="currentScript"></form><form name="body"></form>
    <form name="documentElement"></form><form name="forms"></form><form name="title"></form><form name="defaultView"></form>`,
  'controls named as properties of the form': [
    'submit',
    'requestSubmit',
    'elements',
    'action',
    'method',
    'checkValidity',
    'target',
    'addEventListener',
    'matches',
    'id',
  ]
    .map((name) => `<input form="paying" type="hidden" name="${name}" value="x">`)
    .join(''),
};

/** What old libraries do to the built-ins, before our script runs. */
const PATCHED = {
  'an enumerable method on every object': `Object.prototype.extend = function () { return this; };`,
  'options on every object': `for (const [name, value] of Object.entries({origin: 'EVIL', merchant: 'nobody', fields: 'pin', theme: 'sepia',
    locale: '??', names: '{"cardNumber": "stolen"}', brand: 'none', optional: '', layout: 'none'}))
      Object.defineProperty(Object.prototype, name, {value, writable: true, configurable: true});`,
  'toJSON on arrays and strings': `Array.prototype.toJSON = function () { return 'broken'; };
    String.prototype.toJSON = function () { return 'broken'; };`,
  'methods on every array': `Array.prototype.remove = Array.prototype.clone = Array.prototype.each = function () { return []; };`,
  'its own Array.from, bind and Element methods': `{
      const from = Array.from;
      Array.from = (list, map) => (map ? [].map.call(from(list), map) : from(list));
      Function.prototype.bind = function (self, ...given) { return (...more) => this.apply(self, [...given, ...more]); };
      Element.prototype.show = Element.prototype.hide = Element.prototype.update = function () { return this; };
    }`,
  'timers and listeners that are wrapped': `{
      const {setTimeout: wait, addEventListener: listen} = window;
      window.setTimeout = (run, ...more) => wait((...given) => run(...given), ...more);
      window.addEventListener = function (type, run, options) { return listen.call(this ?? window, type, (event) => run(event), options); };
    }`,
  'postMessage that is wrapped': `{
      const {postMessage} = window;
      window.postMessage = function (...given) { return postMessage.apply(this, given); };
    }`,
};

/** WebKit's driver speaks through the page's own JSON and objects. */
const BREAKS_THE_DRIVER: readonly (keyof typeof PATCHED)[] = [
  'an enumerable method on every object',
  'toJSON on arrays and strings',
];

inEngines({}, (scene) => {
  const ways = [
    ...Object.entries(CLOBBERED).map(([what, markup]) => [what, markup, ''] as const),
    ...Object.entries(PATCHED).map(([what, script]) => [what, '', `<script>${script}</script>`] as const),
  ];
  for (const [what, markup, script] of ways) {
    if (scene.engine === 'webkit' && BREAKS_THE_DRIVER.some((name) => name === what)) continue;
    scene.prove('M07', `a card is paid beside ${what}`, async (page) => {
      const {stage} = scene;
      const loader = `<script src="${stage.widget}/v1/sealed-fields.js" data-merchant="demo" async></script>`;
      stage.received.length = 0;
      stage.pages.set('/received', {html: 'Received'});
      stage.pages.set('/clobbered', {
        html: `<!doctype html><html lang="en"><title>Shop</title>${script.replace('EVIL', stage.evil)}${loader}<body>${markup}
          <form id="paying" method="post" action="/received"><sealed-fields></sealed-fields><button>Pay</button></form>`,
      });
      const asked = stage.asked.length;
      await page.goto(`${stage.page}/clobbered`);
      const [frame] = await fieldFrames(page, stage);
      assert.ok(frame);
      await typeCard(page, frame, CANARY.card);
      await page.waitForFunction(`document.querySelector('sealed-fields').state.complete`);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      const {form} = await stage.nextReceived();
      assert.deepEqual(stage.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
        CANARY.card.cardNumber,
        CANARY.card.securityCode,
      ]);
      assert.equal(stage.received.length, 1);
      assert.deepEqual(
        stage.asked.slice(asked).filter(({url}) => url.startsWith(stage.evil)),
        [],
      );
    });
  }
});
