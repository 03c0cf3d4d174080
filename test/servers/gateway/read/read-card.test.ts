import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {readCard, readSealedCard} from '../../../../demo/gateway/read/card.ts';
import {seal} from '../openssl.ts';
import {
  badRequest,
  bodyOf,
  errorsOf,
  NOON,
  openSandbox,
  PLAIN_SALE,
  sealedSale,
  unopenable,
  CARD_V3,
  sealedCardV3,
} from '../sandbox.ts';

const {clock, pair, sell} = openSandbox();
const {credit_card: card} = PLAIN_SALE;

const BAD_NUMBER = badRequest({35: ['Please provide a valid Credit Card Number.']});
const BAD_MONTH = badRequest({43: ['Please provide a valid Expiration Month.']});
const BAD_YEAR = badRequest({44: ['Please provide a valid Expiration Year.']});
const BAD_AMOUNT = badRequest({51: ['Please provide a valid Amount.']});

describe('a keyed sale', () => {
  it('is approved with sealed values', async () => {
    const response = await sell(sealedSale(pair));
    assert.equal(response.statusCode, 200);
    const {transaction_id: id, approval_code: code, ...rest} = response.json<Record<string, unknown>>();
    assert.deepEqual(rest, {
      success: true,
      response_code: 101,
      status_message: 'Your transaction was successfully approved.',
      approval_message: '  NO  MATCH - Approved and completed',
      avs_response: 'No Match',
      csc_response: 'Match',
      external_transaction_id: '',
      masked_card_number: 'xxxxxxxxxxxx5439',
    });
    assert.equal(typeof id, 'number');
    assert.match(String(code), /^TAS\d{3}$/);
  });

  it('is approved with plain values, and with a sealed number and a plain expiry', async () => {
    assert.equal(bodyOf(await sell(PLAIN_SALE))['response_code'], 101);
    const mixed = {encrypted_number: seal(pair, card.number), expiration_month: 9, expiration_year: 2031};
    assert.equal(bodyOf(await sell({amount: 1, credit_card: mixed}))['response_code'], 101);
  });

  it('accepts months and years as strings and as numbers', async () => {
    for (const [month, year] of [
      ['09', '31'],
      ['9', 31],
      [9, 2031],
    ]) {
      const answer = await sell({
        ...PLAIN_SALE,
        credit_card: {...card, expiration_month: month, expiration_year: year},
      });
      assert.equal(bodyOf(answer)['response_code'], 101, `${month} ${year}`);
    }
    for (const year of [25, '2025', '1999', 1999]) {
      const old = {...PLAIN_SALE, credit_card: {...card, expiration_year: year}};
      assert.equal(bodyOf(await sell(old))['approval_message'], '  EXPIRED CARD - Expired card', `${year}`);
    }
  });

  it('treats null as absent', async () => {
    const nulls = {csc: null, encrypted_csc: null, integrator_id: null};
    const credit_card = {...card, encrypted_number: null};
    const billing_address = {name: 'Sample Shopper', street_address: null, zip: null};
    const answer = bodyOf(await sell({...PLAIN_SALE, ...nulls, credit_card, billing_address}));
    assert.equal(answer['response_code'], 101);
    assert.equal(answer['csc_response'], '');
  });

  for (const amount of ['0.29', 0.29]) {
    it(`is declined for ${JSON.stringify(amount)}`, async () => {
      const response = await sell({...PLAIN_SALE, amount});
      assert.equal(response.statusCode, 200);
      const {transaction_id: id, ...rest} = response.json<Record<string, unknown>>();
      assert.equal(typeof id, 'number');
      assert.deepEqual(rest, {
        success: false,
        response_code: 102,
        status_message: 'Your transaction was not approved.',
        approval_code: '',
        approval_message: '    DECLINE - Do not honor',
        avs_response: 'No Match',
        csc_response: 'Match',
        external_transaction_id: '',
        masked_card_number: 'xxxxxxxxxxxx5439',
      });
    });
  }

  it('is declined for an expired card, from the moment its month has ended everywhere', async () => {
    const november = {...PLAIN_SALE, credit_card: {...card, expiration_month: 11, expiration_year: 2026}};
    try {
      clock.now = Date.UTC(2026, 11, 1, 11, 59, 59);
      assert.equal(bodyOf(await sell(november))['response_code'], 101);
      clock.now = Date.UTC(2026, 11, 1, 12);
      const answer = bodyOf(await sell(november));
      assert.equal(answer['response_code'], 102);
      assert.equal(answer['approval_message'], '  EXPIRED CARD - Expired card');
    } finally {
      clock.now = NOON;
    }
  });

  it('is approved for a number with the check digit of its brand: UnionPay needs none, Naranja has its own', async () => {
    const numbers = ['6221558812340000', '5895627823453005', '4222222222222', '180001638277392'];
    for (const number of numbers) {
      const answer = bodyOf(await sell({...PLAIN_SALE, credit_card: {...card, number}}));
      assert.equal(answer['response_code'], 101, number);
    }
  });

  it('keeps the length of the card number in the masked one', async () => {
    const amex = {...card, number: '371449635392376'};
    const answer = bodyOf(await sell({...PLAIN_SALE, credit_card: amex, csc: '9997'}));
    assert.equal(answer['masked_card_number'], 'xxxxxxxxxxx2376');
    assert.equal(answer['csc_response'], 'Match');
  });

  const codes: [string, string, string | undefined, string][] = [
    ['a test card’s code', '4012000098765439', '999', 'Match'],
    ['another code', '4012000098765439', '123', 'No Match'],
    ['any code of a card that is not a test card', '4111111111111111', '123', 'Match'],
    ['a code that is too long', '4111111111111111', '1234', 'No Match'],
    ['an American Express code that is too short', '378282246310005', '123', 'No Match'],
    ['letters', '4111111111111111', 'abc', 'No Match'],
    ['an empty code', '4111111111111111', '', 'No Match'],
    ['no code', '4111111111111111', undefined, ''],
  ];
  for (const [what, number, csc, expected] of codes) {
    it(`never declines for the code: ${what} is "${expected}"`, async () => {
      const sale = {amount: '1.00', credit_card: {...card, number}, ...(csc === undefined ? {} : {csc})};
      const answer = bodyOf(await sell(sale));
      assert.equal(answer['response_code'], 101);
      assert.equal(answer['csc_response'], expected);
    });
  }

  it('answers a code that does not decrypt like an empty code', async () => {
    const answer = bodyOf(await sell({...sealedSale(pair), encrypted_csc: 'AAAA'}));
    assert.equal(answer['csc_response'], 'No Match');
  });
});

