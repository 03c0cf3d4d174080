import {expect, fixture, html} from '@open-wc/testing';
import {keepsPage} from '../../../host-sdk/form/native-form.ts';

describe('keepsPage', () => {
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
    it(`returns ${isElsewhere} with ${how}`, async () => {
      const form = await fixture<HTMLFormElement>(html`<form><button>Pay</button></form>`);
      const button = form.querySelector('button') as HTMLButtonElement;
      if (target !== null) form.target = target;
      if (formTarget !== null) button.setAttribute('formtarget', formTarget);
      const {name} = window;
      window.name = 'this-window';
      expect(keepsPage(form, button)).to.equal(isElsewhere);
      if (formTarget === null) expect(keepsPage(form, null)).to.equal(isElsewhere);
      window.name = name;
    });
  }

  it('returns true for method=dialog of the form or its button', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><button>Pay</button></form>`);
    const button = form.querySelector('button') as HTMLButtonElement;
    expect(keepsPage(form, button)).to.equal(false);
    button.setAttribute('formmethod', 'DIALOG');
    expect(keepsPage(form, button)).to.equal(true);
    expect(keepsPage(form, null)).to.equal(false);
    form.method = 'dialog';
    expect(keepsPage(form, null)).to.equal(true);
    button.setAttribute('formmethod', 'post');
    expect(keepsPage(form, button)).to.equal(false);
  });

  it('uses the base element unless the form has a target, even with a control named target', async () => {
    const base = Object.assign(document.createElement('base'), {target: 'sink'});
    document.head.append(base);
    const form = await fixture<HTMLFormElement>(html`<form><input name="target" /></form>`);
    expect(keepsPage(form, null)).to.equal(true);
    form.setAttribute('target', '_self');
    expect(keepsPage(form, null)).to.equal(false);
    base.remove();
  });
});
