import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {readAccount} from '../../../../demo/gateway/read/account.ts';
import {seal} from '../openssl.ts';
import {
  badRequest,
  CHECK,
  CHECK_SALE,
  CHECK_V3,
  errorsOf,
  openSandbox,
  sealedCheck,
  sealedCheckV3,
  unopenable,
} from '../sandbox.ts';

const {pair, sell: sellAt} = openSandbox();
const sell = (sale: object) => sellAt(sale, CHECK_SALE);
const {check} = CHECK;

const BAD_ACCOUNT = badRequest({45: ['Please provide a valid Checking Account Number.']});
const BAD_ROUTING = badRequest({46: ['Please provide a valid Transit Routing Number.']});
const BAD_BOTH = badRequest({...BAD_ACCOUNT.errors, ...BAD_ROUTING.errors});

/** The errors of a plaintext account. */
function faultsOf(account_number: string, routing_number: string) {
  const reading = readAccount({check: {account_number, routing_number}}, {open: () => undefined});
  return 'errors' in reading ? reading.errors : [];
}

/** A routing number from eight digits: adds the check digit, by the weights 3, 7, 1. */
function withCheckDigit(eight: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = Array.from(eight, Number);
  return `${eight}${(1000 - (3 * (a + d + g) + 7 * (b + e + h) + c + f)) % 10}`;
}

describe('a sale by check', () => {
  it('is processed with sealed values', async () => {
    const response = await sell(sealedCheck(pair));
    assert.equal(response.statusCode, 200);
    const {check_transaction_id: id, ...rest} = response.json<Record<string, unknown>>();
    assert.deepEqual(rest, {
      success: true,
      response_code: 120,
      status_message: 'Your check was successfully processed.',
    });
    assert.equal(typeof id, 'number');
  });

  it('is processed with plain values, and with one sealed and one plain', async () => {
    assert.equal((await sell(CHECK)).statusCode, 200);
    const mixed = {encrypted_account_number: seal(pair, '4321'), routing_number: check.routing_number};
    assert.equal((await sell({...CHECK, check: mixed})).statusCode, 200);
  });

  it('is not processed for 0.29, but gets a transaction number', async () => {
    const response = await sell({...sealedCheck(pair), amount: '0.29'});
    assert.equal(response.statusCode, 200);
    const {check_transaction_id: id, ...rest} = response.json<Record<string, unknown>>();
    assert.deepEqual(rest, {
      success: false,
      response_code: 125,
      status_message: 'Your check was NOT successfully processed.',
      ach_code: 0,
      ach_message: '',
    });
    assert.equal(typeof id, 'number');
  });
});

describe('an account number', () => {
  for (const number of ['0000', '0012', '1234', '12345678901234567', '00000000000000001'])
    it(`may be ${number}`, () => {
      assert.deepEqual(faultsOf(number, '325070760'), []);
    });

  it('has 4 to 17 digits', () => {
    for (let length = 0; length <= 40; length++) {
      const expected = length >= 4 && length <= 17 ? [] : [45];
      assert.deepEqual(faultsOf('0'.repeat(length), '325070760'), expected, `${length} digits`);
    }
  });

  const faults: [string, object][] = [
    ['three digits', {account_number: '123'}],
    ['eighteen digits', {account_number: '123456789012345678'}],
    ['a space', {account_number: '1234 5678'}],
    ['a line break at the end', {account_number: '12345678\n'}],
    ['a dash', {account_number: '1234-5678'}],
    ['letters', {account_number: '12345678AB'}],
    ['digits of another script', {account_number: '١٢٣٤٥٦٧٨'}],
    ['an empty string', {account_number: ''}],
    ['no value', {account_number: undefined}],
    ['a JSON number', {account_number: 12345678}],
    ['a value both plain and sealed', {encrypted_account_number: seal(pair, '0012345678')}],
    ['a sealed value that is an object', {encrypted_account_number: {}}],
    [
      'a sealed value of three digits',
      {account_number: undefined, encrypted_account_number: seal(pair, '123')},
    ],
  ];
  for (const [what, change] of faults) {
    it(`is rejected for ${what}`, async () => {
      const response = await sell({...CHECK, check: {...check, ...change}});
      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), BAD_ACCOUNT);
    });
  }
});

