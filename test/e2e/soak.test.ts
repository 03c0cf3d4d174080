import {registerLife} from '../soak/soak.ts';
import {inEngines} from './scene.ts';

/** `npm run soak` in little. */
inEngines({}, (scene) => {
  registerLife(scene, {rounds: 2, seals: scene.engine === 'chromium' ? 150 : 40, seed: 20261124}, 60_000);
});
