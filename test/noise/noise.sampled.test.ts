import { expect, it } from 'vitest';
import { AMOUNT } from '../support/amount.ts';
import { runNoise } from './run-noise.ts';

/** `npm run noise` runs a thousand. Tests of this file run at the same time: they mostly wait. */
const SESSIONS = AMOUNT === 'sample' ? 4 : 24;

it.concurrent('disturbed sessions claim nothing that the undisturbed device does not show', async () => {
  const { failures, same, errors } = await runNoise({ sessions: SESSIONS, seed: 1 });
  expect(failures).toEqual([]);
  expect(same).toBeGreaterThan(SESSIONS / 2);
  expect(errors.length).toBeLessThan(SESSIONS / 6);
});

it.concurrent('a message in the context of a prompt does not cost the connection', async () => {
  // `(globsecondary's configuration is not in sync with primary's, sequence:3al)` in this session.
  const { failures } = await runNoise({ sessions: 1, seed: 100_038 });
  expect(failures).toEqual([]);
});

it.concurrent('a message behind one VDOM and another within the next do not hide it', async () => {
  // `rt_num=46*ATTENTION*: …` and `name=campus/campus date=…` in this session.
  const { failures, errors } = await runNoise({ sessions: 1, seed: 300_190 });
  expect([...failures, ...errors]).toEqual([]);
});

it.concurrent.each([
  // An echo cut to pieces, and messages in the output of the repetition.
  [400_622],
  // The same in one session with a lost connection.
  [200_131],
])('session %i sends no command a third time', async (seed) => {
  const { failures, errors } = await runNoise({ sessions: 1, seed });
  expect([...failures, ...errors]).toEqual([]);
});

it.concurrent.each([
  // Messages in two prompts of a sign-in.
  [200_007],
  // A new hostname, and messages in the prompts that show it.
  [200_013],
])('session %i reads everything: no prompt is waited for in vain', async (seed) => {
  expect(await runNoise({ sessions: 1, seed })).toMatchObject({ same: 1, errors: [], failures: [] });
});
