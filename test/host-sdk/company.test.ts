import {expect} from '@open-wc/testing';
import {brandBeside, enter, isOptionalIn, type Member, tellOthers} from '../../host-sdk/company.ts';
import {type Brand, type FieldName, PRESETS} from '../../widget/protocol/names.ts';

class Fake implements Member {
  news = 0;
  brand: Brand | undefined;
  empty = true;
  optional = false;
  disabled = false;

  constructor(private readonly names: readonly FieldName[]) {}

  state = () => ({fields: {}, brand: this.brand, empty: this.empty, complete: false, sealed: false});
  fields = () => this.names;
  isOptional = () => this.optional;
  isDisabled = () => this.disabled;
  onNews = () => (this.news += 1);
}

describe('company', () => {
  let form: HTMLFormElement;
  let number: Fake;
  let code: Fake;
  let leave: () => void;

  beforeEach(() => {
    form = document.createElement('form');
    number = new Fake(['cardNumber']);
    code = new Fake(['securityCode']);
    leave = enter(form, number);
    enter(form, code);
    number.news = code.news = 0;
  });

  it('tells the others and nobody else: who enters, who leaves, who has changed', () => {
    enter(form, new Fake(['expiry']));
    expect([number.news, code.news]).to.deep.equal([1, 1]);
    tellOthers(form, code);
    expect([number.news, code.news]).to.deep.equal([2, 1]);
    leave();
    expect([number.news, code.news]).to.deep.equal([2, 2]);
    enter(document.createElement('form'), new Fake(['expiry']));
    expect([number.news, code.news]).to.deep.equal([2, 2]);
  });

  it('knows the brand of the number beside, as long as that takes part', () => {
    expect(brandBeside(form, code)).to.equal(undefined);
    number.brand = 'american-express';
    expect(brandBeside(form, code)).to.equal('american-express');
    expect(brandBeside(form, number)).to.equal(undefined);
    expect(brandBeside(null, code)).to.equal(undefined);
    number.disabled = true;
    expect(brandBeside(form, code)).to.equal(undefined);
    number.disabled = false;
    leave();
    expect(brandBeside(form, code)).to.equal(undefined);
  });

  it('lets a card be left out as a whole, and not in part', () => {
    expect(isOptionalIn(form, code)).to.equal(false);
    number.optional = code.optional = true;
    expect([isOptionalIn(form, number), isOptionalIn(form, code)]).to.deep.equal([true, true]);
    number.empty = false;
    expect([isOptionalIn(form, number), isOptionalIn(form, code)]).to.deep.equal([true, false]);
    number.disabled = true;
    expect(isOptionalIn(form, code)).to.equal(true);
  });

  it('asks for no bank account where a card was begun, nor for a code that may always be left out', () => {
    const bank = new Fake([...PRESETS.bank]);
    enter(form, bank);
    bank.optional = number.optional = true;
    number.empty = false;
    expect(isOptionalIn(form, bank)).to.equal(true);
    number.optional = false;
    code.optional = true;
    expect(isOptionalIn(form, code)).to.equal(true);
  });
});
