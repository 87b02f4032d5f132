import { expect, it } from 'vitest';
import { runNoise } from './run-noise.ts';

/** `npm run noise` runs a thousand. */
it('disturbed sessions claim nothing that the undisturbed device does not show', async () => {
  const { failures, same, errors } = await runNoise({ sessions: 24, seed: 1 });
  expect(failures).toEqual([]);
  expect(same).toBeGreaterThan(12);
  expect(errors.length).toBeLessThan(4);
});

it('a message in the context of a prompt does not cost the connection', async () => {
  // `(globsecondary's configuration is not in sync with primary's, sequence:3al)` in this session.
  const { failures } = await runNoise({ sessions: 1, seed: 100_038 });
  expect(failures).toEqual([]);
});

it('a message behind one VDOM and another within the next do not hide it', async () => {
  // `rt_num=46*ATTENTION*: …` and `name=campus/campus date=…` in this session.
  const { failures, errors } = await runNoise({ sessions: 1, seed: 300_190 });
  expect([...failures, ...errors]).toEqual([]);
});
