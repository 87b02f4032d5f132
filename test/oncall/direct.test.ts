import { afterEach, describe, expect, it } from 'vitest';
import { eventJob, openJob } from '../../src/oncall/jobs.ts';
import { ANA, BEN, CHI, openTestEscalations, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let setup: TestEscalations;

afterEach(async () => {
  await setup[Symbol.asyncDispose]();
});

async function page(levels: string, more = '') {
  setup = await openTestEscalations({
    escalation: `
  routes:
    team: { kind: slack, every: 10m, levels: [${levels}] }
${more}
`,
  });
  const run = await setup.answer();
  const draft = setup.draft(run, { impact: 'nobody at the branch can work' });
  return { run, draft };
}

function texts(thread: string): string {
  return setup
    .said(thread)
    .map(({ text }) => text)
    .join('\n---\n');
}

const NEVER = `
  schedules:
    later: { timeZone: UTC, rotations: [{ people: [${ANA}], starts: "2090-01-02T08:00" }] }`;

describe('a page that is acknowledged and still open', () => {
  const acknowledged = (user: string) => ({ kind: 'acknowledged', by: { via: 'slack', user } }) as const;

  it('reminds the person again and again until it is resolved', async () => {
    const { draft } = await page(`{ user: ${BEN} }`, '  remind: 2h');
    setup.put(openJob(draft));
    await setup.wait(0);
    setup.put(eventJob(draft.key, acknowledged(CHI), 'a'));
    await setup.wait(120 * MINUTE - 1);
    expect(setup.direct(CHI)).toEqual([]);
    await setup.wait(1);
    expect(setup.direct(CHI).map(({ text }) => text)).toEqual([
      expect.stringMatching(new RegExp(`^<@${CHI}> acknowledged this .* still open: `)),
    ]);
    const shown = JSON.stringify(setup.direct(CHI)[0]?.blocks);
    expect(shown).toContain('Resolved');
    expect(shown).not.toContain('I am on it');
    await setup.wait(120 * MINUTE);
    expect(setup.direct(CHI)).toHaveLength(2);
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: CHI } }, 'r'));
    await setup.wait(600 * MINUTE);
    expect(setup.direct(CHI)).toHaveLength(2);
    expect(setup.pending()).toEqual([]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('pages again when it is forgotten, and once more when it is forgotten again', async () => {
    const { draft, run } = await page(`{ user: ${BEN} }, { user: ${CHI} }`, '  acknowledgedFor: 30m');
    setup.put(openJob(draft));
    await setup.wait(0);
    for (const round of [1, 2, 3]) {
      expect(setup.direct(BEN)).toHaveLength(round);
      setup.put(eventJob(draft.key, acknowledged(BEN), `a${round}`));
      await setup.wait(30 * MINUTE - 1);
      expect(setup.direct(BEN)).toHaveLength(round);
      await setup.wait(1);
    }
    expect(texts(run.rootTs)).toContain('not resolved in time after the acknowledgement: paging again');
    await setup.wait(10 * MINUTE);
    expect(setup.direct(CHI)).toHaveLength(1);
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: CHI } }, 'r'));
    await setup.wait(600 * MINUTE);
    expect([setup.direct(BEN).length, setup.direct(CHI).length]).toEqual([4, 1]);
    expect(setup.pending()).toEqual([]);
  });

  it('reminds in the thread if the person is not in Slack', async () => {
    const { run, draft } = await page(`{ user: ${BEN} }`, '  remind: 2h');
    setup.put(openJob(draft));
    await setup.wait(0);
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'pagerduty', name: 'Tess' } }, 'a'));
    await setup.wait(121 * MINUTE);
    expect(texts(run.rootTs)).toContain('Tess (in pagerduty) acknowledged this');
  });

  it('reminds nobody where the inventory does not say so', async () => {
    const { draft } = await page(`{ user: ${BEN} }`);
    setup.put(openJob(draft));
    await setup.wait(0);
    setup.put(eventJob(draft.key, acknowledged(BEN), 'a'));
    await setup.wait(24 * 60 * MINUTE);
    expect(setup.direct(BEN)).toHaveLength(1);
  });
});

