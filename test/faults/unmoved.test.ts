import assert from 'node:assert/strict';
import {beforeEach} from 'node:test';
import {LOCALES} from '../../widget/protocol/names.ts';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import type {Page} from '../e2e/stage.ts';
import {movesOf, painted, shiftsOf, watchDocument} from '../e2e/still.ts';
import {after, reset} from '../e2e/weather.ts';
import {openShop} from './shop.ts';

/** Elements, with the height that the documentation has a page reserve for them. */
const PLACES = [
  {fields: 'card', layout: 'stacked', width: 600, height: 184, locale: 'de'},
  {fields: 'card', layout: 'inline', width: 600, height: 94, locale: 'fr'},
  {fields: 'card', layout: 'stacked', width: 280, height: 184, locale: 'en'},
  {fields: 'cardNumber', layout: 'stacked', width: 280, height: 94, locale: 'de'},
] as const;

/** A page whose script has not come yet, with a text below the element. */
function pageOf({fields, layout, width, height, locale}: (typeof PLACES)[number]): Page {
  const reserve = `sealed-fields:not(:defined) { display: block; min-height: ${height}px; }`;
  const element = `<sealed-fields data-merchant="demo" data-fields="${fields}" data-layout="${layout}"></sealed-fields>`;
  const form = `<form style="width: ${width}px">${element}<p id="below">Below</p></form>`;
  return {
    html: `<!doctype html><html lang="${locale}"><title>Test</title><style>${reserve}</style>${form}`,
  };
}

const LOAD = `document.head.append(Object.assign(document.createElement('script'), {
  src: 'WIDGET/v1/sealed-fields.js',
}))`;

inEngines({}, (scene) => {
  beforeEach(() => scene.stage.weather.clear());

  for (const place of PLACES) {
    const {fields, layout, width, locale} = place;
    const named = `${fields}, ${layout}, ${width} px wide, in ${locale}`;
    scene.onPage(
      `F07 nothing moves from the reserved room to the fields and through a failure: ${named}`,
      async (tab) => {
        const {stage} = scene;
        const shop = await openShop(tab, stage, pageOf(place), {until: 10_000});
        await watchDocument(tab, '#below');
        let come = () => {};
        stage.weather.set('/v1/m/', after(new Promise<void>((resolve) => (come = resolve))));
        await shop.run(LOAD.replace('WIDGET', stage.widget));
        await shop.hears('sealed-warning slow');
        await painted(tab);
        come();
        await shop.hears('sealed-ready');
        await painted(tab);
        stage.weather.set('/', reset);
        await shop.setClock({rate: 20});
        await shop.run('element().retry()');
        await shop.hears('sealed-error frame-unreachable');
        await painted(tab);
        await stage.weather.clear();
        await shop.setClock({rate: 1});
        await shop.pressRetry();
        await settle(async () => (await shop.told()).at(-1), 'sealed-ready');
        assert.deepEqual([await movesOf(tab), await shiftsOf(tab)], [[], []]);
      },
    );
  }

  scene.onPage(
    'F07 the failure view is no higher than one row of fields, in every language but Hindi (the machines of tests have no letters for it)',
    async (tab) => {
      const {stage} = scene;
      const [, , , place] = PLACES;
      const {html} = pageOf(place);
      const loader = `<script src="${stage.widget}/v1/sealed-fields.js" data-merchant="demo"></script>`;
      const shop = await openShop(tab, stage, {html: html.replace('<style>', `${loader}<style>`)});
      stage.weather.set('/', reset);
      await shop.run('element().retry()');
      await shop.hears('sealed-error frame-unreachable');
      for (const locale of LOCALES.filter((each) => each !== 'hi')) {
        const height = await shop.run(`element().dataset.locale = '${locale}', element().offsetHeight`);
        assert.deepEqual([locale, height], [locale, place.height]);
      }
    },
  );
});
