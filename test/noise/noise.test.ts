import { expect, it } from 'vitest';
import { runNoise } from './run-noise.ts';

/** `npm run noise` runs a thousand. */
it('disturbed sessions claim nothing that the undisturbed device does not show', async () => {
  const { failures, same, errors } = await runNoise({ sessions: 24, seed: 1 });
  expect(failures).toEqual([]);
  expect(same).toBeGreaterThan(12);
  expect(errors.length).toBeLessThan(4);
});
