import {expect, fixture, html} from '@open-wc/testing';
import {goesElsewhere} from '../../host-sdk/form.ts';

describe('form', () => {
  for (const [target, formTarget, isElsewhere] of [
    [null, null, false],
    ['', null, false],
    ['_self', null, false],
    ['_TOP', null, false],
    ['_parent', null, false],
    ['_blank', null, true],
    ['sink', null, true],
    ['this-window', null, false],
    ['sink', '_self', false],
    ['_self', 'sink', true],
    ['sink', '', false],
  ] as const) {
    const how = `target ${target ?? 'absent'} and formtarget ${formTarget ?? 'absent'}`;
    it(`is answered ${isElsewhere ? 'elsewhere' : 'in this window'} with ${how}`, async () => {
      const form = await fixture<HTMLFormElement>(html`<form><button>Pay</button></form>`);
      const button = form.querySelector('button') as HTMLButtonElement;
      if (target !== null) form.target = target;
      if (formTarget !== null) button.setAttribute('formtarget', formTarget);
      const {name} = window;
      window.name = 'this-window';
      expect(goesElsewhere(form, button)).to.equal(isElsewhere);
      if (formTarget === null) expect(goesElsewhere(form, null)).to.equal(isElsewhere);
      window.name = name;
    });
  }

  it('is answered where a base element says, unless it says so itself, also where a control is called target', async () => {
    const base = Object.assign(document.createElement('base'), {target: 'sink'});
    document.head.append(base);
    const form = await fixture<HTMLFormElement>(html`<form><input name="target" /></form>`);
    expect(goesElsewhere(form, null)).to.equal(true);
    form.setAttribute('target', '_self');
    expect(goesElsewhere(form, null)).to.equal(false);
    base.remove();
  });
});