describe('an invalid keyed sale', () => {
  const faults: [string, object, object][] = [
    ['a wrong check digit', {number: '4012000098765438'}, BAD_NUMBER],
    ['a wrong check digit of Naranja', {number: '5895620000000002'}, BAD_NUMBER],
    ['a number of zeros', {number: '0000000000000000'}, BAD_NUMBER],
    ['eleven digits', {number: '40120000985'}, BAD_NUMBER],
    ['twenty digits', {number: '40120000987654390000'}, BAD_NUMBER],
    ['a number with spaces', {number: '4012 0000 9876 5439'}, BAD_NUMBER],
    ['digits of another script', {number: '٤٠١٢٠٠٠٠٩٨٧٦٥٤٣٩'}, BAD_NUMBER],
    ['an empty number', {number: ''}, BAD_NUMBER],
    ['no number', {number: undefined}, BAD_NUMBER],
    ['a number that is a JSON number', {number: 4012000098765439}, BAD_NUMBER],
    ['a number both plain and sealed', {encrypted_number: seal(pair, card.number)}, BAD_NUMBER],
    ['month 0', {expiration_month: 0}, BAD_MONTH],
    ['month 13', {expiration_month: '13'}, BAD_MONTH],
    ['month 1.5', {expiration_month: 1.5}, BAD_MONTH],
    ['no month', {expiration_month: undefined}, BAD_MONTH],
    ['a year of three digits', {expiration_year: '203'}, BAD_YEAR],
    ['a year of one digit', {expiration_year: 9}, BAD_YEAR],
    ['no year', {expiration_year: undefined}, BAD_YEAR],
  ];
  for (const [what, change, expected] of faults) {
    it(`is rejected for ${what}`, async () => {
      const response = await sell({...PLAIN_SALE, credit_card: {...card, ...change}});
      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), expected);
    });
  }

  it('gets PayTrace’s recorded errors for a bad number, month 14 and the year 1999, which is valid', async () => {
    const worst = {number: '54545454545454', expiration_month: 14, expiration_year: 1999};
    assert.deepEqual((await sell({amount: '250.00', credit_card: worst})).json(), {
      ...BAD_NUMBER,
      errors: {...BAD_NUMBER.errors, ...BAD_MONTH.errors},
    });
  });

  it('gets all errors at once', async () => {
    const worst = {number: '1', expiration_month: '0', expiration_year: '0'};
    assert.deepEqual((await sell({amount: '-1', credit_card: worst})).json(), {
      ...BAD_NUMBER,
      errors: {...BAD_NUMBER.errors, ...BAD_MONTH.errors, ...BAD_YEAR.errors, ...BAD_AMOUNT.errors},
    });
    assert.deepEqual(errorsOf(await sell({})), ['35', '43', '44', '51']);
    assert.deepEqual(errorsOf(await sell({...PLAIN_SALE, credit_card: {}, csc: 999})), [
      '35',
      '43',
      '44',
      'csc',
    ]);
  });

  const shapes: [string, object, string[]][] = [
    ['a card that is a text', {credit_card: '4012000098765439'}, ['35', '43', '44']],
    ['a card that is a list', {credit_card: [card]}, ['35', '43', '44']],
    ['a sealed number that is an object', {credit_card: {...card, encrypted_number: {}}}, ['35']],
    [
      'a list of one sealed number',
      {credit_card: {...card, number: null, encrypted_number: [seal(pair, card.number)]}},
      ['35'],
    ],
    ['a sealed month that is a number', {credit_card: {...card, encrypted_expiration_month: 12}}, ['43']],
    ['a code that is a number', {csc: 999}, ['csc']],
    ['a sealed code that is a list', {csc: undefined, encrypted_csc: []}, ['csc']],
  ];
  for (const [what, change, keys] of shapes) {
    it(`is rejected for ${what}`, async () => {
      const response = await sell({...PLAIN_SALE, ...change});
      assert.equal(response.statusCode, 400);
      assert.deepEqual(errorsOf(response), keys);
    });
  }
});

