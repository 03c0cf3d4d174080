import {expect, fixture, html} from '@open-wc/testing';
import {isAllowedAction} from '../../../host-sdk/form/form-action.ts';
import type {Submitter} from '../../../host-sdk/form/native-form.ts';

const ORIGINS = ['https://pay.example'];

describe('isAllowedAction', () => {
  for (const [what, attributes, isAllowed] of [
    ['no action', {}, true],
    ['an empty action', {action: ''}, true],
    ['a path', {action: '/pay'}, true],
    ['a URL of the page’s origin', {action: `${location.origin}/pay`}, true],
    ['spaces around the URL', {action: ' /pay '}, true],
    ['an allowed origin', {action: 'https://pay.example/pay'}, true],
    ['another port of the page', {action: 'http://localhost:1/pay'}, false],
    ['another origin', {action: 'https://evil.example/pay'}, false],
    ['another origin without a scheme', {action: '//evil.example'}, false],
    ['an allowed origin over http', {action: 'http://pay.example/pay'}, false],
    ['an origin that begins like an allowed one', {action: 'https://pay.example.evil.example'}, false],
    ['a script, which runs in the page', {action: 'javascript:alert(1)'}, true],
    ['a mail address', {action: 'mailto:a@b.example'}, false],
    ['an invalid URL', {action: 'https://['}, false],
    ['the method dialog', {method: 'DIALOG', action: 'https://evil.example'}, true],
    ['a method that is not dialog', {method: 'dialog ', action: 'https://evil.example'}, false],
    ['a document of its own', {action: 'about:blank'}, false],
  ] as [string, Record<string, string>, boolean][])
    it(`${isAllowed ? 'accepts' : 'rejects'} ${what}`, () => {
      const form = document.createElement('form');
      for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
      expect(isAllowedAction(form, null, ORIGINS)).to.equal(isAllowed);
    });

  it('uses the action of the button, also if a control hides the form’s property', async () => {
    const form = await fixture<HTMLFormElement>(html`
      <form action="/pay">
        <input name="action" aria-label="action" />
        <button formaction="https://evil.example">Elsewhere</button>
        <button formaction="https://evil.example" formmethod="dialog">Close</button>
        <button>Pay</button>
        <button formaction="https://evil.example" formmethod="">Get</button>
        <button formaction="">Here</button>
      </form>
    `);
    const verdicts = [...form.querySelectorAll('button')].map((button: Submitter) =>
      isAllowedAction(form, button, ORIGINS),
    );
    expect(verdicts).to.deep.equal([false, true, true, false, true]);
  });

  it('accepts the origin of the page for a document without a URL of its own', async () => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="inner"></iframe>`);
    const inner = frame.contentDocument as Document;
    const form = inner.body.appendChild(inner.createElement('form'));
    form.setAttribute('action', '/pay');
    expect(inner.URL).to.equal('about:blank');
    expect(isAllowedAction(form, null, [])).to.equal(true);
  });

  it('rejects http for a page of https, also for an allowed origin', () => {
    const form = Object.assign(document.createElement('form'), {action: 'http://pay.example/pay'});
    const origins = ['http://pay.example'];
    const verdicts = ['http:', 'https:'].map((protocol) =>
      isAllowedAction(form, null, origins, {protocol, origin: `${protocol}//shop.example`}),
    );
    expect(verdicts).to.deep.equal([true, false]);
  });

  it('uses the base of the document', async () => {
    const form = await fixture<HTMLFormElement>(html`<form action="pay"></form>`);
    const base = Object.assign(document.createElement('base'), {href: 'https://evil.example/'});
    document.head.append(base);
    try {
      expect(isAllowedAction(form, null, ORIGINS)).to.equal(false);
      for (const [action, isAllowed] of [
        ['', true], // the document's own URL
        [' ', false], // the base
        ['\u00a0', false],
      ] as const) {
        form.setAttribute('action', action);
        expect(isAllowedAction(form, null, ORIGINS)).to.equal(isAllowed);
      }
    } finally {
      base.remove();
    }
  });
});
