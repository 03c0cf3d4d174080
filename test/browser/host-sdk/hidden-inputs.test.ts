import {expect, fixture, html} from '@open-wc/testing';
import {removeValues, writeValues} from '../../../host-sdk/form/hidden-inputs.ts';

describe('hidden inputs', () => {
  it('are replaced by new form values, and are removed', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><div></div></form>`);
    const place = form.firstElementChild as Element;
    writeValues(place, {encrypted_number: 'old', gone: 'x'});
    writeValues(place, {encrypted_number: 'new', sealed_id: 'y'});
    expect(Object.fromEntries(new FormData(form))).to.deep.equal({encrypted_number: 'new', sealed_id: 'y'});
    removeValues(place);
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('have the form attribute of the element', async () => {
    const around = await fixture(
      html`<div>
        <form id="far"></form>
        <div form="far"></div>
      </div>`,
    );
    writeValues(around.lastElementChild as Element, {encrypted_csc: 'z'});
    expect(new FormData(around.firstElementChild as HTMLFormElement).get('encrypted_csc')).to.equal('z');
  });
});
