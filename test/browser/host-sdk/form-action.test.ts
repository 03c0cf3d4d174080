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
    ['a script', {action: 'javascript:alert(1)'}, false],
    ['a mail address', {action: 'mailto:a@b.example'}, false],
    ['an invalid URL', {action: 'https://['}, false],
    ['the method dialog', {method: 'dialog', action: 'https://evil.example'}, true],
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
      </form>
    `);
    const verdicts = [...form.querySelectorAll('button')].map((button: Submitter) =>
      isAllowedAction(form, button, ORIGINS),
    );
    expect(verdicts).to.deep.equal([false, true, true]);
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
      form.setAttribute('action', '');
      expect(isAllowedAction(form, null, ORIGINS)).to.equal(true);
    } finally {
      base.remove();
    }
  });
});
