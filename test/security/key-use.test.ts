import assert from 'node:assert/strict';
import type {Envelope} from '../../widget/protocol/envelope.ts';
import {typeCard} from '../e2e/shopper.ts';
import {openByHand, sealByHand} from './by-hand.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

inEngines({}, (scene) => {
  scene.prove('K12', 'two envelopes of one card share no ciphertext', async (page) => {
    const frame = await openByHand(page, scene.stage);
    await typeCard(page, frame, CANARY.card);
    const envelopes: Envelope[] = [];
    for (const request of [1, 2]) {
      const {payload} = await sealByHand(page, request, `${request}`.repeat(32));
      envelopes.push(payload['envelope'] as Envelope);
    }
    const [one, two] = envelopes.map(({values}) => Object.values(values));
    assert.ok(one && two);
    assert.deepEqual(scene.stage.open(one), scene.stage.open(two));
    assert.equal(new Set([...one, ...two]).size, 8);
    assert.deepEqual(
      envelopes.map(({id}) => id),
      ['1'.repeat(32), '2'.repeat(32)],
    );
  });
});
