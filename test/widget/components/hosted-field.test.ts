import {expect, fixture, html} from '@open-wc/testing';
import {type FieldInputEvent, type HostedField} from '../../../widget/components/hosted-field.ts';
import '../../../widget/components/hosted-field.ts';
import {cardNumber} from '../../../widget/fields/card-number.ts';
import {cardholderName} from '../../../widget/fields/cardholder-name.ts';
import {expiry} from '../../../widget/fields/expiry.ts';
import {STYLES} from '../../../widget/styles.ts';
import {setTheme} from '../../../widget/theme.ts';

interface Typing {
  caret?: number;
  inputType?: string;
  isComposing?: boolean;
}

describe('hosted-field', () => {
  let field: HostedField;
  let input: HTMLInputElement;
  let heard: FieldInputEvent[];

  /** What the browser does when a person types: the text stands there, the caret behind it, then `input`. */
  const type = (text: string, {caret = text.length, ...details}: Typing = {}) => {
    input.value = text;
    input.setSelectionRange(caret, caret);
    input.dispatchEvent(new InputEvent('input', {bubbles: true, ...details}));
  };
  const shown = () => {
    const at = input.selectionStart ?? 0;
    return `${input.value.slice(0, at)}|${input.value.slice(at)}`;
  };
  const told = () => heard.map(({field: name, text, isTypedToTheEnd}) => [name, text, isTypedToTheEnd]);

  beforeEach(async () => {
    field = await fixture(html`<hosted-field .spec=${cardNumber} .label=${'Card number'}></hosted-field>`);
    input = field.querySelector('input') as HTMLInputElement;
    heard = [];
    field.addEventListener('field-input', (event) => heard.push(event));
  });

  describe('as it is rendered', () => {
    it('is one input, named by its label, for the browser to fill and for nobody to send', async () => {
      field.placeholder = '1234';
      await field.updateComplete;
      expect(input.id).to.equal('cardNumber');
      expect(input.labels?.[0]?.textContent).to.equal('Card number');
      expect(input.autocomplete).to.equal('cc-number');
      expect(input.inputMode).to.equal('numeric');
      expect(input.placeholder).to.equal('1234');
      expect(input.getAttribute('aria-required')).to.equal('true');
      expect(input.getAttribute('spellcheck')).to.equal('false');
      expect(input.hasAttribute('name')).to.be.false;
      expect(field.querySelectorAll('input, button, select')).to.have.length(1);
      expect(field.querySelectorAll('#cardNumber')).to.have.length(1);
    });

    it('holds its value as a property, never as an attribute', async () => {
      field.value = '4012 0000';
      await field.updateComplete;
      expect(input.value).to.equal('4012 0000');
      expect(field.outerHTML).not.to.contain('4012');
    });

    it('gives way to a new value, whatever stands in the input', async () => {
      input.value = '4012';
      field.value = '3714';
      await field.updateComplete;
      expect(input.value).to.equal('3714');
    });

    it('leaves what a script has put there, until it is taken up', async () => {
      input.value = '4012-0000';
      field.problem = 'Another one.';
      await field.updateComplete;
      expect([input.value, told()]).to.deep.equal(['4012-0000', []]);
      field.takeUp();
      expect([input.value, told()]).to.deep.equal(['4012 0000', [['cardNumber', '4012 0000', false]]]);
      field.value = '4012 0000';
      await field.updateComplete;
      field.takeUp();
      expect(told()).to.have.length(1);
    });

    it('names the key that leads on, and the one that ends it', async () => {
      expect(input.getAttribute('enterkeyhint')).to.equal('done');
      field.enterKey = 'next';
      await field.updateComplete;
      expect(input.getAttribute('enterkeyhint')).to.equal('next');
    });

    it('has no problem until it is told of one', () => {
      expect(input.getAttribute('aria-invalid')).to.equal('false');
      expect(input.hasAttribute('aria-describedby')).to.be.false;
      expect(field.querySelector('p')?.textContent).to.equal('');
    });

    it('is described by its problem, until that is mended', async () => {
      field.problem = 'This card number is too short.';
      await field.updateComplete;
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      const description = document.getElementById(input.getAttribute('aria-describedby') ?? '');
      expect(description?.innerText).to.equal('This card number is too short.');
      field.problem = '';
      await field.updateComplete;
      expect(input.getAttribute('aria-invalid')).to.equal('false');
      expect(input.hasAttribute('aria-describedby')).to.be.false;
      expect(description?.textContent).to.equal('');
    });

    it('is described by its hint, after its problem', async () => {
      const described = () =>
        (input.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent);
      field.hint = 'On the back of the card.';
      await field.updateComplete;
      expect(described()).to.deep.equal(['On the back of the card.']);
      field.problem = 'Too short.';
      await field.updateComplete;
      expect(described()).to.deep.equal(['Too short.', 'On the back of the card.']);
      expect(field.innerText).not.to.contain('On the back'); // or it would be read twice
    });

    it('is disabled when it is told to be', async () => {
      field.disabled = true;
      await field.updateComplete;
      expect(input.disabled).to.be.true;
    });
  });

  describe('as it is typed into', () => {
    beforeEach(() => {
      input.focus();
    });

    it('formats and tells, in the task of the input', () => {
      type('40120');
      expect(shown()).to.equal('4012 0|');
      expect(told()).to.deep.equal([['cardNumber', '4012 0', true]]);
    });

    it('tells of an edit in the middle as one, and keeps the caret there', () => {
      type('40712', {caret: 3});
      expect(shown()).to.equal('407|1 2');
      expect(told()).to.deep.equal([['cardNumber', '4071 2', false]]);
    });

    it('takes out what changes nothing, and leaves it to the form to know that', async () => {
      field.value = '4012';
      await field.updateComplete;
      type('40x12', {caret: 3});
      expect(shown()).to.equal('40|12');
      expect(told()).to.deep.equal([['cardNumber', '4012', false]]);
    });

    for (const [inputType, text, caret, after] of [
      ['deleteContentBackward', '40120000', 4, '401|0 000'],
      ['deleteContentForward', '40120000', 4, '4012| 000'],
    ] as const) {
      it(`reaches through a gap: ${inputType}`, async () => {
        field.value = '4012 0000';
        await field.updateComplete;
        type(text, {caret, inputType});
        expect(shown()).to.equal(after);
        expect(heard.map((event) => event.text)).to.deep.equal([after.replace('|', '')]);
      });
    }

    it('lets a composition be until it has ended', () => {
      type('４０', {isComposing: true});
      expect(shown()).to.equal('４０|');
      expect(told()).to.deep.equal([]);
      input.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
      expect(shown()).to.equal('40|');
      expect(told()).to.deep.equal([['cardNumber', '40', true]]);
    });

    it('does not tell in an event that leaves the document', () => {
      type('4');
      expect(heard.map(({bubbles, composed}) => ({bubbles, composed}))).to.deep.equal([
        {bubbles: true, composed: false},
      ]);
    });
  });

  it('leaves the caret where it is by a change that changes nothing, as when the window is left', async () => {
    field.value = '4012 0000';
    await field.updateComplete;
    input.focus();
    input.setSelectionRange(2, 4);
    input.dispatchEvent(new Event('change', {bubbles: true}));
    expect([input.selectionStart, input.selectionEnd]).to.deep.equal([2, 4]);
  });

  it('takes what was set without a key, at change, and draws no caret to itself', async () => {
    field.spec = expiry;
    await field.updateComplete;
    input.value = '2031-12';
    input.dispatchEvent(new Event('change', {bubbles: true}));
    expect(input.value).to.equal('12 / 31');
    expect(told()).to.deep.equal([['expiry', '12 / 31', false]]);
    expect(document.activeElement).not.to.equal(input);
  });

  describe('to a screen reader and to the eye', () => {
    const sheets = document.adoptedStyleSheets;
    before(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      document.adoptedStyleSheets = [sheet];
    });
    after(() => {
      document.adoptedStyleSheets = sheets;
      document.documentElement.removeAttribute('style');
    });

    for (const [scheme, background] of [
      ['light', '#fff'],
      ['dark', '#11161b'],
    ] as const) {
      it(`is accessible in each state, ${scheme}`, async () => {
        setTheme({}, scheme);
        document.documentElement.style.backgroundColor = background;
        await expect(field).to.be.accessible();
        const picture = html`<span class="mark"><span>Visa</span></span>`;
        Object.assign(field, {
          value: '4012',
          picture,
          hint: 'Sixteen.',
          problem: 'This card number is too short.',
        });
        await field.updateComplete;
        await expect(field).to.be.accessible();
        field.disabled = true;
        await field.updateComplete;
        await expect(field).to.be.accessible();
      });
    }
  });

  describe('for letters', () => {
    beforeEach(async () => {
      field.spec = cardholderName;
      await field.updateComplete;
      input = field.querySelector('input') as HTMLInputElement;
    });

    it('asks for a keyboard of letters, and follows the direction of what is typed', () => {
      expect([input.inputMode, input.dir, input.autocapitalize]).to.deep.equal(['text', 'auto', 'words']);
      expect(input.autocomplete).to.equal('cc-name');
    });

    it('deletes the letter beside the caret, not the digit before it', () => {
      field.value = 'Anna 3rd';
      type('Anna 3r', {inputType: 'deleteContentBackward'});
      expect(shown()).to.equal('Anna 3r|');
    });

    it('keeps a space that is typed, and takes it away when the field is left', () => {
      type('Anna ');
      expect(shown()).to.equal('Anna |');
      input.dispatchEvent(new Event('change', {bubbles: true}));
      expect(shown()).to.equal('Anna|');
    });
  });
});
