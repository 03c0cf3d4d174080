import {expect, fixture, html} from '@open-wc/testing';
import {watchTyping} from '../../widget/typing-watch.ts';
import {press, type} from './keys.ts';

describe('watchTyping', () => {
  const interrupted: string[] = [];
  const watch = watchTyping((field) => interrupted.push(field));
  /** What the browser does when another frame takes the focus. */
  const loseFocus = () => window.dispatchEvent(new FocusEvent('blur'));

  beforeEach(async () => {
    const input = await fixture<HTMLInputElement>(html`<input id="cardNumber" />`);
    watch.end();
    interrupted.length = 0;
    input.focus();
  });

  it('reports a loss of the focus after a digit, and each further one', async () => {
    await type('4');
    loseFocus();
    loseFocus();
    expect(interrupted).to.deep.equal(['cardNumber', 'cardNumber']);
  });

  it('reports a loss after Backspace', async () => {
    await type('4');
    await press('Backspace');
    loseFocus();
    expect(interrupted).to.deep.equal(['cardNumber']);
  });

  for (const key of ['Tab', 'Enter', 'Escape', 'ArrowLeft', 'Shift', 'Alt', 'F6'])
    it(`reports nothing after ${key}`, async () => {
      await type('4');
      await press(key);
      loseFocus();
      expect(interrupted).to.deep.equal([]);
    });

  it('reports nothing before the first digit, and after the user has finished', async () => {
    loseFocus();
    await type('4');
    watch.end();
    loseFocus();
    expect(interrupted).to.deep.equal([]);
  });
});
