import {expect, fixture, html} from '@open-wc/testing';
import type {PaymentForm} from '../../../widget/components/payment-form.ts';
import '../../../widget/components/payment-form.ts';
import {startForm, verdictOf} from '../../../widget/form-state.ts';
import {en} from '../../../widget/locales/en.ts';
import {INPUTS} from '../fields/inputs.ts';

describe('what people and autofill put into the fields', () => {
  it('is looked at in a table of no less than 150', () => {
    expect(INPUTS.flatMap(([, rows]) => rows).length).to.be.at.least(150);
  });

  for (const [name, rows] of INPUTS) {
    for (const [typed, shown, expected] of rows) {
      const [status, problem] = typeof expected === 'string' ? [expected] : expected;
      it(`${name} shows ‘${typed}’ as ‘${shown}’: ${status} ${problem ?? ''}`, async () => {
        const state = startForm([name], [], () => ({year: 2026, month: 11}));
        const form = await fixture<PaymentForm>(
          html`<payment-form .texts=${en} .state=${state}></payment-form>`,
        );
        const input = form.querySelector('input') as HTMLInputElement;
        input.value = typed;
        input.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertText'}));
        await form.updateComplete;
        expect(input.value).to.equal(shown);
        expect(verdictOf(form.state, name)).to.deep.equal(problem ? {status, problem} : {status});
      });
    }
  }
});
