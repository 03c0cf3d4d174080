import {expect} from '@open-wc/testing';
import {LIVE_ATTRIBUTES, parseOptions} from '../../host-sdk/options.ts';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';

const DEFAULTS = {origin: 'https://pay.example', merchant: 'demo'};

/** The error that these attributes give. */
function refusal(dataset: DOMStringMap, defaults: DOMStringMap = DEFAULTS): SealedFieldsError {
  try {
    parseOptions(dataset, defaults);
  } catch (error) {
    if (error instanceof SealedFieldsError) return error;
  }
  throw new Error('nothing was refused');
}

describe('options', () => {
  it('needs nothing but origin and merchant', () => {
    expect(parseOptions({}, DEFAULTS)).to.deep.equal({
      origin: 'https://pay.example',
      merchant: 'demo',
      fields: ['cardNumber', 'expiry', 'securityCode'],
      locale: 'auto',
      looks: {scheme: 'auto', theme: {}, mistakes: []},
      layout: 'stacked',
      labels: {},
      placeholders: {},
      optional: false,
      autoAdvance: false,
      brand: undefined,
      names: {},
    });
  });

  it('knows the fields of a card and of a bank account by one word each, and any list', () => {
    const fields = (value: string) => parseOptions({fields: value}, DEFAULTS).fields;
    expect(fields(' card ')).to.deep.equal(['cardNumber', 'expiry', 'securityCode']);
    expect(fields('bank')).to.deep.equal(['routingNumber', 'accountNumber', 'accountNumberConfirmation']);
    expect(fields('accountType, routingNumber accountNumber')).to.deep.equal([
      'accountType',
      'routingNumber',
      'accountNumber',
    ]);
  });

  it('reads nothing out of the prototype of all objects', () => {
    const {prototype} = Object as unknown as {prototype: Record<string, unknown>};
    Object.assign(prototype, {origin: 'https://evil.example', theme: 'dark', names: '{}', optional: ''});
    try {
      expect(() => parseOptions({merchant: 'demo'}, {})).to.throw('data-origin');
      const {looks, optional} = parseOptions({merchant: 'demo'}, {origin: 'https://pay.example'});
      expect([looks.scheme, optional]).to.deep.equal(['auto', false]);
    } finally {
      for (const key of ['origin', 'theme', 'names', 'optional']) Reflect.deleteProperty(prototype, key);
    }
  });

  it('takes the element before the script', () => {
    const options = parseOptions(
      {merchant: 'other', theme: 'dark'},
      {...DEFAULTS, theme: 'light', locale: 'de'},
    );
    expect(options).to.include({merchant: 'other', locale: 'de'});
    expect(options.looks.scheme).to.equal('dark');
  });

  it('lets no element name another origin than the script has', () => {
    expect(parseOptions({origin: 'https://evil.example'}, DEFAULTS).origin).to.equal('https://pay.example');
    expect(parseOptions({origin: 'https://pay.example'}, {merchant: 'demo'}).origin).to.equal(
      'https://pay.example',
    );
  });

  it('reads a list of fields in the order of the page', () => {
    expect(parseOptions({fields: 'securityCode, expiry'}, DEFAULTS).fields).to.deep.equal([
      'securityCode',
      'expiry',
    ]);
    expect(parseOptions({fields: ' cardNumber\n'}, DEFAULTS).fields).to.deep.equal(['cardNumber']);
  });

  it('reads labels in both spellings, and caps them', () => {
    const node = document.createElement('div');
    node.setAttribute('data-label-card-number', 'Number');
    node.setAttribute('data-label-securityCode', 'Code');
    node.setAttribute('data-placeholder-expiry', 'x'.repeat(5000));
    const {labels, placeholders} = parseOptions(node.dataset, DEFAULTS);
    expect(labels).to.deep.equal({cardNumber: 'Number', securityCode: 'Code'});
    expect(placeholders.expiry).to.have.length(200);
  });

  it('hears of every spelling when it changes', () => {
    expect(LIVE_ATTRIBUTES).to.include.members([
      'data-label-card-number',
      'data-label-cardnumber',
      'data-placeholder-expiry',
    ]);
  });

  it('reads new names for form values', () => {
    const names = '{"cardNumber": "ccNumber", "securityCode": "ccCSC"}';
    expect(parseOptions({names}, DEFAULTS).names).to.deep.equal(JSON.parse(names));
  });

  it('takes a present flag, whatever its value', () => {
    expect(parseOptions({optional: '', autoAdvance: 'false'}, DEFAULTS)).to.include({
      optional: true,
      autoAdvance: true,
    });
  });

  const refused: [string, DOMStringMap][] = [
    ['data-merchant', {merchant: ''}],
    ['data-merchant', {merchant: '../evil'}],
    ['data-merchant', {merchant: 'Demo'}],
    ['data-origin', {origin: 'https://pay.example/'}],
    ['data-origin', {origin: 'https://pay.example/v1'}],
    ['data-origin', {origin: 'pay.example'}],
    ['data-origin', {origin: 'javascript:alert(1)'}],
    ['data-origin', {origin: 'https://user@pay.example'}],
    ['data-origin', {origin: 'ftp://pay.example'}],
    ['data-fields', {fields: ''}],
    ['data-fields', {fields: 'pin'}],
    ['data-fields', {fields: 'routingNumber accountNumberConfirmation'}],
    ['data-layout', {layout: 'compact'}],
    ['data-fields', {fields: 'constructor'}],
    ['data-fields', {fields: 'expiry expiry'}],
    ['data-locale', {locale: 'de_DE'}],
    ['data-brand', {brand: 'amex'}],
    ['data-names', {names: 'ccNumber'}],
    ['data-names', {names: '[]'}],
    ['data-names', {names: '{"cardNumber": 1}'}],
    ['data-names', {names: '{"cardNumber": "a b"}'}],
    ['data-names', {names: '{"cardNumber": "sealed_id"}'}],
    ['data-names', {names: '{"cardNumber": "x", "securityCode": "x"}'}],
  ];
  for (const [attribute, dataset] of refused) {
    it(`refuses ${JSON.stringify(dataset)} and names the attribute`, () => {
      const defaults = 'origin' in dataset ? {merchant: 'demo'} : DEFAULTS;
      const {code, message, hint, docs} = refusal(dataset, defaults);
      expect(code).to.equal('config-invalid');
      expect(message).to.match(new RegExp(`^${attribute}: expected .{5,}`));
      expect(hint).to.not.equal('');
      expect(docs).to.equal('docs/errors.md#config-invalid');
    });
  }

  it('says what is missing where there is no script', () => {
    expect(refusal({}, {}).message).to.match(/^data-origin/);
    expect(refusal({}, {origin: 'https://pay.example'}).message).to.match(/^data-merchant/);
  });
});
