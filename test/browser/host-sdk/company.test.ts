import {expect} from '@open-wc/testing';
import {brandBeside, enter, isOptionalIn, type Member, tellOthers} from '../../../host-sdk/company.ts';
import {type Brand, type FieldName, PRESETS} from '../../../widget/protocol/names.ts';

class FakeMember implements Member {
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

describe('the elements of one form', () => {
  let form: HTMLFormElement;
  let number: FakeMember;
  let code: FakeMember;
  let leave: () => void;

  beforeEach(() => {
    form = document.createElement('form');
    number = new FakeMember(['cardNumber']);
    code = new FakeMember(['securityCode']);
    leave = enter(form, number);
    enter(form, code);
    number.news = code.news = 0;
  });

  it('notify each other, not other forms, when one enters, changes or leaves', () => {
    enter(form, new FakeMember(['expiry']));
    expect([number.news, code.news]).to.deep.equal([1, 1]);
    tellOthers(form, code);
    expect([number.news, code.news]).to.deep.equal([2, 1]);
    leave();
    expect([number.news, code.news]).to.deep.equal([2, 2]);
    enter(document.createElement('form'), new FakeMember(['expiry']));
    expect([number.news, code.news]).to.deep.equal([2, 2]);
  });

  it('share the brand of a card number that is enabled', () => {
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

  it('make an optional card optional as a whole only', () => {
    expect(isOptionalIn(form, code)).to.equal(false);
    number.optional = code.optional = true;
    expect([isOptionalIn(form, number), isOptionalIn(form, code)]).to.deep.equal([true, true]);
    number.empty = false;
    expect([isOptionalIn(form, number), isOptionalIn(form, code)]).to.deep.equal([true, false]);
    number.disabled = true;
    expect(isOptionalIn(form, code)).to.equal(true);
  });

  it('keep an optional bank account next to a started card, and an optional code next to a required number, optional', () => {
    const bank = new FakeMember([...PRESETS.bank]);
    enter(form, bank);
    bank.optional = number.optional = true;
    number.empty = false;
    expect(isOptionalIn(form, bank)).to.equal(true);
    number.optional = false;
    code.optional = true;
    expect(isOptionalIn(form, code)).to.equal(true);
  });
});
