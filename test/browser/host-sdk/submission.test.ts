import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import type {Member} from '../../../host-sdk/form/form-group.ts';
import {joinForm, type Submission} from '../../../host-sdk/form/submission.ts';
import {isCheckedSilently} from '../../../host-sdk/form/validity.ts';
import type {SealResult} from '../../../widget/protocol/messages.ts';
import type {FieldName} from '../../../widget/protocol/names.ts';

const SEALED = {ok: true, values: {encrypted_number: 'AAAA'}, keyId: 'k', sealedAt: ''} as const;

/** A member whose seal results are set by the test. */
class FakeMember implements Member {
  readonly ids: string[] = [];
  readonly calls: string[] = [];
  answer: (id: string) => Promise<SealResult> = (id) => Promise.resolve({...SEALED, id});
  isFilled = true;
  isUnedited = true;
  isInvalid = false;
  isActionAllowed = true;
  inputs: FieldName[] = [];

  constructor(readonly element: HTMLElement) {
    element.focus = () => this.calls.push('focus');
  }

  seal = (id: string) => {
    this.ids.push(id);
    return this.answer(id);
  };
  get connection() {
    const state = {fields: {}, empty: !this.isFilled, complete: true, sealed: this.isUnedited};
    return {status: 'ready', state} as const;
  }

  fields = () => this.inputs;
  isOptional = () => true;
  isDisabled = () => false;
  onGroupChange = () => undefined;
  allowsAction = () => this.isActionAllowed;
  refuseAction = () => this.calls.push('refuseAction');
  reportInvalid = () => {
    this.calls.push('reportInvalid');
    return this.isInvalid;
  };
  reportError = () => this.calls.push('reportError');
  reopen = () => this.calls.push('reopen');
}