describe('a routing number', () => {
  it('begins with a Federal Reserve prefix', () => {
    const good = new Set<number>([15, 80]);
    for (const [first, last] of [
      [0, 12],
      [21, 32],
      [61, 72],
    ] as const)
      for (let prefix = first; prefix <= last; prefix++) good.add(prefix);
    for (let prefix = 0; prefix < 100; prefix++) {
      for (const middle of ['107076', '500001']) {
        const number = withCheckDigit(String(prefix).padStart(2, '0') + middle);
        assert.deepEqual(faultsOf('0012345678', number), good.has(prefix) ? [] : [46], number);
      }
    }
  });

  it('is not zero, which the check digit does not detect', () => {
    assert.deepEqual(faultsOf('0012345678', '000000000'), [46]);
  });

  it('has a check digit that detects every change of one digit', () => {
    for (const number of ['325070760', '011000015', '021000021', '122105155', '800000019']) {
      assert.deepEqual(faultsOf('0012345678', number), [], number);
      for (let place = 0; place < 9; place++) {
        for (const digit of '0123456789'.replace(number.charAt(place), '')) {
          const changed = number.slice(0, place) + digit + number.slice(place + 1);
          assert.deepEqual(faultsOf('0012345678', changed), [46], changed);
        }
      }
    }
  });

  it('has a check digit that detects two swapped adjacent digits, unless they differ by five', () => {
    for (const number of ['325070760', '122105155', '071000013']) {
      assert.deepEqual(faultsOf('0012345678', number), [], number);
      for (let place = 2; place < 8; place++) {
        const [one, other] = [number.charAt(place), number.charAt(place + 1)];
        const changed = number.slice(0, place) + other + one + number.slice(place + 2);
        const unseen = Math.abs(Number(one) - Number(other)) % 5 === 0;
        if (!unseen) assert.deepEqual(faultsOf('0012345678', changed), [46], changed);
      }
    }
  });

  const faults: [string, object][] = [
    ['eight digits', {routing_number: '32507076'}],
    ['ten digits', {routing_number: '3250707600'}],
    ['a wrong check digit', {routing_number: '325070761'}],
    ['an unassigned prefix', {routing_number: withCheckDigit('13000000')}],
    ['a space', {routing_number: '3250 70760'}],
    ['a line break at the end', {routing_number: '325070760\n'}],
    ['letters', {routing_number: '32507O760'}],
    ['digits of another script', {routing_number: '٣٢٥٠٧٠٧٦٠'}],
    ['an empty string', {routing_number: ''}],
    ['no value', {routing_number: undefined}],
    ['a JSON number', {routing_number: 325070760}],
    ['a value both plain and sealed', {encrypted_routing_number: seal(pair, '325070760')}],
    ['a sealed value that is a list', {encrypted_routing_number: []}],
  ];
  for (const [what, change] of faults) {
    it(`is rejected for ${what}`, async () => {
      const response = await sell({...CHECK, check: {...check, ...change}});
      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), BAD_ROUTING);
    });
  }
});

describe('an invalid sale by check', () => {
  it('gets all errors at once', async () => {
    const worst = {account_number: '1', routing_number: '1'};
    assert.deepEqual((await sell({...CHECK, check: worst})).json(), BAD_BOTH);
    assert.deepEqual((await sell({...CHECK, check: {}})).json(), BAD_BOTH);
    assert.deepEqual(errorsOf(await sell({amount: '-1', check: worst})), ['45', '46', '51']);
    assert.deepEqual(errorsOf(await sell({})), ['45', '46', '51']);
    assert.deepEqual(errorsOf(await sell({...CHECK, check: '325070760'})), ['45', '46']);
  });

  const {encrypted_account_number: account, encrypted_routing_number: routing} = sealedCheck(pair).check;
  const refused: [string, string, (ciphertext: string) => object, object][] = [
    [
      'account',
      '123',
      (sent) => ({encrypted_account_number: sent, encrypted_routing_number: routing}),
      BAD_ACCOUNT,
    ],
    [
      'routing',
      '325070761',
      (sent) => ({encrypted_account_number: account, encrypted_routing_number: sent}),
      BAD_ROUTING,
    ],
  ];
  for (const [which, badText, put, expected] of refused) {
    for (const [what, ciphertext] of unopenable(pair, check.routing_number)) {
      it(`gets byte for byte the response to an invalid ${which} number if it does not decrypt: ${what}`, async () => {
        const bad = await sell({...CHECK, check: put(seal(pair, badText))});
        const answer = await sell({...CHECK, check: put(ciphertext)});
        assert.equal(answer.statusCode, 400);
        assert.equal(answer.payload, bad.payload);
        assert.deepEqual(answer.json(), expected);
        assert.deepEqual({...answer.headers, date: ''}, {...bad.headers, date: ''});
      });
    }
  }

  it('costs as many decryptions as a valid one, whichever value is invalid', () => {
    const texts: Readonly<Record<string, string>> = {account: '0012345678', routing: '325070760'};
    for (const bad of ['none', 'account', 'routing']) {
      for (const found of [undefined, 'x']) {
        const opened: string[] = [];
        const sent = {encrypted_account_number: 'account', encrypted_routing_number: 'routing'};
        const open = (sealed: string) => {
          opened.push(sealed);
          return sealed === bad ? found : texts[sealed];
        };
        readAccount({check: sent}, {open});
        assert.deepEqual(opened, ['account', 'routing'], bad);
      }
    }
  });
});

describe('a check of version 3', () => {
  const pay = (change: object = {}, accountChange: object = {}) => {
    const sale = sealedCheckV3(pair);
    return sellAt({...sale, ...change, bank_account: {...sale.bank_account, ...accountChange}}, CHECK_V3);
  };

  for (const std_entry_class of ['CCD', 'PPD', 'WEB', 'TEL']) {
    it(`is processed with the entry class ${std_entry_class}`, async () => {
      const response = await pay({std_entry_class});
      assert.equal(response.statusCode, 200);
      const {status, data, ...rest} = response.json<Record<string, unknown>>();
      assert.equal(status, 'success');
      assert.deepEqual(data, rest);
      assert.equal(rest['response_code'], 120);
    });
  }

  const refused: [string, object, object, string[]][] = [
    ['a plaintext account', {}, {account_number: '0012345678'}, ['45']],
    ['a plaintext routing number', {}, {routing_number: '325070760'}, ['46']],
    ['neither', {}, {account_number: null, routing_number: null}, ['45', '46']],
    ['a wrong check digit', {}, {routing_number: seal(pair, '325070761')}, ['46']],
    ['another entry class', {std_entry_class: 'ccd'}, {}, ['std_entry_class']],
    ['no entry class', {std_entry_class: null}, {}, ['std_entry_class']],
    ['no merchant', {merchant_id: null}, {}, ['merchant_id']],
    ['no amount', {amount: null}, {}, ['51']],
  ];
  for (const [what, change, accountChange, keys] of refused) {
    it(`is rejected with 422 for ${what}`, async () => {
      const response = await pay(change, accountChange);
      assert.equal(response.statusCode, 422);
      assert.deepEqual(errorsOf(response), keys);
    });
  }
});
