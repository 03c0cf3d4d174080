import {type Choice, CHOICES, type State, type View, type Words} from './gallery-view.ts';
import type {Theme} from './gallery-themes.ts';
import {html, type Markup} from '../html.ts';
import {page} from './layout.ts';
import {FIRST_PRODUCT} from './products.ts';

const TABLES = Object.entries<Readonly<Record<string, Choice>>>(CHOICES);

/** One page of the gallery: the published fields in one state, in every arrangement that a shop can use. */
export function galleryPage(view: View, widgetOrigin: string): string {
  const state: State = CHOICES.state[view.state];
  const {ground}: Theme = CHOICES.theme[view.theme];
  const {direction}: Words = CHOICES.language[view.language];
  return page(
    'Gallery',
    html`<div class="gallery">
      <h1>Gallery</h1>
      <nav class="choices" aria-label="What is shown">
        ${TABLES.map(
          ([choice, table]) =>
            html`<h2 id="${choice}">${choice}</h2>
              <ul aria-labelledby="${choice}">
                ${Object.entries(table).map(([word, {title}]) => link(view, choice, word, title))}
              </ul>`,
        )}
      </nav>
      <p class="note">${state.note}</p>
      <section
        class="ground ${ground} ${view.layout}"
        lang="${view.language}"
        dir="${direction}"
        aria-label="${state.title}"
      >
        ${specimens(view).map((specimen) => form(state, specimen, CHOICES.language[view.language]))}
      </section>
    </div>`,
    [
      html`<link rel="stylesheet" href="/gallery.css" />`,
      html`<script src="${widgetOrigin}/v1/sealed-fields.js" data-merchant="demo" async></script>`,
      ...(state.script === undefined ? [] : [html`<script type="module" src="${state.script}"></script>`]),
    ],
  );
}

function link(view: View, choice: string, word: string, title: string): Markup {
  const query = new URLSearchParams({...view, [choice]: word});
  const isCurrent = Object.entries(view).some(([name, chosen]) => name === choice && chosen === word);
  return html`<li>
    <a href="/gallery?${String(query)}" ${isCurrent ? html`aria-current="page"` : []}>${title}</a>
  </li>`;
}

/** One form of the page. */
interface Specimen {
  title: keyof Words;
  /** Class of the element around the fields. */
  place: string;
  fields: Markup;
  /** `pay_with` in its form; absent for an entered card. */
  payWith?: string;
}

function specimens(view: View): readonly Specimen[] {
  const {attributes = html``}: State = CHOICES.state[view.state];
  const {looks}: Theme = CHOICES.theme[view.theme];
  const {nameOnCard}: Words = CHOICES.language[view.language];
  const element = (fields: string, own = html``) =>
    html`<sealed-fields
      data-fields="${fields}"
      data-layout="${view.layout}"
      data-theme="${typeof looks === 'string' ? looks : JSON.stringify(looks)}"
      ${attributes}
      ${own}
    ></sealed-fields>`;
  return [
    {title: 'card', place: 'card', fields: element('card')},
    {
      title: 'bank',
      place: 'account',
      fields: element('accountType routingNumber accountNumber accountNumberConfirmation'),
      payWith: 'bank',
    },
    {
      title: 'split',
      place: 'split',
      fields: html`${element('cardNumber')}
        <p class="field">
          <label for="card_name">${nameOnCard}</label>
          <input id="card_name" name="card_name" autocomplete="cc-name" value="Sample Shopper" />
        </p>
        ${element('expiry')} ${element('securityCode')}`,
    },
    {
      title: 'code',
      place: 'code',
      fields: element('securityCode', html`data-brand="visa"`),
      payWith: 'card-on-file',
    },
  ];
}

function form({isDisabled}: State, {title, place, fields, payWith}: Specimen, words: Words): Markup {
  return html`<form method="post" action="/pay">
    <input type="hidden" name="item" value="${FIRST_PRODUCT}" />
    ${payWith === undefined ? [] : html`<input type="hidden" name="pay_with" value="${payWith}" />`}
    <fieldset ${isDisabled ? html`disabled` : []}>
      <legend>${words[title]}</legend>
      <div class="sealed ${place}">${fields}</div>
      <button>${words.pay}</button>
    </fieldset>
  </form>`;
}