describe('a page by a Slack policy', () => {
  it('sends each person of a group the finding, the fix, the link and the buttons', async () => {
    const { run, draft } = await page(`{ userGroup: S0ONCALL }, { user: ${BEN} }`);
    setup.put(openJob(draft));
    await setup.wait(0);
    expect([ANA, BEN, CHI].map((user) => setup.direct(user).length)).toEqual([1, 0, 1]);
    const [message] = setup.direct(CHI);
    const shown = JSON.stringify(message?.blocks);
    expect(shown).toContain('nobody at the branch can work');
    expect(shown).toContain('*Fix*');
    expect(shown).toContain('config system admin');
    expect(shown).toContain('*Cause*');
    expect(shown).toContain(`archives/${draft.thread.channel}/p${draft.thread.ts.replace('.', '')}`);
    expect(shown).toContain('I am on it');
    expect(texts(run.rootTs)).toContain('paged <!subteam^S0ONCALL> by Slack (team)');
    expect(setup.slack.violations()).toEqual([]);
  });

  it.each([
    ['the group is empty', '{ userGroup: S0EMPTY }', 'the group is empty'],
    ['the group is gone', '{ userGroup: S0GONE }', 'no_such_subteam'],
    ['nobody is on call', '{ schedule: later }', 'nobody is on call by the schedule later'],
    ['the person is gone', '{ user: U0GONE }', 'user_not_found'],
  ])('calls the next level at once when %s', async (_, level, reason) => {
    const { run, draft } = await page(`${level}, { user: ${BEN} }`, NEVER);
    setup.put(openJob(draft));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
    expect(texts(run.rootTs)).toContain(reason);
    expect(texts(run.rootTs)).toContain(`paged <@${BEN}> by Slack (team)`);
  });

  it('calls the next level at once when Slack refuses the direct message', async () => {
    const { run, draft } = await page(`{ user: ${ANA} }, { user: ${BEN} }`);
    const { workspace } = setup.slack;
    workspace.setChannel({ ...workspace.directMessage(ANA), refuses: 'messages_tab_disabled' });
    setup.put(openJob(draft));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
    expect(texts(run.rootTs)).toContain('messages_tab_disabled');
    expect(texts(run.rootTs)).not.toContain(`paged <@${ANA}>`);
  });

  it('is not counted as paged when nobody can be reached, and starts again', async () => {
    const { run, draft } = await page('{ userGroup: S0EMPTY }, { user: U0GONE }');
    const happened: string[] = [];
    const parts = { ...setup.parts(), onHappened: (what: string) => happened.push(what) };
    setup.put(openJob(draft));
    await setup.wait(0, parts);
    expect(happened).toEqual(['not-reached', 'not-reached', 'route-failed', 'nobody-reached']);
    expect(texts(run.rootTs)).toContain('Nobody could be paged yet');
    expect(texts(run.rootTs)).not.toContain('called without an acknowledgement');
    await setup.wait(6 * MINUTE, parts);
    expect(happened).toHaveLength(8);
  });

  it('counts nobody of an earlier round as reached in the next one', async () => {
    const { draft } = await page(`{ user: ${BEN} }`);
    const happened: string[] = [];
    const parts = { ...setup.parts(), onHappened: (what: string) => happened.push(what) };
    setup.put(openJob(draft));
    await setup.wait(10 * MINUTE, parts);
    expect(happened).toEqual(['paged', 'levels-ended', 'nobody-reached']);
    const { workspace } = setup.slack;
    workspace.setChannel({ ...workspace.directMessage(BEN), refuses: 'messages_tab_disabled' });
    await setup.wait(6 * MINUTE, parts);
    expect(happened.slice(3)).toEqual(['not-reached', 'route-failed', 'nobody-reached']);
  });

  it('reaches people though the channel of the thread refuses posts', async () => {
    const { draft } = await page(`{ user: ${BEN} }`);
    const { workspace } = setup.slack;
    const channel = workspace.channel(draft.thread.channel);
    if (channel === undefined) throw new Error('no channel');
    workspace.setChannel({ ...channel, archived: true });
    setup.put(openJob(draft));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
  });

  it('tries again who could not be reached yet, and pages nobody twice', async () => {
    const { draft } = await page('{ userGroup: S0ONCALL }');
    // The mention succeeds, the first person's message is not taken.
    const done = setup.slack.calls('chat.postMessage').length;
    const parts = setup.parts((port) => port);
    const flaky = {
      ...parts,
      thread: {
        ...parts.thread,
        postDirect: async (...args: Parameters<typeof parts.thread.postDirect>) =>
          args[0].user === ANA && setup.direct(CHI).length === 0
            ? ({ kind: 'later', reason: 'Slack could not be reached.' } as const)
            : await parts.thread.postDirect(...args),
      },
    };
    setup.put(openJob(draft));
    await setup.wait(0, flaky);
    expect([ANA, CHI].map((user) => setup.direct(user).length)).toEqual([0, 1]);
    await setup.wait(MINUTE, flaky);
    expect([ANA, CHI].map((user) => setup.direct(user).length)).toEqual([1, 1]);
    expect(setup.slack.calls('chat.postMessage').length).toBeGreaterThan(done);
  });

  it('sends no message that waits once somebody acknowledged', async () => {
    const { draft } = await page('{ userGroup: S0ONCALL }');
    const parts = setup.parts();
    const flaky = {
      ...parts,
      thread: {
        ...parts.thread,
        postDirect: async (...args: Parameters<typeof parts.thread.postDirect>) =>
          args[0].user === ANA
            ? ({ kind: 'later', reason: 'Slack could not be reached.' } as const)
            : await parts.thread.postDirect(...args),
      },
    };
    setup.put(openJob(draft));
    await setup.wait(0, flaky);
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: CHI } }, 'a'));
    await setup.wait(30 * MINUTE);
    expect([ANA, CHI].map((user) => setup.direct(user).length)).toEqual([0, 1]);
  });

  it('works without the optional scope for direct messages', async () => {
    const { draft } = await page(`{ user: ${BEN} }`);
    setup.slack.revoke('im:write');
    setup.put(openJob(draft));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
  });
});

describe('a level with all layers of a schedule', () => {
  it('calls the person on duty of every rotation', async () => {
    const rotation = (user: string) => `{ people: [${user}], starts: "2020-01-06T08:00" }`;
    const week = `{ timeZone: UTC, rotations: [${rotation(ANA)}, ${rotation(BEN)}] }`;
    const { run, draft } = await page('{ schedule: week, layers: all }', `  schedules: { week: ${week} }`);
    setup.put(openJob(draft));
    await setup.wait(0);
    expect([ANA, BEN, CHI].map((user) => setup.direct(user).length)).toEqual([1, 1, 0]);
    expect(texts(run.rootTs)).toContain(`<@${ANA}> <@${BEN}>`);
  });
});
