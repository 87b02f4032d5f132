import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANA, BEN, type House, LOCKED, openHouse, SUPPORT } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

describe('what is refused is refused in private, at once, and reaches no device', () => {
  it.each([
    ['a call for help', 'help', ANA, SUPPORT, /fgt-branch-07/],
    ['an unknown host', 'fgt-brnch-07', ANA, SUPPORT, /fgt-brnch-07[\s\S]*fgt-branch-07/],
    ['an address instead of an alias', '127.0.0.1', ANA, SUPPORT, /127\.0\.0\.1/],
    ['a person without a grant', 'fgt-hq', ANA, LOCKED, /not/],
    ['a device outside the grant', 'fgt-branch-07', BEN, LOCKED, /fgt-branch-07/],
    ['an unknown option', 'fgt-hq --force', ANA, SUPPORT, /--force/],
  ])('%s', async (_, text, user, channel, expected) => {
    const before = house.slack.ephemeral(channel, user).length;
    const delivery = await house.check(text, user, channel);
    expect(delivery.status).toBe(200);
    await house.slack.until(() => house.slack.ephemeral(channel, user).length > before);
    expect(await house.whisper(channel, user)).toMatch(expected);
  });

  it('answers a command it does not know', async () => {
    const delivery = await house.slack.slash({
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
      house.slack.messages(channel).filter(({ ephemeral_to: to }) => to === undefined),
    );
    expect(visible).toEqual([]);
    expect(house.simulator.commands).toEqual([]);
    expect(await house.backend.runs.byDevice('fgt-branch-07', 10)).toEqual([]);
    expect(house.slack.violations()).toEqual([]);
  });

  it('audits who was refused', () => {
    const audited = house.log.map((line) => JSON.parse(line)).filter(({ audit }) => audit === 'refused');
    expect(audited).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ user: ANA, channel: LOCKED, alias: 'fgt-hq' }),
        expect.objectContaining({ user: BEN, channel: LOCKED, alias: 'fgt-branch-07' }),
      ]),
    );
  });
});
