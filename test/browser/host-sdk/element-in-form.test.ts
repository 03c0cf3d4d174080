import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {SealedFieldsElement} from '../../../host-sdk/element.ts';
import type {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {holdSeconds} from './held-seconds.ts';
import {ScriptedFrame} from './scripted-frame.ts';

SealedFieldsElement.define({origin: location.origin, merchant: 'demo'});

const VALUE = 'encrypted_expiration_month';
const FIELDS = '<sealed-fields data-fields="expiry"></sealed-fields>';

const formOf = (content: string, attributes = 'method="post" target="sink"') =>
  `<form action="/nowhere" novalidate ${attributes}>
    <input name="item" value="ridge">${content}<button>Pay</button>
  </form>`;

describe('an element in a form', () => {
  let page: HTMLElement;
  let element: SealedFieldsElement;
  let form: HTMLFormElement;
  let other: HTMLFormElement;
  /** The form entries of each submit event that the page has received. */
  let seen: Record<string, FormDataEntryValue>[];
  /** Whether the page prevents each submit, to send the form itself. */
  let pageSends: boolean;

  /** Renders `content` and a second form. `shadow` is the content of a shadow root on the `section`, if there is one. */
  const render = async (content = formOf(`<fieldset>${FIELDS}</fieldset><p></p>`), shadow = '') => {
    page = await fixture<HTMLElement>(html`<div></div>`);
    page.append(
      fragmentOf(`${content}${formOf('', 'id="other"')}<iframe name="sink" title="sink" hidden></iframe>`),
    );
    const root = page.querySelector('section')?.attachShadow({mode: 'open'}) ?? page;
    if (root instanceof ShadowRoot) root.append(fragmentOf(shadow));
    element = root.querySelector('sealed-fields') as SealedFieldsElement;
    form = (root.querySelector('form') ?? page.querySelector('form')) as HTMLFormElement;
    other = page.querySelector('#other') as HTMLFormElement;
    for (const each of [form, other])
      each.addEventListener('submit', (event) => {
        seen.push(Object.fromEntries(new FormData(each)));
        if (pageSends) event.preventDefault();
      });
  };
  const open = async (content?: string, shadow?: string) => {
    await render(content, shadow);
    return ScriptedFrame.of(element);
  };
  const openComplete = async (content?: string, shadow?: string) => {
    const frame = await open(content, shadow);
    await frame.setComplete(true);
    return frame;
  };

  const pay = (of = form) => {
    of.querySelector('button')?.click();
  };
  /** Waits until the frame has answered all earlier messages, and the form has handled the answers in a later task. */
  const settled = async () => {
    await element.seal();
    await new Promise((resolve) => setTimeout(resolve));
  };

  /** Submits the form and asserts that the page receives one submit, with sealed values. */
  const assertPays = async (of: HTMLFormElement, frame: ScriptedFrame) => {
    await frame.setComplete(true);
    seen = [];
    pay(of);
    await settled();
    const names = seen.map((entries) => Object.keys(entries).sort());
    expect(names).to.deep.equal([[VALUE, 'item', 'sealed_id', 'sealed_key_id']]);
  };
  const assertBlocked = async (of = form) => {
    pay(of);
    await settled();
    expect(seen).to.deep.equal([]);
  };
  /** Asserts that the form is submitted at once, as if it had no such element. */
  const assertGoesWithout = (of = form) => {
    seen = [];
    pay(of);
    expect(seen.splice(0)).to.deep.equal([{item: 'ridge'}]);
  };
  /** Seals and keeps the values in the form, as for a page that sends them itself. */
  const sealInForm = async (frame: ScriptedFrame) => {
    await assertPays(form, frame);
    expect(new FormData(form).has(VALUE)).to.equal(true);
  };

  beforeEach(() => {
    seen = [];
    pageSends = true;
  });

  it('seals a form inside a shadow root, and blocks it while the field is incomplete', async () => {
    const frame = await open('<section></section>', formOf(FIELDS));
    expect(form.checkValidity()).to.equal(false);
    await assertBlocked();
    await assertPays(form, frame);
  });

  it('does not belong to a form outside its shadow root, but can be sealed', async () => {
    await openComplete(formOf('<section></section>'), FIELDS);
    expect(element.form).to.equal(null);
    const result = await element.seal();
    expect(result.ok && Object.keys(result.values)).to.deep.equal([VALUE]);
    assertGoesWithout();
  });

  it('opens a new frame when it moves within its form', async () => {
    const {iframe} = await openComplete();
    expect(form.checkValidity()).to.equal(true);
    form.querySelector('p')?.appendChild(element);
    expect(iframe.isConnected).to.equal(false);
    expect(element.querySelector('iframe')?.src).to.not.equal(iframe.src);
    expect(form.checkValidity()).to.equal(false);
    await assertPays(form, await ScriptedFrame.of(element));
  });

  const itMoves = 'moveBefore' in Element.prototype ? it : it.skip;
  for (const target of ['p', '#other'])
    itMoves(`keeps its frame when moveBefore moves it into ${target} (needs moveBefore)`, async () => {
      const frame = await openComplete();
      page.querySelector(target)?.moveBefore(element, null);
      expect(element.querySelector('iframe')).to.equal(frame.iframe);
      expect(element.state.complete).to.equal(true);
      if (target === '#other') assertGoesWithout(form);
      await assertPays(target === 'p' ? form : other, frame);
    });

  itMoves('submits nothing when it moves to another form while sealing (needs moveBefore)', async () => {
    const frame = await openComplete();
    const held = frame.holdSeals();
    pay();
    await waitUntil(() => frame.seals.length === 1);
    other.moveBefore(element, null);
    held.release();
    await settled();
    expect(seen).to.deep.equal([]);
    await assertPays(other, frame);
  });

  it('removes its values from the form when it is removed, and seals again when it returns', async () => {
    await sealInForm(await open());
    element.remove();
    expect(Object.hasOwn(form, 'submit')).to.equal(false);
    expect(element.querySelector('input')).to.equal(null);
    assertGoesWithout();
    form.prepend(element);
    await assertPays(form, await ScriptedFrame.of(element));
  });

  describe('with a second element that leaves the form', () => {
    let second: SealedFieldsElement;

    beforeEach(async () => {
      const frame = await openComplete();
      second = document.createElement('sealed-fields');
      Object.assign(second.dataset, {fields: 'cardholderName', optional: ''});
      form.append(second);
      await ScriptedFrame.of(second);
      await frame.setComplete(true);
    });

    for (const [how, leave] of Object.entries<() => void>({
      'is removed': () => {
        second.remove();
      },
      'moves to another form': () => {
        second.setAttribute('form', 'other');
      },
    })) {
      it(`keeps its values, which the page may be sending, when the second one ${how}`, async () => {
        pay();
        await waitUntil(() => seen.length === 1);
        leave();
        expect(new FormData(form).has(VALUE)).to.equal(true);
      });

      it(`ignores another submit when the second one ${how} after a submit`, async () => {
        pageSends = false;
        pay();
        await waitUntil(() => seen.length === 1);
        leave();
        pay();
        await settled();
        expect(seen).to.have.length(1);
      });
    }
  });

  it('blocks and seals only the new form after appendChild moves it there', async () => {
    await sealInForm(await open());
    other.appendChild(element);
    assertGoesWithout(form);
    const frame = await ScriptedFrame.of(element);
    await assertBlocked(other);
    await assertPays(other, frame);
  });

  it('blocks and seals only the form of its form attribute', async () => {
    const frame = await open();
    await sealInForm(frame);
    element.setAttribute('form', 'other');
    assertGoesWithout(form);
    element.clear();
    await assertBlocked(other);
    await assertPays(other, frame);
  });

  it('is not part of the form while its fieldset is disabled', async () => {
    const frame = await open();
    const fieldset = form.querySelector('fieldset') as HTMLFieldSetElement;
    for (const isDisabled of [true, false, true, false]) {
      fieldset.disabled = isDisabled;
      await waitUntil(() => frame.isDisabled === isDisabled);
      if (isDisabled) assertGoesWithout();
    }
    await assertBlocked();
    await assertPays(form, frame);
  });

  it('removes its values when it is disabled after the page has prevented the submit', async () => {
    await sealInForm(await open());
    element.disabled = true;
    expect(new FormData(form).has(VALUE)).to.equal(false);
  });

  it('clears its fields and removes its values when the form is reset', async () => {
    const frame = await open();
    await sealInForm(frame);
    form.reset();
    expect(element.querySelector('input')).to.equal(null);
    await waitUntil(() => element.state.empty);
    await assertPays(form, frame);
  });

  for (const moment of ['before the frame receives the seal', 'while the frame seals'])
    it(`submits nothing when it is removed ${moment}`, async () => {
      const rejections: unknown[] = [];
      const note = ({reason}: PromiseRejectionEvent) => rejections.push(reason);
      window.addEventListener('unhandledrejection', note);
      const frame = await openComplete();
      frame.holdSeals();
      pay();
      if (moment.startsWith('while')) await waitUntil(() => frame.seals.length === 1);
      element.remove();
      await new Promise((resolve) => setTimeout(resolve)); // pending promises are settled
      window.removeEventListener('unhandledrejection', note);
      expect([seen, rejections]).to.deep.equal([[], []]);
      assertGoesWithout();
      form.prepend(element);
      await assertPays(form, await ScriptedFrame.of(element));
    });

  it('seals for an early submit once its frame is ready', async () => {
    const errors: string[] = [];
    await render(formOf(''));
    form.addEventListener('sealed-error', ({detail}) => errors.push(detail.code));
    element = document.createElement('sealed-fields');
    form.prepend(element);
    form.requestSubmit();
    const frame = await ScriptedFrame.of(element);
    await waitUntil(() => frame.seals.length === 1);
    await settled();
    expect(seen).to.deep.equal([]);
    await assertPays(form, frame);
    expect(errors).to.deep.equal([]);
  });

  describe('that is optional', () => {
    const OPTIONAL = FIELDS.replace('></', ' data-optional></');

    it('does not block its form if it fails without values', async () => {
      const frame = await open(formOf(OPTIONAL));
      frame.post('failed', {code: 'seal-failed'});
      await waitUntil(() => !element.state.empty || element.querySelector('iframe') === null);
      assertGoesWithout();
    });

    const FAILURES: Record<string, (frame: ScriptedFrame) => void> = {
      'its frame fails': (frame) => {
        frame.post('failed', {code: 'seal-failed'});
      },
      'its form may not be sent there': () => {
        form.action = 'https://evil.example';
      },
    };
    for (const [what, fail] of Object.entries(FAILURES))
      it(`blocks its form after ${what} with values in it, until it is opened again`, async () => {
        fail(await openComplete(formOf(OPTIONAL)));
        for (let times = 0; times < 3; times += 1) {
          pay();
          await waitUntil(() => element.querySelector('iframe') === null);
          await new Promise((resolve) => setTimeout(resolve));
        }
        expect([seen, form.checkValidity()]).to.deep.equal([[], false]);
        element.retry();
        await ScriptedFrame.of(element);
        expect(form.checkValidity()).to.equal(true);
      });
  });

  it('seals in the new frame after retry()', async () => {
    await openComplete();
    element.retry();
    const sealing = element.seal();
    const frame = await ScriptedFrame.of(element);
    expect(await sealing).to.deep.equal({ok: false, fields: [{field: 'expiry', problem: 'required'}]});
    expect(frame.seals).to.have.length(1);
  });

  it('does not seal when the page calls the prototype’s submit()', async () => {
    const frame = await openComplete();
    const entries: string[][] = [];
    form.addEventListener('formdata', ({formData}) => entries.push([...formData.keys()]));
    HTMLFormElement.prototype.submit.call(form);
    await settled();
    expect(entries).to.deep.equal([['item']]);
    expect(frame.seals).to.have.length(1); // the one from `settled`
  });

  for (const [what, content] of Object.entries({
    'whose target is a frame': formOf(FIELDS),
    'that closes its dialog': `<dialog open>${formOf(FIELDS, 'method="dialog"')}</dialog>`,
  }))
    it(`seals again after a delay, without an edit, for a form ${what}`, async () => {
      await openComplete(content);
      pageSends = false;
      const press = () => {
        page.querySelector('dialog')?.setAttribute('open', '');
        pay();
      };
      press();
      press();
      await settled();
      press();
      await settled();
      expect(seen).to.have.length(1);
      await waitUntil(
        () => {
          press();
          return new Set(seen.map((entries) => entries['sealed_id'])).size > 1;
        },
        'another submit is accepted, and then sealed again',
        {timeout: 10_000},
      );
    });

  for (const [protocol, brand] of [
    [1, 'unknown'],
    [2, 'rupay'],
  ] as const)
    it(`sends a brand that protocol 1 does not have as ${brand} to a frame with protocol ${protocol}`, async () => {
      await render(formOf('<sealed-fields data-fields="securityCode" data-brand="rupay"></sealed-fields>'));
      const frame = await ScriptedFrame.of(element, protocol);
      await settled();
      expect([frame.offered?.brand, frame.brand]).to.deep.equal(['unknown', brand]);
    });

  it('opens its frame once invalid attributes are fixed, and keeps it when they become invalid', async () => {
    await render();
    element.dataset['fields'] = 'pin';
    element.retry();
    await element.ready.catch(() => undefined);
    expect(element.querySelector('iframe')).to.equal(null);
    pay();
    element.dataset['fields'] = 'expiry';
    element.retry();
    const frame = await ScriptedFrame.of(element);
    const warnings: string[] = [];
    element.addEventListener('sealed-warning', ({detail}) => warnings.push(detail.code));
    element.dataset['layout'] = 'sepia';
    expect(warnings).to.deep.equal(['config-invalid']);
    expect(element.querySelector('iframe')).to.equal(frame.iframe);
    expect(seen).to.deep.equal([]);
    await assertPays(form, frame);
  });

  for (const [what, isAcknowledged, seconds] of [
    ['acknowledge', false, 5],
    ['answer', true, 20],
  ] as const)
    it(`closes a frame that does not ${what} a seal within ${seconds} seconds, and opens another after retry()`, async () => {
      const frame = await openComplete();
      const reported: string[] = [];
      element.addEventListener('sealed-error', ({detail}) => reported.push(detail.code));
      frame.onSeal = (request) => {
        if (isAcknowledged) frame.post('sealing', {request});
      };
      const clock = holdSeconds();
      try {
        let code = 'pending';
        const sealing = element.seal().catch((error: unknown) => (code = (error as SealedFieldsError).code));
        await waitUntil(() => frame.seals.length === 1);
        await frame.setComplete(true); // the element has received all earlier messages
        for (let passed = 1; passed < seconds; passed += 1) clock.pass();
        await frame.setComplete(true);
        expect(code).to.equal('pending');
        clock.pass();
        await sealing;
        expect([code, ...reported]).to.deep.equal(['frame-lost', 'frame-lost']);
      } finally {
        clock.restore();
      }
      element.retry();
      await assertPays(form, await ScriptedFrame.of(element));
    });
});

function fragmentOf(markup: string): DocumentFragment {
  return document.createRange().createContextualFragment(markup);
}
