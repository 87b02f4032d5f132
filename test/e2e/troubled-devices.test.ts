import { describe, expect, it } from 'vitest';
import type { FtmErrorCode } from '../../src/engine/ftm-error.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystemOptions } from './test-system.ts';

const OTHER_KEY = `SHA256:${'A'.repeat(43)}`;

const FAILURES: readonly (readonly [string, FtmErrorCode, TestSystemOptions])[] = [
  ['a wrong password', 'ftm_device_auth_failed', { password: 'wrong' }],
  ['another host key than the pinned one', 'ftm_host_key_changed', { hostKeys: [OTHER_KEY] }],
  ['no pinned host key', 'ftm_host_key_unknown', { hostKeys: [] }],
  [
    'a device that falls silent',
    'ftm_device_timeout',
    { behaviour: { silentAfter: 'authentication' }, device: '    timeouts: { connect: 1s, job: 5s }' },
  ],
  ['a password that must be changed', 'ftm_device_dialogue', { behaviour: { forcePasswordChange: true } }],
];

describe('a device in trouble', () => {
  it.each(FAILURES)('%s: says so in the thread, with advice', async (_, code, options) => {
    await using system = await startTestSystem(options);
    await system.check();
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    if (run?.outcome?.kind !== 'failed') throw new Error('diagnosed');
    expect(run.outcome.code).toBe(code);
    const answer = system.slack.thread(SUPPORT, run.rootTs ?? '').find(({ ts }) => ts === run.answerTs);
    expect(answer?.text).toContain('fgt-branch-07');
    expect(run.outcome.advice).toMatch(/\w/);
    expect(system.slack.violations()).toEqual([]);
  });

  it('that is down is tried twice and then reported', async () => {
    await using system = await startTestSystem();
    await system.simulator.close();
    await system.check();
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    expect(run?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_device_unreachable' });
    expect(system.log.filter((line) => line.includes('run has no diagnosis'))).toHaveLength(2);
  });

  it('is not asked for the password again: that locks accounts', async () => {
    await using system = await startTestSystem({ password: 'wrong' });
    await system.check();
    await system.answered({ alias: 'fgt-branch-07' });
    expect(system.simulator.refusedLogins()).toBe(1);
  });

  it.each([
    ['asks to accept a disclaimer', { postLoginBanner: 'Authorised use only.\nBe nice.' }],
    ['answers byte by byte', { chunkBytes: 64, trickleMs: 1 }],
    ['may not use diagnose', { diagnose: false }],
  ])('that %s is diagnosed all the same', async (_, behaviour) => {
    await using system = await startTestSystem({ behaviour });
    await system.check();
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    expect(run?.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'broken' } });
  });

  it('is read once for two people who ask the same, and both are answered', async () => {
    await using system = await startTestSystem({ behaviour: { commandDelayMs: 40 } });
    await system.check('fgt-branch-07', ANA);
    await system.check('fgt-branch-07', BEN);
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 2);
    expect(new Set(runs.map(({ rootTs }) => rootTs)).size).toBe(2);
    for (const run of runs) expect(run.outcome?.kind).toBe('diagnosed');
    expect(system.simulator.commands.filter((line) => line === 'get system status')).toHaveLength(1);
    const posted = system.slack.calls('chat.postMessage').map(({ args }) => String(args.text));
    expect(posted.join('\n')).toMatch(/(?:Ana Ruiz|Somebody) asked the same question \d+ s ago/);
  });
});