describe('a sealed card value that does not decrypt', () => {
  const send = (number: string) =>
    sell({...sealedSale(pair), credit_card: {...sealedSale(pair).credit_card, encrypted_number: number}});

  const ciphertexts = [...unopenable(pair, card.number), ['letters inside', seal(pair, '4012x00098765439')]];
  for (const [what = '', ciphertext = ''] of ciphertexts) {
    it(`gets byte for byte the response to an invalid number: ${what}`, async () => {
      const bad = await send(seal(pair, '4012000098765438'));
      const answer = await send(ciphertext);
      assert.equal(answer.statusCode, 400);
      assert.equal(answer.payload, bad.payload);
      assert.deepEqual(answer.json(), BAD_NUMBER);
      assert.deepEqual({...answer.headers, date: ''}, {...bad.headers, date: ''});
    });
  }

  it('gets the response to an invalid month or year in those members', async () => {
    const {credit_card: sealed, ...rest} = sealedSale(pair);
    const lost = {...sealed, encrypted_expiration_month: 'AAAA', encrypted_expiration_year: 'AAAA'};
    assert.deepEqual((await sell({...rest, credit_card: lost})).json(), {
      ...BAD_MONTH,
      errors: {...BAD_MONTH.errors, ...BAD_YEAR.errors},
    });
  });

  it('costs as many decryptions as a valid one, in every member', () => {
    for (const bad of ['none', 'number', 'month', 'year', 'code']) {
      const opened: string[] = [];
      const request = {
        credit_card: {
          encrypted_number: 'number',
          encrypted_expiration_month: 'month',
          encrypted_expiration_year: 'year',
        },
        encrypted_csc: 'code',
      };
      const open = (sealed: string) => {
        opened.push(sealed);
        return sealed === bad ? undefined : {number: card.number, month: '12', year: '2031'}[sealed];
      };
      readCard(request, {open});
      assert.deepEqual(opened, ['number', 'month', 'year', 'code'], bad);
    }
  });
});