describe('submission', () => {
  let form: HTMLFormElement;
  let fake: FakeMember;
  let submission: Submission;
  /** The submit events that the page has received. */
  let seen: {submitter: HTMLElement | null; data: Record<string, FormDataEntryValue>}[];
  let pageSends: boolean;

  const button = (name: string) => form.querySelector(`[name=${name}]`) as HTMLButtonElement;
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(async () => {
    const around = await fixture(html`
      <div>
        <form action="/test/browser/host-sdk/blank.html" target="sink">
          <div></div>
          <button name="pay" value="now">Pay</button>
          <button name="later" formnovalidate>Later</button>
        </form>
        <iframe name="sink" title="sink"></iframe>
      </div>
    `);
    form = around.querySelector('form') as HTMLFormElement;
    fake = new FakeMember(form.querySelector('div') as HTMLElement);
    submission = joinForm(form, fake);
    seen = [];
    pageSends = true;
    form.addEventListener('submit', (event) => {
      seen.push({submitter: event.submitter, data: Object.fromEntries(new FormData(form, event.submitter))});
      if (pageSends) event.preventDefault();
    });
  });

  afterEach(() => {
    submission.leave(fake);
  });

  it('lets the page receive one submit event, with the sealed values and the submitter', async () => {
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

  it('lets listeners on document and window receive one submit event', async () => {
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

  it('seals once for several clicks, in one task and while sealing', async () => {
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

  it('blocks the submit if a field is invalid, and accepts the next attempt', async () => {
    fake.answer = () => Promise.resolve({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(0);
    expect(fake.calls).to.deep.equal(['reportInvalid', 'focus']);
    fake.answer = (id) => Promise.resolve({...SEALED, id});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('leaves the focus to the browser’s invalid event, which a page with novalidate can handle', async () => {
    fake.answer = () => Promise.resolve({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
    fake.isInvalid = true;
    button('pay').click();
    await settled();
    expect(fake.calls).to.deep.equal(['reportInvalid']);
  });

  for (const [what, event] of Object.entries({
    Event: () => new Event('submit', {bubbles: true, cancelable: true}),
    CustomEvent: () => new CustomEvent('submit', {bubbles: true, cancelable: true}),
    SubmitEvent: () => new SubmitEvent('submit', {bubbles: true, cancelable: true}),
  }))
    it(`seals for a ${what} that the page dispatches`, async () => {
      form.dispatchEvent(event());
      expect(seen).to.have.length(0);
      await settled();
      expect(seen.map(({data}) => data['encrypted_number'])).to.deep.equal(['AAAA']);
    });

  it('blocks the submit of an optional element that was filled and fails while sealing', async () => {
    fake.answer = () => {
      fake.isFilled = false; // its frame is gone
      return Promise.reject(new Error('no'));
    };
    button('pay').click();
    await settled();
    expect(seen).to.have.length(0);
  });

  it('refuses a form that is sent to another origin, without values in it', async () => {
    fake.isActionAllowed = false;
    button('pay').click();
    await settled();
    form.submit();
    await settled();
    expect(seen).to.have.length(0);
    expect(fake.calls).to.deep.equal(['refuseAction', 'refuseAction']);
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
  });

  it('reports a failure, and accepts the next attempt', async () => {
    fake.answer = () => Promise.reject(new Error('no'));
    button('pay').click();
    await settled();
    expect(fake.calls).to.include('reportError');
    expect(seen).to.have.length(0);
    fake.answer = (id) => Promise.resolve({...SEALED, id});
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('submits unsealed for a formnovalidate button', async () => {
    button('later').click();
    await settled();
    expect(fake.ids).to.deep.equal([]);
    expect(seen.map(({data}) => data)).to.deep.equal([{later: ''}]);
  });

  it('keeps the values in the form if the page prevents the submit, until an edit', async () => {
    button('pay').click();
    await settled();
    expect(new FormData(form).get('encrypted_number')).to.equal('AAAA');
    submission.reopen();
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
  });

  describe('submitted again by a page that prevents the submit', () => {
    const now = performance.now.bind(performance);

    afterEach(() => {
      performance.now = now;
    });

    /** Presses Pay three times. @returns how many ids the page has received after each press. */
    const press = async (between: (press: number) => void = () => undefined) => {
      const counts: number[] = [];
      for (const time of [0, 1, 2]) {
        between(time);
        button('pay').click();
        await settled();
        counts.push(new Set(seen.map(({data}) => data['sealed_id'])).size);
      }
      expect(seen).to.have.length(3);
      return counts;
    };

    it('sends the same values under the same id for 2 seconds, then seals again', async () => {
      expect(await press((time) => (performance.now = () => now() + time * 1500))).to.deep.equal([1, 1, 2]);
      expect(fake.ids).to.have.length(2);
    });

    it('seals again after an edit', async () => {
      expect(
        await press(() => {
          submission.reopen();
        }),
      ).to.deep.equal([1, 2, 3]);
    });

    it('seals again when the frame was replaced, which the page does not know yet', async () => {
      fake.answer = (id) => {
        fake.isUnedited = true;
        return Promise.resolve({...SEALED, id});
      };
      expect(await press((time) => (fake.isUnedited = time !== 1))).to.deep.equal([1, 2, 2]);
    });

    it('seals again when another element has joined', async () => {
      const other = new FakeMember(document.createElement('div'));
      form.append(other.element);
      expect(await press((time) => time === 1 && joinForm(form, other))).to.deep.equal([1, 2, 2]);
      submission.leave(other);
      expect([fake.ids.length, other.ids.length]).to.deep.equal([2, 1]);
    });
  });

  it('removes the values after the browser’s submit, and ignores further submits until an edit', async () => {
    pageSends = false;
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
    submission.reopen();
    button('pay').click();
    await settled();
    expect(seen).to.have.length(2);
  });

  it('accepts a submit after the page returns from the back/forward cache', async () => {
    pageSends = false;
    button('pay').click();
    await settled();
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    button('pay').click();
    await settled();
    expect(seen).to.have.length(2);
  });

  for (const [what, event] of [
    ['is left', new PageTransitionEvent('pagehide')],
    ['returns', new PageTransitionEvent('pageshow', {persisted: true})],
  ] as const)
    it(`removes values that a page keeps when the page ${what}`, async () => {
      button('pay').click();
      await settled();
      expect(new FormData(form).has('encrypted_number')).to.equal(true);
      window.dispatchEvent(event);
      expect(new FormData(form).has('encrypted_number')).to.equal(false);
    });

  it('does not submit values that were sealed while the user left the page', async () => {
    button('pay').click();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await settled();
    expect(seen).to.have.length(0);
    expect(new FormData(form).has('encrypted_number')).to.equal(false);
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('submits the value of a button that the page has disabled while sealing', async () => {
    button('pay').click();
    button('pay').disabled = true;
    await settled();
    expect(seen[0]?.data).to.include({pay: 'now'});
    expect(button('pay').disabled).to.equal(true);
  });

  it('submits without a button that was removed while sealing', async () => {
    const pay = button('pay');
    pay.click();
    pay.remove();
    await settled();
    expect(seen).to.have.length(1);
    expect(seen[0]?.submitter).to.equal(null);
  });

  it('seals on form.submit(), without a submit event', async () => {
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

  it('accepts form.submit() in a submit listener, without sealing again', async () => {
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

  it('ignores another submit after form.submit() in a submit listener, which would charge twice', async () => {
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

  it('is cancelled by an edit while sealing, and accepts the next attempt', async () => {
    button('pay').click();
    fake.isUnedited = false;
    await settled();
    expect(seen).to.have.length(0);
    fake.isUnedited = true;
    button('pay').click();
    await settled();
    expect(seen).to.have.length(1);
  });

  it('submits only the last of two attempts with an edit between them', async () => {
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
    await waitUntil(() => seen.length > 0);
    expect(seen.map(({data}) => data)).to.deep.equal([
      {encrypted_number: 'BBBB', sealed_key_id: 'k', sealed_id: fake.ids[1], pay: 'now'},
    ]);
  });

  it('submits without a button whose type has changed while sealing', async () => {
    button('pay').click();
    button('pay').type = 'button';
    await settled();
    expect(seen.map(({submitter}) => submitter)).to.deep.equal([null]);
  });

  it('submits controls that the page has disabled while sealing', async () => {
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
      submission.leave(fake);
      const control = document.createElement('button');
      control.name = name;
      form.append(control);
      submission = joinForm(form, fake);
      button('pay').click();
      await settled();
      expect(seen[0]?.data).to.include({encrypted_number: 'AAAA'});
      submission.submitByEnter();
      await settled();
      expect(seen).to.have.length(2);
    });
  }

  it('distinguishes a checkValidity() call of the page from a submit attempt', () => {
    const silent: boolean[] = [];
    const control = document.createElement('input');
    control.required = true;
    control.addEventListener('invalid', () => silent.push(isCheckedSilently(control)));
    form.append(control);
    expect(form.checkValidity()).to.equal(false);
    form.reportValidity();
    expect(silent).to.deep.equal([true, false]);
  });

  it('submits nothing if the values have different keys, and reopens the frames', async () => {
    const other = new FakeMember(document.createElement('div'));
    form.append(other.element);
    joinForm(form, other);
    other.answer = (id) => Promise.resolve({...SEALED, id, keyId: 'newer'});
    button('pay').click();
    await settled();
    expect(seen).to.deep.equal([]);
    expect([fake.calls, other.calls]).to.deep.equal([
      ['reportError', 'reopen'],
      ['reportError', 'reopen'],
    ]);
    submission.leave(other);
  });

  describe('with an optional element that is empty', () => {
    beforeEach(() => {
      fake.isFilled = false;
      fake.answer = () => Promise.resolve({ok: false, fields: [{field: 'expiry', problem: 'required'}]});
    });

    it('submits unsealed on form.submit()', async () => {
      const entries: Record<string, FormDataEntryValue>[] = [];
      form.addEventListener('formdata', ({formData}) => entries.push(Object.fromEntries(formData)));
      form.submit();
      await settled();
      expect(entries).to.deep.equal([{}]);
    });

    it('submits unsealed, as often as the page wants', async () => {
      pageSends = false;
      for (const count of [1, 2]) {
        button('pay').click();
        await settled();
        expect(seen.map(({data}) => data)).to.deep.equal(Array(count).fill({pay: 'now'}));
      }
    });

    it('submits unsealed if it fails', async () => {
      fake.answer = () => Promise.reject(new Error('no'));
      button('pay').click();
      await settled();
      expect(seen).to.have.length(1);
    });

    it('submits without an element whose only value is a default', async () => {
      fake.answer = (id) => Promise.resolve({...SEALED, id});
      button('pay').click();
      await settled();
      expect(seen.map(({data}) => data)).to.deep.equal([{pay: 'now'}]);
    });

    it('seals values that a script has filled in without an event', async () => {
      fake.answer = (id) => {
        fake.isFilled = true;
        return Promise.resolve({...SEALED, id});
      };
      button('pay').click();
      await settled();
      expect(seen.map(({data}) => data['encrypted_number'])).to.deep.equal(['AAAA']);
    });

    it('blocks the submit if a script has filled in a part of it', async () => {
      fake.answer = () => {
        fake.isFilled = true;
        return Promise.resolve({ok: false, fields: [{field: 'expiry', problem: 'required'}]});
      };
      button('pay').click();
      await settled();
      expect(seen).to.have.length(0);
    });
  });

  it('seals several elements with one id, and writes it once, into the first element', async () => {
    const later = new FakeMember(document.createElement('div'));
    form.append(later.element);
    const earlier = new FakeMember(document.createElement('div'));
    form.prepend(earlier.element);
    for (const member of [later, earlier]) joinForm(form, member);
    button('pay').click();
    await settled();
    for (const member of [later, earlier]) submission.leave(member);
    expect(new Set([...fake.ids, ...later.ids, ...earlier.ids]).size).to.equal(1);
    const names = [...new FormData(form).keys()];
    expect(names.filter((name) => name === 'sealed_id')).to.have.length(1);
    expect(earlier.element.querySelector('[name=sealed_id]')).to.not.equal(null);
  });

  it('blocks the submit if one of several elements is invalid, and focuses that element', async () => {
    const other = new FakeMember(document.createElement('div'));
    other.answer = () => Promise.resolve({ok: false, fields: []});
    form.append(other.element);
    joinForm(form, other);
    button('pay').click();
    await settled();
    submission.leave(other);
    expect(seen).to.have.length(0);
    expect([fake.calls, other.calls]).to.deep.equal([[], ['reportInvalid', 'focus']]);
  });

  it('restores the form when the last element leaves', async () => {
    submission.leave(fake);
    expect(Object.hasOwn(form, 'submit')).to.equal(false);
    button('pay').click();
    await settled();
    expect(fake.ids).to.deep.equal([]);
    expect(seen).to.have.length(1);
  });

  it('clicks the default button for Enter, unless it is disabled', async () => {
    submission.submitByEnter();
    await settled();
    expect(seen[0]?.submitter).to.equal(button('pay'));
    button('pay').disabled = true;
    submission.submitByEnter();
    await settled();
    expect(seen).to.have.length(1);
  });

  for (const [what, inputs, markup, isSubmitted] of [
    ['one input', ['securityCode'], '', true],
    ['one input and a list', ['securityCode', 'accountType'], '<select></select>', true],
    ['several inputs', ['cardNumber', 'expiry'], '', false],
    ['an input of the page', ['securityCode'], '<input type="email">', false],
    ['a checkbox of the page', ['securityCode'], '<input type="checkbox">', true],
  ] as const)
    it(`${isSubmitted ? 'submits' : 'does not submit'} a form with ${what} and no button on Enter`, async () => {
      form.querySelectorAll('button').forEach((each) => {
        each.remove();
      });
      form.insertAdjacentHTML('beforeend', markup);
      fake.inputs = [...inputs];
      submission.submitByEnter();
      await settled();
      expect(seen).to.have.length(isSubmitted ? 1 : 0);
    });

  describe('with a global jQuery', () => {
    type JQuery = (form: HTMLFormElement) => {
      on: (type: string, listener: (event: Event) => void) => void;
      trigger: (type: string) => void;
    };
    let handled: (string | null)[];

    beforeEach(async () => {
      // @ts-expect-error: it has no types here
      await import('/node_modules/jquery/dist/jquery.js');
      handled = [];
      window.dispatchEvent(new Event('load')); // jQuery was loaded after the element
      const {jQuery} = window as unknown as {jQuery: JQuery};
      jQuery(form).on('submit', (event) => {
        handled.push(new FormData(form).get('encrypted_number') as string | null);
        event.preventDefault();
      });
      jQuery(form).trigger('submit');
    });

    it('seals before the handlers of trigger("submit") run', async () => {
      expect(handled).to.deep.equal([]);
      await settled();
      expect(handled).to.deep.equal(['AAAA']);
    });
  });
});
