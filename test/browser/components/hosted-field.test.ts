import {expect, fixture, html} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import {type FieldInputEvent, type HostedField} from '../../../widget/components/hosted-field.ts';
import '../../../widget/components/hosted-field.ts';
import {cardholderName} from '../../../widget/fields/cardholder-name.ts';
import {expiry} from '../../../widget/fields/expiry.ts';
import type {FieldSpec} from '../../../widget/fields/field.ts';
import {SPECS} from '../../../widget/fields/specs.ts';
import type {FieldName} from '../../../widget/protocol/names.ts';
import {canHoldKeys, copy, marked, press, select, type} from '../keys.ts';
import {useFrameStyles} from '../frame-styles.ts';

/** Keys and their results, in a card number unless a field is named. `|` is the caret, `[` and `]` enclose a selection. */
const EDITS: [fact: string, before: string, keys: string, after: string, name?: FieldName][] = [
  ['inserts a digit into a group', '4012 0|098', '7', '4012 07|09 8'],
  ['inserts a digit before a gap behind the gap', '4012| 0098', '7', '4012 7|009 8'],
  ['deletes a digit within a group', '4012 00|00 98', 'Backspace', '4012 0|009 8'],
  ['deletes the digit before a gap by Backspace behind the gap', '4012 |0098', 'Backspace', '401|0 098'],
  ['deletes the digit before a gap by Backspace before the gap', '4012| 0098', 'Backspace', '401|0 098'],
  ['deletes the digit after a gap by Delete before the gap', '4012| 7098', 'Delete', '4012| 098'],
  ['deletes the digit after a gap by Delete behind the gap', '4012 |7098', 'Delete', '4012| 098'],
  ['replaces a selection', '4012[ 00]98', '7', '4012 7|98'],
  ['replaces the whole text', '[4012 0000 9876 5439]', '3 7 1 4 4', '3714 4|'],
  ['deletes a selection', '4012[ 00]98', 'Delete', '4012| 98'],
  ['ignores a letter, the caret unmoved', '4012 0|098', 'x 7', '4012 07|09 8'],
  ['deletes a digit of the year', '01 / 27|', 'Backspace', '01 / 2|', 'expiry'],
  ['deletes in the month by Backspace behind the slash', '01 / |27', 'Backspace', '0| / 27', 'expiry'],
  ['deletes in the year by Delete before the slash', '01| / 27', 'Delete', '01 / |7', 'expiry'],
  ['replaces a month', '|01 / 27', 'Delete Delete 1 2', '12| / 27', 'expiry'],
];

/** Keys in an empty field and the resulting text. The unit tests of the fields have complete tables. */
const TYPED: [name: FieldName, typed: string, after: string][] = [
  ['cardNumber', '371449635392376', '3714 496353 92376|'],
  ['cardNumber', 'four4o0l1,2.', '4012|'],
  ['expiry', '1/27', '01 / 27|'],
  ['expiry', '12/2031', '12 / 31|'],
  ['securityCode', '9a9-9', '999|'],
];

