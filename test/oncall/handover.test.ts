import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boltLogger } from '../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../src/bot/slack/web-client.ts';
import { handOver, nextHandover, planHandover } from '../../src/oncall/engine/hand-over.ts';
import { eventJob, openJob } from '../../src/oncall/jobs.ts';
import { threadPort } from '../../src/oncall/thread/thread-port.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { BEN, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const HOUR = 3_600_000;

describe('the end of a shift', () => {
  const settings = { times: ['08:00', '20:00'], timeZone: 'Europe/Madrid', channel: SUPPORT };

  it.each([
    ['the next of the day', '2026-11-25T07:30:00Z', '2026-11-25T19:00:00Z'],
    ['not the one that is now', '2026-11-25T19:00:00Z', '2026-11-26T07:00:00Z'],
    ['the first of tomorrow', '2026-11-25T23:59:00Z', '2026-11-26T07:00:00Z'],
    ['at the same local time after summer time began', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00Z'],
    ['and after it ended', '2026-10-24T19:00:00Z', '2026-10-25T07:00:00Z'],
  ])('%s', (_, now, next) => {
    expect(new Date(nextHandover(settings, Date.parse(now))).toISOString()).toBe(next.replace('Z', '.000Z'));
  });
});

describe('a hand-over card', () => {
  let setup: TestEscalations;

  beforeEach(async () => {
    setup = await openTestEscalations({
      escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }], every: 90m } }
  handover: { channel: ${SUPPORT}, times: ["08:00", "20:00"], timeZone: UTC }
`,
    });
  });

  afterEach(async () => {
    await setup[Symbol.asyncDispose]();
  });

  const cards = () => setup.slack.messages(SUPPORT).filter(({ text }) => text.includes('Handover'));

  it('comes once per shift, says what is open and whose it is, and only where something is', async () => {
    const settings = setup.inventory.escalation?.handover;
    if (settings === undefined) throw new Error('no hand-over');
    await planHandover(settings, setup.parts());
    await planHandover(settings, setup.parts());
    expect(setup.pending().filter((id) => id.startsWith('handover.'))).toHaveLength(1);
    await setup.wait(12 * HOUR);
    expect(cards()).toEqual([]);

    const run = await setup.answer();
    const draft = setup.draft(run);
    setup.put(openJob(draft));
    await setup.wait(0);
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(12 * HOUR);
    expect(cards()).toHaveLength(1);
    const [card] = cards();
    expect(card?.text).toContain('1 open page');
    expect(card?.text).toContain('last verdict: broken');
    expect(card?.text).toContain(`next: <@${BEN}> fixes it`);
    expect(JSON.stringify(card?.blocks)).toContain('I take over');
    expect(setup.slack.violations()).toEqual([]);
  });

  it('is not posted again by whoever takes over a job half done', async () => {
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    const settings = setup.inventory.escalation?.handover;
    if (settings === undefined) throw new Error('no hand-over');
    const at = nextHandover(settings, setup.now - 12 * HOUR);
    await handOver(at, setup.parts());
    await handOver(at, setup.parts());
    expect(cards()).toHaveLength(1);
  });

  it('is not posted at a time that was taken out meanwhile, and the next one is planned', async () => {
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    const nine = Math.floor(setup.now / (24 * HOUR)) * 24 * HOUR + 9 * HOUR;
    await handOver(nine, setup.parts());
    expect(cards()).toEqual([]);
    expect(setup.pending().filter((id) => id.startsWith('handover.'))).toHaveLength(1);
  });
});

describe('a hand-over card with several workspaces', () => {
  it('is posted in the workspace of its settings, and shows the pages of that one', async () => {
    const other = await startLocalSlack({ team: 'T0OTHER', channels: [{ id: SUPPORT, name: 'support' }] });
    const test = await openTestEscalations({
      escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }], every: 90m } }
  handover: { channel: ${SUPPORT}, times: ["08:00"], timeZone: UTC }
`,
    });
    try {
      const clientOf = ({ botToken, apiUrl }: Pick<LocalSlack, 'botToken' | 'apiUrl'>) =>
        createDeliveryClient(botToken, { slackApiUrl: apiUrl, logger: boltLogger(silentLogger) });
      const [homeClient, otherClient] = [clientOf(test.slack), clientOf(other)];
      const base = test.parts();
      const handover = base.settings.handover;
      if (handover === undefined) throw new Error('no hand-over');
      const parts = {
        ...base,
        settings: { ...base.settings, handover: { ...handover, team: 'T0OTHER' } },
        thread: threadPort((team) => (team === 'T0OTHER' ? otherClient : homeClient), test.records),
      };
      for (const [alias, team] of [
        ['fgt-branch-07', 'T0HOME'],
        ['fgt-branch-08', 'T0OTHER'],
      ] as const) {
        const draft = test.draft(await test.answer({ alias }));
        test.put(openJob({ ...draft, thread: { ...draft.thread, team } }));
      }
      await test.wait(0, parts);
      await handOver(nextHandover(handover, test.now), parts);
      const posted = other.messages(SUPPORT).filter(({ text }) => text.includes('*Handover*'));
      expect(posted.map(({ text }) => text)).toEqual([expect.stringContaining('fgt-branch-08')]);
      expect(posted[0]?.text).not.toContain('fgt-branch-07');
      expect(test.slack.messages(SUPPORT).filter(({ text }) => text.includes('*Handover*'))).toEqual([]);
    } finally {
      await test[Symbol.asyncDispose]();
      await other.close();
    }
  });
});
