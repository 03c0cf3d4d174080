import {expect, fixture, html} from '@open-wc/testing';
import type {SealResult} from '../../host-sdk/bridge.ts';
import {randomId} from '../../host-sdk/random-id.ts';
import type {Participant} from '../../host-sdk/participant.ts';
import {join, reopen, submitByEnter} from '../../host-sdk/submission.ts';
import {isOnlyAsked} from '../../host-sdk/validity.ts';

const SEALED = {ok: true, values: {encrypted_number: 'AAAA'}, keyId: 'k', sealedAt: ''} as const;

/** A participant whose sealing the test decides. */
class Fake implements Participant {
  readonly ids: string[] = [];
  readonly calls: string[] = [];
  answer: (id: string) => Promise<SealResult> = (id) => Promise.resolve({...SEALED, id});
  isLive = true;
  isUnedited = true;

  constructor(readonly element: HTMLElement) {
    element.focus = () => this.calls.push('focus');
  }

  live = () => this.isLive;
  seal = (id: string) => {
    this.ids.push(id);
    return this.answer(id);
  };
  state = () => ({fields: {}, empty: false, complete: true, sealed: this.isUnedited});
  fields = () => [];
  isOptional = () => false;
  isDisabled = () => false;
  renew = () => this.calls.push('renew');
  onNews = () => undefined;
  fail = () => this.calls.push('fail');
}

