import {inEngines} from '../../support/engines.ts';
import {registerLife} from './soak.ts';

inEngines('page and frame', (suite) => {
  const rounds = suite.engine === 'chromium' ? 20 : 2; // the other drivers do not measure the heap
  registerLife(suite, {rounds, seals: 500, seed: Date.now() % 2 ** 31}, 600_000);
});
