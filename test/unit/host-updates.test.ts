import assert from 'node:assert/strict';
import {after, beforeEach, describe, it} from 'node:test';
import {HostUpdates} from '../../widget/host-updates.ts';
import type {FieldsState} from '../../widget/protocol/messages.ts';

const EMPTY: FieldsState = {fields: {}, empty: true, complete: false, sealed: false};

describe('HostUpdates', () => {
  let posted: [event: string, payload: unknown][];
  let view: {fieldsState: FieldsState; frameTitle: string; getBoundingClientRect: () => DOMRect};
  let updates: HostUpdates;
  const page = {document: {title: '', documentElement: {lang: 'en'}}, window: {innerWidth: 600}};

  const open = (protocol: number) =>
    new HostUpdates((event, payload) => posted.push([event, payload]), view, protocol);

  const setHeight = (height: number) => {
    view.getBoundingClientRect = () => ({height}) as DOMRect;
  };

  beforeEach(() => {
    Object.assign(globalThis, structuredClone(page));
    posted = [];
    view = {
      fieldsState: EMPTY,
      frameTitle: 'Card',
      getBoundingClientRect: () => ({height: 94}) as DOMRect,
    };
    updates = open(2);
  });

  after(() => {
    for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
  });

  it('posts a state if it differs from the last one posted, or if it is forced', () => {
    updates.postChange();
    view.fieldsState = {...EMPTY};
    updates.postChange();
    view.fieldsState = {...EMPTY, empty: false};
    updates.postChange();
    updates.postChange(true);
    assert.deepEqual(posted, [
      ['change', EMPTY],
      ['change', view.fieldsState],
      ['change', view.fieldsState],
    ]);
  });

  it('posts a brand that protocol 1 does not have as unknown to a host with that protocol', () => {
    for (const protocol of [1, 2, 3])
      for (const brand of ['visa', 'uatp'] as const) {
        view.fieldsState = {...EMPTY, brand};
        open(protocol).postChange();
      }
    assert.deepEqual(
      posted.map(([, payload]) => (payload as FieldsState).brand),
      ['visa', 'unknown', 'visa', 'uatp', 'visa', 'uatp'],
    );
  });

  it('posts a title if its text or language has changed, and sets the title of the document', () => {
    updates.postTitle();
    updates.postTitle();
    document.documentElement.lang = 'de';
    updates.postTitle();
    view.frameTitle = 'Karte';
    updates.postTitle();
    assert.deepEqual(posted, [
      ['title', {title: 'Card'}],
      ['title', {title: 'Card'}],
      ['title', {title: 'Karte'}],
    ]);
    assert.equal(document.title, 'Karte');
  });

  it('posts a height in whole pixels, rounded up, at most 4000', () => {
    for (const height of [94, 94.2, 94.9, 4001]) {
      setHeight(height);
      updates.postHeight();
    }
    assert.deepEqual(posted, [
      ['height', {height: 94}],
      ['height', {height: 95}],
      ['height', {height: 4000}],
    ]);
  });

  it('posts no height while the frame is not rendered, even if forced', () => {
    window.innerWidth = 0;
    updates.postHeight(true);
    assert.deepEqual(posted, []);
  });
});
