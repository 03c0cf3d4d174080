import {expect} from '@open-wc/testing';
import {type Opening, parseOpening, writeOpening} from '../../../widget/protocol/opening.ts';

const OPENING: Opening = {
  channel: 'ffffffffffffffffffffffffffffffff',
  protocol: 1,
  fields: ['cardNumber', 'expiry', 'securityCode'],
  layout: 'inline',
  locale: 'en',
  colorScheme: 'dark',
  looks: 'own',
};

describe('opening', () => {
  it('reads what it wrote', () => {
    expect(parseOpening(writeOpening(OPENING))).to.deep.equal(OPENING);
  });

  it('takes the usual looks where an older page says nothing of them', () => {
    const query = new URLSearchParams(writeOpening(OPENING));
    query.delete('looks');
    expect(parseOpening(query.toString())).to.deep.equal({...OPENING, looks: 'usual'});
  });

  it('holds channel, protocol, fields, locale, color scheme and looks, and nothing else', () => {
    expect([...new URLSearchParams(writeOpening(OPENING)).keys()]).to.have.members(Object.keys(OPENING));
  });

  const broken: Record<string, Record<string, string>> = {
    'no channel': {channel: ''},
    'a short channel': {channel: 'ff'},
    'no field': {fields: ''},
    'an unknown field': {fields: 'cardNumber,pin'},
    'a field of the prototype': {fields: 'constructor'},
    'a field twice': {fields: 'expiry,expiry'},
    'a protocol that is no number': {protocol: 'x'},
    'protocol 0': {protocol: '0'},
    'protocol 1 in another spelling': {protocol: '1e0'},
    'a locale with markup': {locale: '<b>'},
    'two color schemes': {colorScheme: 'light dark'},
    'looks that there are not': {looks: ''},
  };
  for (const [what, change] of Object.entries(broken)) {
    it(`refuses ${what}`, () => {
      const query = new URLSearchParams(writeOpening(OPENING));
      for (const [key, value] of Object.entries(change)) query.set(key, value);
      expect(() => parseOpening(query.toString())).to.throw(TypeError);
    });
  }

  it('refuses an empty fragment and an endless one', () => {
    expect(() => parseOpening('')).to.throw(TypeError);
    expect(() => parseOpening(`${'x'.repeat(2000)}&${writeOpening(OPENING)}`)).to.throw(TypeError);
  });
});