describe('a keyed sale of version 3', () => {
  const sellV3 = (change: object = {}, cardChange: object = {}) => {
    const sale = sealedCardV3(pair);
    return sell({...sale, ...change, card: {...sale.card, ...cardChange}}, CARD_V3);
  };

  it('is approved, with the response of version 1 and a copy of it in `data`', async () => {
    const response = await sellV3();
    assert.equal(response.statusCode, 200);
    const {status, data, ...rest} = response.json<Record<string, unknown>>();
    assert.equal(status, 'success');
    assert.deepEqual(data, rest);
    assert.equal(rest['response_code'], 101);
    assert.equal(rest['csc_response'], 'Match');
    assert.equal(rest['masked_card_number'], 'xxxxxxxxxxxx5439');
  });

  it('is declined with 200 for 0.29', async () => {
    const response = await sellV3({amount: 0.29});
    assert.equal(response.statusCode, 200);
    assert.equal(bodyOf(response)['status'], 'failure');
    assert.equal(bodyOf(response)['response_code'], 102);
  });

  it('is approved without a code and with a wrong one', async () => {
    assert.equal(bodyOf(await sellV3({csc: undefined}))['csc_response'], '');
    assert.equal(bodyOf(await sellV3({csc: seal(pair, '123')}))['csc_response'], 'No Match');
  });

  const refused: [string, object, object, string[]][] = [
    ['a plaintext number', {}, {number: card.number}, ['35']],
    ['no number', {}, {number: undefined}, ['35']],
    [
      'a number under version 1’s name',
      {},
      {number: null, encrypted_number: seal(pair, card.number)},
      ['35'],
    ],
    ['a plaintext code', {csc: '999'}, {}, ['csc']],
    ['a code of letters', {csc: seal(pair, 'abc')}, {}, ['csc']],
    ['a code that is a number', {csc: 999}, {}, ['csc']],
    ['no merchant', {merchant_id: undefined}, {}, ['merchant_id']],
    ['a merchant that is not a number', {merchant_id: 'isoline'}, {}, ['merchant_id']],
    ['month 13', {}, {expiration_month: 13}, ['43']],
  ];
  for (const [what, change, cardChange, keys] of refused) {
    it(`is rejected with 422 for ${what}`, async () => {
      const response = await sellV3(change, cardChange);
      assert.equal(response.statusCode, 422);
      assert.deepEqual(errorsOf(response), keys);
      assert.equal(bodyOf(response)['status'], 'failure');
    });
  }

  it('costs as many decryptions as a valid one, whichever value is invalid', () => {
    for (const bad of ['none', 'number', 'code']) {
      const opened: string[] = [];
      const open = (sealed: string) => {
        opened.push(sealed);
        return sealed === bad ? undefined : {number: card.number, code: '999'}[sealed];
      };
      readSealedCard({card: {number: 'number', expiration_month: 0}, csc: 'code'}, {open});
      assert.deepEqual(opened.sort(), ['code', 'number'], bad);
    }
  });
});
