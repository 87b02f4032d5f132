import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

describe('what is refused is refused in private, at once, and reaches no device', () => {
  it.each([
    ['a call for help', 'help', ANA, SUPPORT, /fgt-branch-07/],
    ['an unknown host', 'fgt-brnch-07', ANA, SUPPORT, /fgt-brnch-07[\s\S]*fgt-branch-07/],
    ['an address instead of an alias', '127.0.0.1', ANA, SUPPORT, /127\.0\.0\.1/],
    ['a person without a grant', 'fgt-hq', ANA, LOCKED, /no access/],
    ['a device outside the grant', 'fgt-branch-07', BEN, LOCKED, /fgt-branch-07/],
    ['an unknown option', 'fgt-hq --force', ANA, SUPPORT, /--force/],
  ])('%s', async (_, text, user, channel, expected) => {
    const before = system.slack.ephemeral(channel, user).length;
    const delivery = await system.check(text, user, channel);
    expect(delivery.status).toBe(200);
    await system.slack.until(() => system.slack.ephemeral(channel, user).length > before);
    expect(await system.whisper(channel, user)).toMatch(expected);
  });

  it('a device of others and a name that no device has: the same words', async () => {
    const told = async (name: string) => {
      const before = system.slack.ephemeral(LOCKED, BEN).length;
      await system.check(name, BEN, LOCKED);
      await system.slack.until(() => system.slack.ephemeral(LOCKED, BEN).length > before);
      return (await system.whisper(LOCKED, BEN)).replaceAll(/fgt-branch-\d+/g, 'NAME');
    };
    expect(await told('fgt-branch-07')).toBe(await told('fgt-branch-99'));
    expect(await told('history fgt-branch-07')).toBe(await told('history fgt-branch-99'));
  });

  it('many names in a row, at last without a look', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `fgt-guess-${index}`);
    for (const name of names) await system.check(name, 'U0GUESS', SUPPORT);
    await system.slack.until(() => system.slack.ephemeral(SUPPORT, 'U0GUESS').length >= names.length);
    const told = system.slack.ephemeral(SUPPORT, 'U0GUESS').map(({ text }) => text);
    expect(told.filter((text) => text.includes('There is no device named'))).toHaveLength(10);
    expect(told.filter((text) => text.includes('too many devices'))).toHaveLength(2);
    const audited = system.log.map((line) => JSON.parse(line)).filter(({ user }) => user === 'U0GUESS');
    expect(audited.filter(({ audit }) => audit === 'refused').map(({ reason }) => reason)).toEqual([
      ...Array<string>(10).fill('not-this-device'),
      ...Array<string>(2).fill('too-many-look-ups'),
    ]);
  });

  it.each([
    ['user_team', { user_team: 'T0OTHER' }],
    ['source_team', { source_team: 'T0OTHER' }],
    ['user_is_stranger', { user_is_stranger: true }],
  ])('somebody of another workspace in a granted channel (%s)', async (_, from) => {
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    const mention = { type: 'app_mention', user: ANA, channel: SUPPORT, text: 'fgt-branch-07', ts: '1700.1' };
    const { status } = await system.slack.event({ ...mention, ...from });
    expect(status).toBe(200);
    await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA).length > before);
    expect(system.slack.ephemeral(SUPPORT, ANA).at(-1)?.text).toMatch(/have no access in this channel/);
  });

  it('answers a command it does not know', async () => {
    const delivery = await system.slack.slash({
      command: '/ftm-chek',
      text: 'x',
      user: ANA,
      channel: SUPPORT,
    });
    expect(delivery.status).toBe(200);
    expect(delivery.tookMs).toBeLessThan(2900);
  });

  it('says nothing in public, and starts nothing', async () => {
    const visible = [SUPPORT, LOCKED].flatMap((channel) =>
      system.slack.messages(channel).filter(({ ephemeral_to: to }) => to === undefined),
    );
    expect(visible).toEqual([]);
    expect(system.simulator.commands).toEqual([]);
    expect(await system.backend.runs.byDevice('fgt-branch-07', 10)).toEqual([]);
    expect(system.slack.violations()).toEqual([]);
  });

  it('audits who was refused', () => {
    const audited = system.log.map((line) => JSON.parse(line)).filter(({ audit }) => audit === 'refused');
    expect(audited).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ user: ANA, channel: LOCKED, alias: 'fgt-hq' }),
        expect.objectContaining({ user: BEN, channel: LOCKED, alias: 'fgt-branch-07' }),
      ]),
    );
  });
});
