import {expect, fixture, html, oneEvent, waitUntil} from '@open-wc/testing';
import {define} from '../../../host-sdk/define.ts';
import {SealedFieldsElement} from '../../../host-sdk/element.ts';
import {TEXTS} from '../../../host-sdk/texts.ts';
import type {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import type {FieldStatus} from '../../../widget/protocol/names.ts';
import {ScriptedFrame} from './scripted-frame.ts';

define({origin: location.origin, merchant: 'demo'});

describe('sealed-fields', () => {
  let form: HTMLFormElement;
  const make = async (template = html`<sealed-fields></sealed-fields>`) => {
    form = await fixture<HTMLFormElement>(html`<form>${template}<button>Pay</button></form>`);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    return form.querySelector('sealed-fields') as SealedFieldsElement;
  };
  const iframeOf = (element: Element) => element.querySelector('iframe');
  const urlOf = (element: Element) => new URL(iframeOf(element)?.src ?? '');

  describe('frame', () => {
    it('has the merchant’s URL, with the parameters of the first paint in the fragment', async () => {
      const element = await make(
        html`<sealed-fields data-fields="expiry" data-locale="fr" data-theme="dark"></sealed-fields>`,
      );
      const {pathname, search, hash} = urlOf(element);
      expect([pathname, search]).to.deep.equal(['/v1/m/demo/', '']);
      const opening = new URLSearchParams(hash.slice(1));
      expect(opening.get('channel')).to.match(/^[0-9a-f]{32}$/);
      opening.delete('channel');
      expect(Object.fromEntries(opening)).to.deep.equal({
        protocol: '2',
        fields: 'expiry',
        layout: 'stacked',
        locale: 'fr',
        colorScheme: 'dark',
        looks: 'usual',
      });
    });

    it('gets the language of the page when `lang` changes', async () => {
      const element = await make();
      form.lang = 'fr';
      const frame = await ScriptedFrame.of(element);
      form.lang = 'ja';
      const isSent = () =>
        frame.received.some((each) => each.event === 'configure' && each.payload.locale === 'ja');
      await waitUntil(isSent);
    });

    it('is not loaded in a prerendered page until the page is shown', async () => {
      Object.defineProperty(document, 'prerendering', {configurable: true, value: true});
      const element = await make();
      expect(iframeOf(element)).to.equal(null);
      Reflect.deleteProperty(document, 'prerendering');
      document.dispatchEvent(new Event('prerenderingchange'));
      expect(element.querySelectorAll('iframe')).to.have.length(1);
    });

    it('is replaced by retry(), on a new channel', async () => {
      const element = await make();
      const before = urlOf(element).hash;
      element.retry();
      expect(element.querySelectorAll('iframe')).to.have.length(1);
      expect(urlOf(element).hash).to.not.equal(before);
    });

    it('is removed with the element, which rejects `ready`, and loads again with the element', async () => {
      const element = await make();
      const {ready} = element;
      element.remove();
      expect(iframeOf(element)).to.equal(null);
      expect(await codeOf(ready)).to.equal('aborted');
      form.append(element);
      expect(element.querySelectorAll('iframe')).to.have.length(1);
      expect(element.ready).to.not.equal(ready);
    });

    it('is not shared with a cloned element, which also drops the sealed values of the original', async () => {
      const element = await make();
      element.insertAdjacentHTML('beforeend', '<input type="hidden" name="encrypted_number" value="old">');
      const copy = document.importNode(element, true);
      form.append(copy);
      expect(copy.querySelectorAll('iframe')).to.have.length(1);
      expect(copy.querySelector('input')).to.equal(null);
      expect(urlOf(copy).hash).to.not.equal(urlOf(element).hash);
    });
  });

  it('keeps the first definition', () => {
    SealedFieldsElement.define({merchant: 'other'});
    expect(customElements.get('sealed-fields')).to.equal(SealedFieldsElement);
  });

  describe('while the frame loads', () => {
    it('blocks the form', async () => {
      const element = await make();
      expect(element.form).to.equal(form);
      expect(form.checkValidity()).to.equal(false);
      expect(element.checkValidity()).to.equal(false);
      expect(element.validity.customError).to.equal(true);
      expect(element.validationMessage).to.contain('loading');
      expect(element.willValidate).to.equal(true);
    });

    it('has a state without fields', async () => {
      expect((await make()).state).to.deep.equal({fields: {}, empty: true, complete: false, sealed: false});
    });

    it('does not block the form in a disabled fieldset', async () => {
      const element = await make(html`<fieldset disabled><sealed-fields></sealed-fields></fieldset>`);
      expect(element.willValidate).to.equal(false);
      expect(form.checkValidity()).to.equal(true);
    });
  });

  describe('as a form control', () => {
    it('has the members that code expects of every control of a form', async () => {
      const element = await make(html`<sealed-fields name="card" id="fields"></sealed-fields>`);
      form.insertAdjacentHTML('beforeend', '<label for="fields">Card</label>');
      expect([element.type, element.name, element.value]).to.deep.equal(['sealed-fields', 'card', '']);
      expect([...element.labels]).to.deep.equal([...form.querySelectorAll('label')]);
      expect([...form.elements]).to.include(element);
      element.value = '4111111111111111';
      element.name = 'payment';
      expect([element.value, element.getAttribute('name')]).to.deep.equal(['', 'payment']);
    });

    it('reflects disabled and required', async () => {
      const element = await make();
      expect([element.disabled, element.required]).to.deep.equal([false, true]);
      element.disabled = true;
      element.required = false;
      expect(element.matches('[disabled][data-optional]:disabled')).to.equal(true);
      element.disabled = false;
      element.required = true;
      expect(element.matches('[disabled], :disabled')).to.equal(false);
      expect([element.required, element.dataset['optional']]).to.deep.equal([true, 'false']);
    });

    it('is invalid with a message of setCustomValidity(), until it is removed', async () => {
      const element = await make(html`<sealed-fields data-fields="expiry"></sealed-fields>`);
      const frame = await ScriptedFrame.of(element);
      await frame.setComplete(true);
      element.setCustomValidity('Choose an address first.');
      expect([element.validity.customError, element.validationMessage, form.checkValidity()]).to.deep.equal([
        true,
        'Choose an address first.',
        false,
      ]);
      element.setCustomValidity('');
      expect(form.checkValidity()).to.equal(true);
    });
  });

  describe('on a page with a mistake', () => {
    const codesOf = (element: HTMLElement) => {
      const codes: string[] = [];
      element.addEventListener('sealed-warning', ({detail}) => codes.push(detail.code));
      return codes;
    };
    let lines: string[];
    const {error, warn} = console;

    beforeEach(() => {
      lines = [];
      console.error = (line: string) => lines.push(`error ${line}`);
      console.warn = (line: string) => lines.push(`warn ${line}`);
    });

    afterEach(() => {
      Object.assign(console, {error, warn});
    });

    it('logs a mistake in the set-up once, with what to do', async () => {
      const element = await make(html`<sealed-fields data-merchant="Wrong"></sealed-fields>`);
      element.retry();
      expect(lines).to.have.length(1);
      const [text = '', docs] = lines[0]?.split(/ (?=http)/) ?? [];
      expect(text).to.match(/^error Sealed Fields: config-invalid: data-merchant: .* Set it on /);
      expect(docs).to.equal(`${location.origin}/v1/errors/#config-invalid`);
    });

    it('warns when it blocks a form without being rendered', async () => {
      const element = await make();
      const codes = codesOf(element);
      form.style.display = 'none';
      expect(form.reportValidity()).to.equal(false);
      expect(codes).to.deep.equal(['not-rendered']);
      expect(lines).to.have.length(1);
    });

    it('warns when the parser has kept its form out of a table', async () => {
      const around = await fixture<HTMLElement>(html`<div></div>`);
      const codes = codesOf(around);
      const markup = '<table><form><tr><td><sealed-fields></sealed-fields></td></tr></form></table>';
      around.append(document.createRange().createContextualFragment(markup));
      expect(codes).to.deep.equal(['no-form']);
    });

    it('warns of a form that is sent to another origin', async () => {
      const around = await fixture<HTMLElement>(html`<form action="https://evil.example"></form>`);
      const codes = codesOf(around);
      around.append(document.createElement('sealed-fields'));
      expect(codes).to.deep.equal(['action-refused']);
      expect(lines[0]).to.match(/^warn Sealed Fields: action-refused: .*\/v1\/errors\/#action-refused$/);
    });
  });

  it('is invalid and without values once the page has removed its frame', async () => {
    const element = await make(html`<sealed-fields data-fields="expiry"></sealed-fields>`);
    const frame = await ScriptedFrame.of(element);
    await frame.setComplete(true);
    form.querySelector('button')?.click();
    await waitUntil(() => new FormData(form).has('sealed_id'));
    frame.iframe.remove();
    element.setCustomValidity('while the frame is detached');
    element.setCustomValidity('');
    await waitUntil(() => iframeOf(element) !== null);
    expect([form.checkValidity(), new FormData(form).has('sealed_id')]).to.deep.equal([false, false]);
  });

  describe('on a page with rules for frames', () => {
    for (const rule of [
      'max-height: 20px',
      'height: 900px !important',
      'margin: 9px; padding: 9px',
      'width: 50px',
    ])
      it(`has the dimensions of its fields in spite of ${rule}`, async () => {
        const style = document.createElement('style');
        style.textContent = `iframe { ${rule} }`;
        document.head.append(style);
        try {
          const element = await make(html`<sealed-fields data-fields="expiry"></sealed-fields>`);
          const frame = await ScriptedFrame.of(element);
          frame.post('height', {height: 94});
          await waitUntil(() => iframeOf(element)?.style.blockSize === '94px');
          const box = iframeOf(element)?.getBoundingClientRect();
          const around = element.getBoundingClientRect();
          expect([box?.height, box?.width, box?.left]).to.deep.equal([94, around.width, around.left]);
        } finally {
          style.remove();
        }
      });

    it('is hidden with its element', async () => {
      const element = await make();
      element.style.visibility = 'hidden';
      const frame = iframeOf(element);
      expect(frame && getComputedStyle(frame).visibility).to.equal('hidden');
    });
  });

  describe('with an invalid attribute', () => {
    for (const [attribute, value, repeated] of [
      ['data-merchant', '', '“”'],
      ['data-fields', 'cardNumber pin', '“pin”'],
      ['data-layout', 'neon', '“neon”'],
    ] as const)
      it(`rejects ready, shows the failure in the page’s language and blocks the form: ${attribute}`, async () => {
        form = await fixture<HTMLFormElement>(html`<form lang="de"><button>Pay</button></form>`);
        const submits: Event[] = [];
        form.addEventListener('submit', (event) => {
          submits.push(event);
          event.preventDefault();
        });
        const element = document.createElement('sealed-fields');
        element.setAttribute(attribute, value);
        const failed = oneEvent<CustomEvent<SealedFieldsError>>(element, 'sealed-error');
        form.prepend(element);
        const {detail} = await failed;
        expect(detail.code).to.equal('config-invalid');
        expect(detail.message.startsWith(`${attribute}: expected `), detail.message).to.equal(true);
        expect(detail.hint.startsWith(`${attribute} is ${repeated}. `), detail.hint).to.equal(true);
        expect(await element.ready.catch((error: unknown) => error)).to.equal(detail);
        const alert = element.shadowRoot?.querySelector('[role=alert]');
        expect(alert?.checkVisibility()).to.equal(true);
        expect(alert?.textContent).to.equal(TEXTS.de.failed + TEXTS.de.retry);
        expect(iframeOf(element)).to.equal(null);
        expect(element.validationMessage).to.equal(TEXTS.de.failed);
        for (const noValidate of [false, true]) {
          form.noValidate = noValidate;
          form.querySelector('button')?.click();
          await codeOf(element.seal());
        }
        expect(submits).to.deep.equal([]);
      });

    it('returns the focus to the retry button when the retry fails', async () => {
      const element = await make(html`<sealed-fields data-fields="pin"></sealed-fields>`);
      const button = element.shadowRoot?.querySelector('button');
      button?.focus();
      element.dataset['fields'] = 'card';
      button?.click();
      expect(button?.checkVisibility()).to.equal(false);
      iframeOf(element)?.setAttribute('src', 'about:blank'); // fails with frame-replaced
      await waitUntil(() => button?.checkVisibility());
      await waitUntil(() => element.shadowRoot?.activeElement === button);
    });

    it('reports the error of each retry()', async () => {
      const element = await make(html`<sealed-fields data-fields="pin"></sealed-fields>`);
      element.dataset['fields'] = 'card';
      element.dataset['layout'] = 'compact';
      element.retry();
      const error: unknown = await element.ready.catch((reason: unknown) => reason);
      expect((error as SealedFieldsError).message).to.contain('data-layout');
    });

    it('warns once of each invalid theme token, and loads', () => {
      const element = document.createElement('sealed-fields');
      const warnings: string[] = [];
      element.addEventListener('sealed-warning', ({detail: {code, message}}) => {
        warnings.push(`${code} ${message.split(' ')[1] ?? ''}`);
      });
      const warningsOf = (theme: string) => {
        element.dataset['theme'] = theme;
        return warnings.splice(0);
      };
      warningsOf('{"radius": "5vw", "gap": "4px"}');
      document.body.append(element);
      expect(warnings.splice(0)).to.deep.equal(['theme-invalid radius:']);
      expect(iframeOf(element)).not.to.equal(null);
      expect(warningsOf('{"radius": "5vw", "gap": "x"}')).to.deep.equal(['theme-invalid gap:']);
      element.dataset['labelExpiry'] = 'Good until';
      expect(warningsOf('{"radius": "6vw"}')).to.deep.equal(['theme-invalid radius:']);
      expect(warningsOf('neon')).to.deep.equal(['theme-invalid expected']);
      expect(warningsOf('dark')).to.deep.equal([]);
      expect(warningsOf('neon')).to.deep.equal(['theme-invalid expected']);
      element.remove();
    });
  });

  describe('with a ready frame', () => {
    let element: SealedFieldsElement;
    let frame: ScriptedFrame;

    beforeEach(async () => {
      element = await make(html`<fieldset><sealed-fields data-fields="expiry"></sealed-fields></fieldset>`);
      frame = await ScriptedFrame.of(element);
    });

    /** Posts a new state of the field, as after an edit or a blur. */
    const change = async (status: FieldStatus, visited: boolean) => {
      const changed = oneEvent(element, 'sealed-change');
      const isComplete = status === 'valid';
      frame.post('change', {
        fields: {expiry: {status, focused: false, visited}},
        empty: status === 'empty',
        complete: isComplete,
        sealed: false,
        ...(!isComplete && {message: 'Enter the expiry date.'}),
      });
      await changed;
    };
    const received = (event: string) => frame.received.filter((message) => message.event === event);
    /** Resolves once the frame has received all earlier messages, since messages arrive in order. */
    const delivered = () => element.seal();

    it('focuses the field of focus(), and rejects a field that it does not have', async () => {
      element.focus('expiry');
      expect(document.activeElement).to.equal(iframeOf(element));
      await delivered();
      expect(received('focus')[0]?.payload).to.deep.equal({field: 'expiry'});
      for (const name of ['pin', 'securityCode']) {
        const focus = () => {
          element.focus(name as 'securityCode');
        };
        expect(focus)
          .to.throw('focus(): expected one of expiry.')
          .with.property('hint')
          .that.contains(`no field “${name}”`);
        expect(focus).to.throw().with.property('code', 'config-invalid');
      }
    });

    it('submits the form on Enter, unless the page prevents sealed-submit', async () => {
      await frame.setComplete(true);
      const submits: Event[] = [];
      form.addEventListener('submit', (event) => submits.push(event));
      for (const isPrevented of [true, false]) {
        const entered = new Promise((resolve) => {
          const listener = (event: Event) => {
            if (isPrevented) event.preventDefault();
            resolve(event);
          };
          element.addEventListener('sealed-submit', listener, {once: true});
        });
        frame.post('submit', {});
        await entered;
        await delivered();
        expect(submits).to.have.length(isPrevented ? 0 : 1);
      }
    });

    it('sends attempt for reportValidity() and a blocked submit, but not for checkValidity()', async () => {
      expect([element.checkValidity(), form.checkValidity()]).to.deep.equal([false, false]);
      await delivered();
      expect(received('attempt')).to.have.length(0);
      expect(element.reportValidity()).to.equal(false);
      await delivered();
      expect(received('attempt')).to.have.length(1);
      form.querySelector('button')?.click();
      await delivered();
      expect(received('attempt')).to.have.length(2);
      await change('valid', true);
      expect([element.checkValidity(), form.checkValidity()]).to.deep.equal([true, true]);
    });

    it('matches :state(user-invalid) while a visited field is not valid', async () => {
      const styles = () =>
        [':invalid', ':valid', ':state(user-invalid)'].map((selector) => element.matches(selector));
      const INVALID = [true, false, false];
      const SHOWN = [true, false, true];
      expect(styles()).to.deep.equal(INVALID);
      for (const [status, visited, expected] of [
        ['incomplete', false, INVALID],
        ['incomplete', true, SHOWN],
        ['valid', true, [false, true, false]],
        ['incomplete', false, INVALID],
        ['empty', true, SHOWN],
      ] as const) {
        await change(status, visited);
        expect(styles(), `${status} ${visited ? 'visited' : ''}`).to.deep.equal(expected);
      }
      const fieldset = element.parentElement as HTMLFieldSetElement;
      fieldset.disabled = true;
      expect(element.matches(':state(user-invalid)')).to.equal(false);
      fieldset.disabled = false;
      expect(styles()).to.deep.equal(SHOWN);
    });
  });
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => (error as SealedFieldsError).code,
  );
}
