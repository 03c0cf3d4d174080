import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {parseForm} from '../../../demo/merchant/form.ts';

describe('parseForm', () => {
  it('reads names and values as a browser writes them', () => {
    assert.deepEqual(parseForm('name=A+B&encrypted_number=a%2Bb%3D%3D&city=Z%C3%BCrich&empty='), {
      name: 'A B',
      encrypted_number: 'a+b==',
      city: 'Zürich',
      empty: '',
    });
  });

  it('takes a name twice with one value, and refuses it with two', () => {
    assert.deepEqual(parseForm('sealed_id=a&sealed_id=a'), {sealed_id: 'a'});
    assert.equal(parseForm('sealed_id=a&sealed_id=b'), undefined);
    assert.equal(parseForm('csc=&csc=b'), undefined);
  });

  it('keeps hostile names as plain names', () => {
    const form = parseForm('__proto__=x&constructor=y') ?? {};
    assert.equal(Object.getPrototypeOf(form), Object.prototype);
    assert.equal(JSON.stringify(form), '{"__proto__":"x","constructor":"y"}');
  });
});