describe('hosted-field', () => {
  let field: HostedField;
  let input: HTMLInputElement;
  let events: FieldInputEvent[];

  const reported = () => events.map(({field: name, text, isTypedToTheEnd}) => [name, text, isTypedToTheEnd]);
  const update = async (properties: Partial<HostedField>) => {
    Object.assign(field, properties);
    await field.updateComplete;
    input = field.querySelector('input') as HTMLInputElement;
  };
  /** Sets the text at once, as a script or autofill does. */
  const fill = (text: string, event: Event = new Event('change', {bubbles: true})) => {
    input.value = text;
    input.dispatchEvent(event);
  };

  beforeEach(async () => {
    field = await fixture(
      html`<hosted-field .spec=${SPECS.cardNumber} .label=${'Card number'}></hosted-field>`,
    );
    input = field.querySelector('input') as HTMLInputElement;
    events = [];
    field.addEventListener('field-input', (event) => events.push(event));
  });

  describe('render', () => {
    it('shows a labelled input with an autofill token and without a name', async () => {
      await update({placeholder: '1234'});
      expect(input.id).to.equal('cardNumber');
      expect(input.labels?.[0]?.textContent).to.equal('Card number');
      expect(input.autocomplete).to.equal('cc-number');
      expect(input.inputMode).to.equal('numeric');
      expect(input.placeholder).to.equal('1234');
      expect(input.getAttribute('aria-required')).to.equal('true');
      expect(input.hasAttribute('name')).to.equal(false);
      expect(field.querySelectorAll('input, button, select')).to.have.length(1);
      expect(field.querySelectorAll('#cardNumber')).to.have.length(1);
    });

    it('sets the value as a property, not as an attribute', async () => {
      await update({value: '4012 0000'});
      expect(input.value).to.equal('4012 0000');
      expect(field.outerHTML).not.to.contain('4012');
    });

    it('writes a new value into the input', async () => {
      input.value = '4012';
      await update({value: '3714'});
      expect(input.value).to.equal('3714');
    });

    it('keeps a text that a script has set, until readControl() formats and dispatches it once', async () => {
      input.value = '4012-0000';
      await update({problem: 'Another one.'});
      expect([input.value, reported()]).to.deep.equal(['4012-0000', []]);
      field.readControl();
      expect([input.value, reported()]).to.deep.equal(['4012 0000', [['cardNumber', '4012 0000', false]]]);
      await update({value: '4012 0000'});
      field.readControl();
      expect(reported()).to.have.length(1);
    });

    it('sets the label of the Enter key', async () => {
      expect(input.getAttribute('enterkeyhint')).to.equal('done');
      await update({enterKey: 'next'});
      expect(input.getAttribute('enterkeyhint')).to.equal('next');
    });

    it('has its problem and its hint as descriptions, in this order, if there are any', async () => {
      const described = () =>
        input
          .getAttribute('aria-describedby')
          ?.split(' ')
          .map((id) => document.getElementById(id)?.textContent);
      const isInvalid = () => input.getAttribute('aria-invalid');
      expect([described(), isInvalid()]).to.deep.equal([undefined, 'false']);
      expect(field.querySelector('p')?.textContent).to.equal('');
      await update({hint: 'On the back of the card.'});
      expect([described(), isInvalid()]).to.deep.equal([['On the back of the card.'], 'false']);
      await update({problem: 'Too short.'});
      expect([described(), isInvalid()]).to.deep.equal([['Too short.', 'On the back of the card.'], 'true']);
      expect(field.innerText).to.contain('Too short.').and.not.to.contain('On the back'); // not announced twice
      await update({problem: '', hint: ''});
      expect([described(), isInvalid()]).to.deep.equal([undefined, 'false']);
      expect(field.querySelector('p')?.textContent).to.equal('');
    });

    it('disables the input', async () => {
      await update({disabled: true});
      expect(input.disabled).to.equal(true);
    });
  });

  describe('input', () => {
    const start = async (spec: FieldSpec, value = '') => {
      await update({spec, value});
      field.addEventListener('field-input', ({text}) => (field.value = text)); // as the form does
      input.focus();
    };

    for (const [name, typed, after] of TYPED)
      it(`shows ${after} for ${typed} in ${name}`, async () => {
        await start(SPECS[name]);
        await type(typed);
        expect(marked(input)).to.equal(after);
      });

    for (const [fact, before, keys, after, name = 'cardNumber'] of EDITS)
      it(`${fact}: ${before} changes to ${after}`, async () => {
        await start(SPECS[name], before.replace(/[|[\]]/g, ''));
        select(input, before);
        await press(...keys.split(' '));
        expect(marked(input)).to.equal(after);
      });

    it('dispatches each edit synchronously, and whether the caret is at the end', async () => {
      await start(SPECS.cardNumber, '4012');
      input.addEventListener('input', () => expect(events).to.have.length.above(0));
      await type('0');
      select(input, '40|12 0');
      await type('7');
      await type('x');
      expect(reported()).to.deep.equal([
        ['cardNumber', '4012 0', true],
        ['cardNumber', '4071 20', false],
        ['cardNumber', '4071 20', false],
      ]);
      expect(events.map(({bubbles, composed}) => [bubbles, composed])).to.deep.equal(
        Array(3).fill([true, false]),
      );
    });

    const itPastes = canHoldKeys ? it : it.skip;
    const needsKeys = '(needs a driver that holds keys)';
    for (const [what, before, pasted, after] of [
      ['with separators', '|', ' 4012-0000\u00a09876—5439 ', '4012 0000 9876 5439|'],
      [
        'in full-width digits over two lines',
        '|',
        '４０１２００００\n９８７６５４３９\n',
        '4012 0000 9876 5439|',
      ],
      ['into the middle', '4012| 5439', '0000-9876', '4012 0000 9876| 5439'],
    ] as const)
      itPastes(`formats a paste ${what}, the caret after it ${needsKeys}`, async () => {
        await copy(pasted);
        await start(SPECS.cardNumber, before.replace('|', ''));
        select(input, before);
        await press('Control+v');
        expect(marked(input)).to.equal(after);
      });

    itPastes(`shortens a paste of ten thousand digits, and can be edited after it ${needsKeys}`, async () => {
      await copy('4012000098765439'.repeat(625));
      await start(SPECS.cardNumber);
      await press('Control+v');
      const first = '4012 0000 9876 5439 4012000098765439';
      expect(marked(input)).to.equal(`${first}|`);
      await press('Backspace');
      expect(marked(input)).to.equal(`${first.slice(0, -1)}|`);
    });

    it('does not change the text during a composition', async () => {
      await start(SPECS.cardNumber);
      fill('４０', new InputEvent('input', {bubbles: true, isComposing: true}));
      expect([marked(input), reported()]).to.deep.equal(['４０|', [['cardNumber', '40', false]]]);
      await update({value: '40'}); // the form knows the digits
      expect(marked(input)).to.equal('４０|');
      field.readControl();
      expect(marked(input)).to.equal('４０|');
      input.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
      expect([marked(input), reported().at(-1)]).to.deep.equal(['40|', ['cardNumber', '40', true]]);
    });

    const itComposes = navigator.userAgent.includes('Chrome') ? it : it.skip;
    itComposes('formats the result of an input method (only Chromium can be driven by one)', async () => {
      await start(SPECS.cardNumber);
      await executeServerCommand('compose', {text: '４０'});
      expect(marked(input)).to.equal('４０|');
      await executeServerCommand('commit-composition', {text: '４０１２７'});
      expect(marked(input)).to.equal('4012 7|');
    });
  });

  it('keeps caret and selection if a change event does not change the text', async () => {
    await update({value: '4012 0000'});
    input.focus();
    input.setSelectionRange(2, 4);
    input.dispatchEvent(new Event('change', {bubbles: true}));
    expect([input.selectionStart, input.selectionEnd]).to.deep.equal([2, 4]);
  });

  it('formats a text that a script has set on the change event, without moving the focus', async () => {
    await update({spec: expiry});
    fill('2031-12');
    expect(input.value).to.equal('12 / 31');
    expect(reported()).to.deep.equal([['expiry', '12 / 31', false]]);
    expect(document.activeElement).not.to.equal(input);
  });

  describe('with styles', () => {
    const {setScheme} = useFrameStyles();

    for (const scheme of ['light', 'dark'] as const)
      it(`is accessible in each state, ${scheme}`, async () => {
        setScheme(scheme);
        await expect(field).to.be.accessible();
        const icon = html`<span class="brand"><span>Visa</span></span>`;
        await update({value: '4012', icon, hint: 'Sixteen.', problem: 'This card number is too short.'});
        await expect(field).to.be.accessible();
        await update({disabled: true});
        await expect(field).to.be.accessible();
      });
  });

  describe('for a text field', () => {
    beforeEach(async () => {
      await update({spec: cardholderName});
      input.focus();
    });

    it('requests a keyboard with letters, and uses the direction of the text', () => {
      expect([input.inputMode, input.dir, input.autocapitalize]).to.deep.equal(['text', 'auto', 'words']);
      expect(input.autocomplete).to.equal('cc-name');
    });

    it('deletes the letter next to the caret, not the digit before it', async () => {
      await update({value: 'Anna 3rd'});
      select(input, 'Anna 3rd|');
      await press('Backspace');
      expect(marked(input)).to.equal('Anna 3r|');
    });

    it('keeps an entered space until the field loses the focus', async () => {
      await type('Anna ');
      expect(marked(input)).to.equal('Anna |');
      input.blur();
      expect(marked(input)).to.equal('Anna|');
    });
  });
});
