import {inEngines} from '../e2e/scene.ts';
import {registerLife} from './soak.ts';

/** The other engines, which do not tell of their heap, are asked for a tenth. */
inEngines({}, (scene) => {
  const rounds = scene.engine === 'chromium' ? 20 : 2;
  registerLife(scene, {rounds, seals: 500, seed: Date.now() % 2 ** 31}, 600_000);
});
