import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {type Form, marksOf, parseForm, saleOf, wayToPay} from '../../../demo/merchant/form.ts';

describe('parseForm', () => {
  it('parses names and values as a browser encodes them', () => {
    assert.deepEqual(parseForm('name=A+B&encrypted_number=a%2Bb%3D%3D&city=Z%C3%BCrich&empty='), {
      name: 'A B',
      encrypted_number: 'a+b==',
      city: 'Zürich',
      empty: '',
    });
  });

  it('accepts a repeated name with the same value, and rejects it with two different ones', () => {
    assert.deepEqual(parseForm('sealed_id=a&sealed_id=a'), {sealed_id: 'a'});
    assert.equal(parseForm('sealed_id=a&sealed_id=b'), undefined);
    assert.equal(parseForm('csc=&csc=b'), undefined);
  });

  it('treats hostile names as plain names', () => {
    const form = parseForm('__proto__=x&constructor=y') ?? {};
    assert.equal(Object.getPrototypeOf(form), Object.prototype);
    assert.equal(JSON.stringify(form), '{"__proto__":"x","constructor":"y"}');
  });
});

const ADDRESS = {name: 'A B', street: 'C 1', city: 'D', state: 'IL', zip: '62701'};
const BILLING = {name: 'A B', street_address: 'C 1', city: 'D', state: 'IL', zip: '62701'};
const CARD = {encrypted_number: 'n=', encrypted_csc: 'c=', expiration_month: '12', expiration_year: '2031'};
const ACCOUNT = {encrypted_routing_number: 'r=', encrypted_account_number: 'a='};

/** The gateway's call for a form, as the shop makes it. */
function callFor(form: Form) {
  const way = wayToPay(form);
  assert.ok(way);
  return {endpoint: way.endpoint, sale: saleOf(form, way, '42.00')};
}

describe('marksOf', () => {
  const marks = (form: Form) => marksOf(form, 'id').slice(1);

  it('are the id and one for each ciphertext', () => {
    const all = {
      ...ADDRESS,
      ...CARD,
      ...ACCOUNT,
      sealed: 'e.y.J',
      encrypted_other: 'AAAA',
      sealed_key_id: 'k',
    };
    assert.equal(marksOf(all, 'id')[0], 'id');
    assert.equal(marks(all).length, 5);
    assert.deepEqual(marks({...ADDRESS, expiration_month: '12', encrypted_csc: ''}), []);
  });

  it('are equal for the same bytes in any spelling of base64, under any name', () => {
    const [mark] = marks({encrypted_number: '+/+/AA=='});
    for (const value of ['+/+/AA==', '+/+/AA', '+/+/AB==', '-_-_AA==', '+/+/\r\nAA=='])
      for (const name of ['encrypted_number', 'encrypted_csc', 'sealed'])
        assert.deepEqual(marks({[name]: value}), [mark], value);
    assert.notEqual(marks({encrypted_number: '+/+/AAA='})[0], mark);
  });
});

describe('wayToPay and saleOf', () => {
  const rest = {amount: '42.00', billing_address: BILLING, integrator_id: 'sealed-fields-demo'};

  it('make a keyed sale from a card', () => {
    assert.deepEqual(callFor({...ADDRESS, ...CARD, ...ACCOUNT, number: '4', amount: '1'}), {
      endpoint: 'transactions/sale/keyed',
      sale: {
        ...rest,
        credit_card: {encrypted_number: 'n=', expiration_month: '12', expiration_year: '2031'},
        encrypted_csc: 'c=',
      },
    });
  });

  it('make a keyed sale from a card in one value, and pass it on unchanged', () => {
    assert.deepEqual(callFor({...ADDRESS, sealed: 'e.y.J', sealed_id: 'x'}), {
      endpoint: 'transactions/sale/keyed',
      sale: {...rest, sealed: 'e.y.J'},
    });
  });

  it('make a sale to the signed-in customer from a security code, whichever customer the form names', () => {
    const form = {...ADDRESS, ...CARD, pay_with: 'card-on-file', customer_id: 'isoline-2'};
    assert.deepEqual(callFor(form), {
      endpoint: 'transactions/sale/by_customer',
      sale: {...rest, customer_id: 'isoline-1', encrypted_csc: 'c='},
    });
  });

  it('make a sale by check from a bank account', () => {
    assert.deepEqual(callFor({...ADDRESS, ...CARD, ...ACCOUNT, pay_with: 'bank', account_number: '1'}), {
      endpoint: 'checks/sale/by_account',
      sale: {...rest, check: ACCOUNT},
    });
  });

  it('use the name on the card as billing name if the form has one', () => {
    const {sale} = callFor({...ADDRESS, ...CARD, card_name: 'E F'});
    assert.deepEqual((sale as {billing_address: object}).billing_address, {...BILLING, name: 'E F'});
  });
});
