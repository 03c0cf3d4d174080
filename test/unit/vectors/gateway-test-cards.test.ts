import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {cardNumber} from '../../../widget/fields/card-number.ts';
import {readVectors, SKIP} from './vectors.ts';

interface Card {
  name: string;
  pan: string;
  /** Whether the check digit is valid. */
  luhn: boolean;
}

const CONTEXT = {brands: [], today: {year: 2026, month: 11}};

describe('cardNumber, with the test cards of a gateway', {skip: SKIP}, () => {
  const {cards = []} = readVectors('cards/gateway-test-cards.json') as {cards?: Card[]};

  it('has valid and invalid cards', () => {
    assert.ok(cards.some(({luhn}) => luhn) && cards.some(({luhn}) => !luhn));
  });

  for (const {name, pan, luhn} of cards)
    it(`${luhn ? 'accepts' : 'rejects'} ${name} ${pan}`, () => {
      const {text} = cardNumber.format(pan, pan.length);
      assert.equal(cardNumber.validate(text, CONTEXT).status === 'valid', luhn);
    });
});