describe('submission', () => {
  let form: HTMLFormElement;
  let fake: Fake;
  let leave: () => void;
  /** What the page saw of each submit. */
  let seen: {submitter: HTMLElement | null; data: Record<string, FormDataEntryValue>}[];
  let pageSends: boolean;

  const button = (name: string) => form.querySelector(`[name=${name}]`) as HTMLButtonElement;
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(async () => {
    const around = await fixture(html`
      <div>
        <form action="/nowhere" method="post" target="sink">
          <div></div>
          <button name="pay" value="now">Pay</button>
          <button name="later" formnovalidate>Later</button>
        </form>
        <iframe name="sink" title="sink"></iframe>
      </div>
    `);
    form = around.querySelector('form') as HTMLFormElement;
    fake = new Fake(form.querySelector('div') as HTMLElement);
    leave = join(form, fake);
    seen = [];
    pageSends = true;
    form.addEventListener('submit', (event) => {
      seen.push({submitter: event.submitter, data: Object.fromEntries(new FormData(form, event.submitter))});
      if (pageSends) event.preventDefault();
    });
  });

  afterEach(() => {
    leave();
  });

  it('shows the page one submit, the sealed one, with its submitter', async () => {
    button('pay').click();
    expect(seen).to.have.length(0);
    await settled();
    expect(seen).to.deep.equal([
      {
        submitter: button('pay'),
        data: {encrypted_number: 'AAAA', sealed_key_id: 'k', sealed_id: fake.ids[0], pay: 'now'},
      },
    ]);
    expect(fake.ids[0]).to.match(/^[0-9a-f]{32}$/);
  });

  it('shows listeners on document and window one submit too', async () => {
    let count = 0;
    const listener = () => (count += 1);
    for (const target of [document, window])
      for (const capture of [true, false]) target.addEventListener('submit', listener, {capture});
    button('pay').click();
    await settled();
    for (const target of [document, window])
      for (const capture of [true, false]) target.removeEventListener('submit', listener, {capture});
    expect(count).to.equal(4);
  });

  it('seals once for clicks in one task and while it seals', async () => {
    let finish: (result: SealResult) => void = () => undefined;
    fake.answer = () => new Promise((resolve) => (finish = resolve));
    button('pay').click();
    button('pay').click();
    await settled();
    button('pay').click();
    finish({...SEALED, id: 'x'});
    await settled();
    expect(fake.ids).to.have.length(1);
    expect(seen).to.have.length(1);
  });

  it('holds a form with a fault, and takes the next try', async () => {
    fake.answer = () => Promise.resolve({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(0);
    expect(fake.calls).to.deep.equal(['focus']);
    fake.answer = (id) => Promise.resolve({...SEALED, id});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('tells of a failure, loses nothing, and takes the next try', async () => {
    fake.answer = () => Promise.reject(new Error('no'));
    button('pay').click();
    await settled();
    expect(fake.calls).to.include('fail');
    expect(seen).to.have.length(0);
    fake.answer = (id) => Promise.resolve({...SEALED, id});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('lets a formnovalidate button pass, with no card', async () => {
    button('later').click();
    await settled();
    expect(fake.ids).to.deep.equal([]);
    expect(seen.map(({data}) => data)).to.deep.equal([{later: ''}]);
  });

  it('leaves the values to a page that sends by itself, and seals the next try anew', async () => {
    button('pay').click();
    await settled();
    expect(new FormData(form).get('encrypted_number')).to.equal('AAAA');
    button('pay').click();
    await settled();
    expect(new Set(fake.ids).size).to.equal(2);
    reopen(form);
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
  });

  it('takes the values back once the browser has sent them, and ignores a second try until an edit', async () => {
    pageSends = false;
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
    reopen(form);
    button('pay').click();
    await settled();
    expect(seen).to.have.length(2);
  });

  it('is open again when the page comes back', async () => {
    pageSends = false;
    button('pay').click();
    await settled();
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    button('pay').click();
    await settled();
    expect(seen).to.have.length(2);
  });

  it('lends the name of a button that the page disabled meanwhile', async () => {
    button('pay').click();
    button('pay').disabled = true;
    await settled();
    expect(seen[0]?.data).to.include({pay: 'now'});
    expect(button('pay').disabled).to.equal(true);
  });

  it('goes on without a button that was removed meanwhile', async () => {
    const pay = button('pay');
    pay.click();
    pay.remove();
    await settled();
    expect(seen).to.have.length(1);
    expect(seen[0]?.submitter).to.equal(null);
  });

  it('holds and seals form.submit(), and posts it with no event', async () => {
    const received = new Promise((resolve) => {
      form.ownerDocument.querySelector('iframe')?.addEventListener('load', resolve);
    });
    let entries: Record<string, FormDataEntryValue> = {};
    form.addEventListener('formdata', ({formData}) => (entries = Object.fromEntries(formData)));
    form.submit();
    await received;
    expect(entries).to.include({encrypted_number: 'AAAA'});
    expect(seen).to.have.length(0);
  });

  it('lets a page prevent the submit and call form.submit() within it', async () => {
    let entries: Record<string, FormDataEntryValue> = {};
    form.addEventListener('formdata', ({formData}) => (entries = Object.fromEntries(formData)));
    form.addEventListener('submit', () => {
      form.submit();
    });
    button('pay').click();
    await settled();
    expect(fake.ids).to.have.length(1);
    expect(entries).to.include({encrypted_number: 'AAAA'});
  });

  it('is locked after a page’s own form.submit() within the event, so that nothing is charged twice', async () => {
    form.addEventListener('submit', () => {
      form.submit();
    });
    button('pay').click();
    await settled();
    button('pay').click();
    await settled();
    expect(fake.ids).to.have.length(1);
    expect(seen).to.have.length(1);
  });

  it('is called off by an edit while it is sealed, and takes the next try', async () => {
    button('pay').click();
    fake.isUnedited = false;
    await settled();
    expect(seen).to.have.length(0);
    fake.isUnedited = true;
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('seals anew what was edited and tried again while it was sealed, and sends that alone', async () => {
    let finish: (result: SealResult) => void = () => undefined;
    fake.answer = () => new Promise((resolve) => (finish = resolve));
    button('pay').click();
    fake.isUnedited = false;
    button('pay').click();
    const old = finish;
    fake.answer = (id) => {
      fake.isUnedited = true;
      return Promise.resolve({...SEALED, id, values: {encrypted_number: 'BBBB'}});
    };
    old({...SEALED, id: 'old'});
    await settled();
    expect(seen.map(({data}) => data)).to.deep.equal([
      {encrypted_number: 'BBBB', sealed_key_id: 'k', sealed_id: fake.ids[1], pay: 'now'},
    ]);
  });

  it('goes on without a button that was made another meanwhile', async () => {
    button('pay').click();
    button('pay').type = 'button';
    await settled();
    expect(seen.map(({submitter}) => submitter)).to.deep.equal([null]);
  });

  it('sends what the page disabled meanwhile against a second click', async () => {
    const fieldset = document.createElement('fieldset');
    fieldset.append(Object.assign(document.createElement('input'), {name: 'street', value: 'Main'}));
    form.prepend(fieldset);
    button('pay').click();
    fieldset.disabled = true;
    await settled();
    expect(seen[0]?.data).to.include({street: 'Main'});
    expect(fieldset.disabled).to.equal(true);
  });

  for (const name of [
    'submit',
    'elements',
    'requestSubmit',
    'checkValidity',
    'addEventListener',
    'getRootNode',
  ]) {
    it(`seals a form with a control named ${name}`, async () => {
      leave();
      const control = document.createElement('button');
      control.name = name;
      form.append(control);
      leave = join(form, fake);
      button('pay').click();
      await settled();
      expect(seen[0]?.data).to.include({encrypted_number: 'AAAA'});
      submitByEnter(form);
      await settled();
      expect(seen).to.have.length(2);
    });
  }

  it('tells a question of the page’s from a try to submit', () => {
    const asked: boolean[] = [];
    const control = document.createElement('input');
    control.required = true;
    control.addEventListener('invalid', () => asked.push(isOnlyAsked(control)));
    form.append(control);
    expect(form.checkValidity()).to.equal(false);
    form.reportValidity();
    expect(asked).to.deep.equal([true, false]);
  });

  it('sends nothing that two keys have sealed, and opens the frames anew', async () => {
    const other = new Fake(document.createElement('div'));
    form.append(other.element);
    const leaveToo = join(form, other);
    other.answer = (id) => Promise.resolve({...SEALED, id, keyId: 'newer'});
    button('pay').click();
    await settled();
    expect(seen).to.deep.equal([]);
    expect([fake.calls, other.calls]).to.deep.equal([
      ['fail', 'renew'],
      ['fail', 'renew'],
    ]);
    leaveToo();
  });

  it('lets form.submit() go without a card where none takes part', async () => {
    fake.isLive = false;
    const entries: Record<string, FormDataEntryValue>[] = [];
    form.addEventListener('formdata', ({formData}) => entries.push(Object.fromEntries(formData)));
    form.submit();
    expect(entries).to.have.length(1);
    fake.isLive = true;
    button('pay').click();
    await settled();
    expect(fake.ids).to.have.length(1);
  });

  it('goes on without participants that are not live', async () => {
    fake.isLive = false;
    button('pay').click();
    await settled();
    expect(fake.ids).to.deep.equal([]);
    expect(seen).to.have.length(1);
  });

  it('seals several under one id, in document order, and writes the id once', async () => {
    const later = new Fake(document.createElement('div'));
    form.append(later.element);
    const earlier = new Fake(document.createElement('div'));
    form.prepend(earlier.element);
    const leaves = [join(form, later), join(form, earlier)];
    button('pay').click();
    await settled();
    leaves.forEach((go) => {
      go();
    });
    expect(new Set([...fake.ids, ...later.ids, ...earlier.ids]).size).to.equal(1);
    const names = [...new FormData(form).keys()];
    expect(names.filter((name) => name === 'sealed_id')).to.have.length(1);
    expect(earlier.element.querySelector('[name=sealed_id]')).to.not.equal(null);
  });

  it('holds the whole form when one of several is at fault, and focuses that one', async () => {
    const other = new Fake(document.createElement('div'));
    other.answer = () => Promise.resolve({ok: false, fields: []});
    form.append(other.element);
    const go = join(form, other);
    button('pay').click();
    await settled();
    go();
    expect(seen).to.have.length(0);
    expect([fake.calls, other.calls]).to.deep.equal([[], ['focus']]);
  });

  it('gives the form back as it was', async () => {
    leave();
    expect(Object.hasOwn(form, 'submit')).to.equal(false);
    button('pay').click();
    await settled();
    expect(fake.ids).to.deep.equal([]);
    expect(seen).to.have.length(1);
  });

  it('takes the default button for Enter, and nothing if that is disabled', async () => {
    submitByEnter(form);
    await settled();
    expect(seen[0]?.submitter).to.equal(button('pay'));
    button('pay').disabled = true;
    submitByEnter(form);
    await settled();
    expect(seen).to.have.length(1);
  });

  it('submits a form without a button by Enter', async () => {
    form.querySelectorAll('button').forEach((each) => {
      each.remove();
    });
    submitByEnter(form);
    await settled();
    expect(seen).to.have.length(1);
  });

  it('draws 128 random bits', () => {
    const ids = Array.from({length: 1000}, randomId);
    expect(new Set(ids).size).to.equal(1000);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).to.equal(true);
  });
});
