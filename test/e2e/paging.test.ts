import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../src/escalation/routes/signature.ts';
import type { SlackMessage } from '../../src/local-slack/types.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from '../escalation/fake-pagerduty.ts';
import { recordWrites } from '../support/record-writes.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { buttonIn } from './button-in.ts';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const PD_SECRET = 'pd-webhook-secret';

let pagerDuty: FakePagerDuty;
let system: TestSystem;

beforeEach(async () => {
  pagerDuty = await startFakePagerDuty();
});

afterEach(async () => {
  await system[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
});

async function open(more = '', options: Parameters<typeof startTestSystem>[0] = {}): Promise<void> {
  system = await startTestSystem({
    userGroups: { S0ONCALL: [BEN] },
    ...options,
    env: { PD: ROUTING_KEY, PD_HOOK: PD_SECRET, PD_API: 'api-token' },
    escalation: `
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    team: { kind: slack, ladder: [{ userGroup: S0ONCALL }, { user: ${BEN} }] }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    pagerduty:
      secret: { env: PD_HOOK }
      api: { token: { env: PD_API }, from: bot@example.com, url: "${pagerDuty.url}" }
${more}
`,
  });
}

/** The thread of the only run, with its answer. */
async function answeredThread(): Promise<{ readonly root: string; readonly answer: SlackMessage }> {
  const [run] = await system.answered({ alias: 'fgt-branch-07' });
  const root = run?.rootTs ?? '';
  const answer = system.slack.thread(SUPPORT, root).find(({ ts }) => ts === run?.answerTs);
  if (answer === undefined) throw new Error('no answer');
  return { root, answer };
}

async function press(message: SlackMessage, label: string, user = ANA): Promise<void> {
  const { status } = await system.slack.action({
    user,
    channel: SUPPORT,
    ts: message.ts,
    action: buttonIn(message, label),
  });
  expect(status).toBe(200);
}

async function said(root: string, text: string): Promise<SlackMessage> {
  return await system.slack.until(() =>
    system.slack.thread(SUPPORT, root).find((message) => message.text.includes(text)),
  );
}

async function sendForm(impact: string): Promise<void> {
  const form = await system.slack.until(() => system.slack.views().at(-1));
  const { status } = await system.slack.submit({
    user: ANA,
    viewId: form.id,
    values: { impact: { text: { type: 'plain_text_input', value: impact } } },
  });
  expect(status).toBe(200);
}

async function tellHook(event: object): Promise<number> {
  const body = JSON.stringify(event);
  const signature = createHmac('sha256', PD_SECRET).update(body).digest('hex');
  const headers = { 'x-pagerduty-signature': `v1=${signature}` };
  return (await fetch(`${system.url}/hooks/pagerduty`, { method: 'POST', body, headers })).status;
}

function incidentEvent(type: string, data: object): object {
  const occurred_at = new Date(Date.now() + 1000).toISOString();
  const agent = { summary: 'Tess Engineer' };
  return { event: { id: `e-${type}`, event_type: type, occurred_at, agent, data: { id: 'PINC1', ...data } } };
}

describe('a changed inventory', () => {
  it('is followed without a restart: ways, policies and ways in', async () => {
    await open('  order: [pd]');
    await system.check();
    const { root, answer } = await answeredThread();
    const event = JSON.stringify({});
    const hook = async (name: string) =>
      (await fetch(`${system.url}/hooks/${name}`, { method: 'POST', body: event })).status;
    expect([await hook('pagerduty'), await hook('generic')]).toEqual([401, 404]);
    system.changeInventory({
      escalation: `
  routes:
    team: { kind: slack, ladder: [{ user: ${BEN} }] }
  alerts: { channels: [{ devices: ["*"], channel: ${SUPPORT} }], generic: { secret: { env: PD } } }
`,
    });
    expect([await hook('pagerduty'), await hook('generic')]).toEqual([404, 401]);
    await press(answer, 'Escalate');
    const form = await system.slack.until(() => system.slack.views().at(-1));
    expect(JSON.stringify(form.view)).toContain('Slack (team)');
    expect(JSON.stringify(form.view)).not.toContain('PagerDuty');
    await sendForm('all of them');
    await said(root, `<@${BEN}>`);
    expect(pagerDuty.received).toEqual([]);
  });

  it('that names nobody to page any more lets open pages go on as they were', async () => {
    await open('  order: [pd]');
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('all of them');
    const status = await said(root, 'Paged, not acknowledged yet');
    await press(answer, 'Escalate');
    await system.slack.until(() => system.slack.views().length === 2);
    system.changeInventory({ escalation: undefined });
    // A form that was open before, the button, and the command.
    await sendForm('all of them, still');
    await press(answer, 'Escalate');
    await system.slack.slash({ command: '/ftm-check', text: 'escalate', user: ANA, channel: SUPPORT });
    const refused = () =>
      system.slack.ephemeral(SUPPORT, ANA).filter(({ text }) => text.includes('Paging is not available'));
    await system.slack.until(() => refused().length === 3);
    expect(system.slack.views()).toHaveLength(2);
    await press(status, 'Resolved', BEN);
    await until(() => pagerDuty.incidents[0]?.status === 'resolved', 'it is resolved there too');
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });
});

describe('from the button to the end', () => {
  it('asks first, pages, shows the provider’s news, and resolves', async () => {
    await open();
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    const form = await system.slack.until(() => system.slack.views().at(-1));
    const asked = JSON.stringify(form.view);
    expect(asked).toContain('PagerDuty (pd)');
    expect(asked).toContain('<!subteam^S0ONCALL>, then <@U0BEN>');
    expect(asked).toContain('fgt-branch-07');
    expect(pagerDuty.received).toEqual([]);

    await sendForm('nobody at the branch can work; password is Sommer2026!');
    await said(root, 'Paged, not acknowledged yet');
    expect(pagerDuty.incidents).toMatchObject([{ status: 'triggered', triggers: 1 }]);
    const key = pagerDuty.incidents[0]?.key;
    const told = JSON.stringify([pagerDuty.received, system.slack.thread(SUPPORT, root), system.log]);
    expect(told).toContain('nobody at the branch can work');
    expect(told).not.toContain('Sommer2026!');

    expect(await tellHook(incidentEvent('incident.acknowledged', { incident_key: key }))).toBe(200);
    const status = await said(root, 'Acknowledged by Tess Engineer');
    await press(status, 'Resolved', BEN);
    await said(root, `Resolved by <@${BEN}>`);
    await until(() => pagerDuty.incidents[0]?.status === 'resolved', 'it is resolved there too');
    expect(system.slack.violations()).toEqual([]);
  });

  it('does not page twice, and says where the page is', async () => {
    await open();
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    await said(root, 'Paged, not acknowledged yet');
    await system.slack.slash({
      command: '/ftm-check',
      text: 'escalate FGT-Branch-07',
      user: ANA,
      channel: SUPPORT,
    });
    const second = await system.slack.until(() => system.slack.views().at(1));
    expect(JSON.stringify(second.view)).toContain('On-call is already paged about this');
    await sendForm('now a second branch');
    await said(root, 'now a second branch');
    expect(pagerDuty.incidents).toHaveLength(1);
  });

  it('by name: tells who may not ask for a device the same, whether it was ever checked or not', async () => {
    await open();
    const ask = async (word: string) => {
      const told = system.slack.ephemeral(LOCKED, BEN).length;
      const text = `${word} fgt-branch-07`;
      await system.slack.slash({ command: '/ftm-check', text, user: BEN, channel: LOCKED });
      return (await system.slack.until(() => system.slack.ephemeral(LOCKED, BEN)[told])).text;
    };
    const before = [await ask('escalate'), await ask('bundle')];
    await system.check();
    await system.answered({ alias: 'fgt-branch-07' });
    expect([await ask('escalate'), await ask('bundle')]).toEqual(before);
    for (const words of before) expect(words).toContain('that you may check here');
  });

  it('goes to the ladder in Slack when the provider refuses', async () => {
    await open();
    pagerDuty.always({ status: 400, body: { message: 'Invalid routing key' } });
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    const call = await said(root, '<!subteam^S0ONCALL> is needed');
    await said(root, 'PagerDuty (pd) did not accept the page');
    await press(call, 'I am on it', BEN);
    await said(root, `Acknowledged by <@${BEN}>`);
  });

  it('pages as the guide says about the first page', async () => {
    const guide = readFileSync(join(import.meta.dirname, '../../docs/how-to/alerts.md'), 'utf8');
    const [, escalation = ''] = /```yaml\nescalation:\n([\s\S]*?)```/.exec(guide) ?? [];
    system = await startTestSystem({ userGroups: { S012ONCALL: [BEN] }, escalation });
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    const { id: channel } = system.slack.workspace.directMessage(BEN);
    const page = await system.slack.until(() => system.slack.messages(channel)[0]);
    expect(JSON.stringify(page.blocks)).toContain('*Fix:*');
    await system.slack.action({ user: BEN, channel, ts: page.ts, action: buttonIn(page, 'I am on it') });
    await said(root, `Acknowledged by <@${BEN}>`);
  });

  it('says who is on call, and lets a person with a grant take the shift', async () => {
    await open(`  order: [team]
  schedules:
    nights: { timeZone: UTC, rotations: [{ people: [${BEN}], starts: "2020-01-06T08:00" }] }`);
    const ask = async (text: string, channel = SUPPORT) => {
      const told = system.slack.ephemeral(channel, ANA).length;
      await system.slack.slash({ command: '/ftm-check', text, user: ANA, channel });
      return (await system.slack.until(() => system.slack.ephemeral(channel, ANA)[told])).text;
    };
    expect(await ask('oncall')).toContain(`\`nights\`: <@${BEN}>`);
    expect(await ask('oncall take 2h', LOCKED)).not.toContain('is on call');
    expect(await ask('oncall take 2h')).toContain(`<@${ANA}> is on call for \`nights\` until`);
    expect(await ask('oncall')).toMatch(new RegExp(`<@${ANA}> until .*, then <@${BEN}>`));
    expect(await ask('oncall release')).toContain('follows the inventory again');
    expect(await ask('oncall')).toContain(`\`nights\`: <@${BEN}>`);
  });

  it('sends the people of the group a direct message, whose button acknowledges', async () => {
    await open('  order: [team]');
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    const { id: channel } = system.slack.workspace.directMessage(BEN);
    const page = await system.slack.until(() => system.slack.messages(channel)[0]);
    const action = buttonIn(page, 'I am on it');
    await system.slack.action({ user: BEN, channel, ts: page.ts, action });
    await said(root, `Acknowledged by <@${BEN}>`);
    expect(system.slack.messages(channel)).toHaveLength(1);
  });
});

describe.skipIf(redis === undefined)('on a real server', () => {
  it('goes on after a restart: timers and pages are kept', async () => {
    await open('', { redis: { url: redis?.url ?? '', prefix: redis?.prefix ?? '' } });
    pagerDuty.always({ status: 503 });
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    await said(root, 'Retrying.');
    await system.restart();
    pagerDuty.always();
    await said(root, 'Paged, not acknowledged yet');
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });
});

describe('an alert', () => {
  it('starts a check before a person wakes, and the findings go back as a note', async () => {
    await open();
    const event = incidentEvent('incident.triggered', {
      title: 'VPN logins fail on fgt-branch-07',
      incident_key: 'theirs',
    });
    expect(await tellHook(event)).toBe(200);
    await system.answered({ alias: 'fgt-branch-07' });
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    const [root] = system.slack.thread(SUPPORT, run?.rootTs ?? '');
    expect(root?.text).toContain('PagerDuty');
    await until(() => pagerDuty.notes.has('PINC1'), 'the note is there');
    expect(pagerDuty.notes.get('PINC1')?.[0]).toContain('ftm-check:');
    expect(await tellHook(event)).toBe(200);
    expect(await system.backend.runs.byDevice('fgt-branch-07', 10)).toHaveLength(1);
    expect(pagerDuty.incidents).toEqual([]);
  });

  it('keeps no secret of its title, its incident or its sender', async ({ skip }) => {
    if (!redis) {
      skip();
      return;
    }
    const secret = 'qT7zWm4xRk9Lp2';
    using written = await recordWrites(redis.url);
    await open('', { redis });
    const event = incidentEvent('incident.triggered', {
      title: `VPN logins fail on fgt-branch-07, password: ${secret}`,
      incident_key: `psksecret=${secret}`,
      service: { summary: `api_key=${secret}` },
    });
    expect(await tellHook(event)).toBe(200);
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    await until(() => pagerDuty.notes.has('PINC1'), 'the note is there');
    const stored = written.soFar();
    expect(stored).toContain('VPN logins fail on fgt-branch-07');
    const said = JSON.stringify([
      system.slack.thread(SUPPORT, run?.rootTs ?? ''),
      system.slack.calls().map(({ args }) => args),
    ]);
    expect(said).toContain('VPN logins fail on fgt-branch-07');
    for (const kept of [
      said,
      stored,
      JSON.stringify(run),
      system.log.join(''),
      JSON.stringify([...pagerDuty.notes]),
    ]) {
      expect(kept).not.toContain(secret);
    }
  });

  it('keeps no secret in the incident that a script names', async ({ skip }) => {
    if (!redis) {
      skip();
      return;
    }
    const secret = 'qT7zWm4xRk9Lp2';
    using written = await recordWrites(redis.url);
    await open('    generic: { secret: { env: PD_HOOK } }', { redis });
    const seconds = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({ id: 'a-1', title: 'fgt-branch-07', incident: `INC-7 password=${secret}` });
    const headers = {
      [TIMESTAMP_HEADER]: String(seconds),
      [SIGNATURE_HEADER]: signBody(PD_SECRET, seconds, body),
    };
    const { status } = await fetch(`${system.url}/hooks/generic`, { method: 'POST', body, headers });
    expect(status).toBe(200);
    await system.answered({ alias: 'fgt-branch-07' });
    const stored = written.soFar();
    expect(stored).toContain('INC-7 password=');
    expect(stored).not.toContain(secret);
    expect(system.log.join('')).not.toContain(secret);
  });

  it('without a right signature starts nothing', async () => {
    await open();
    const response = await fetch(`${system.url}/hooks/pagerduty`, {
      method: 'POST',
      body: JSON.stringify(incidentEvent('incident.triggered', { title: 'fgt-branch-07' })),
    });
    expect(response.status).toBe(401);
    expect((await fetch(`${system.url}/hooks/generic`, { method: 'POST' })).status).toBe(404);
    expect(await system.backend.runs.byDevice('fgt-branch-07', 10)).toEqual([]);
  });
});

describe('handing over', () => {
  it('lists open pages, and packs what was read', async () => {
    await open();
    await system.check();
    const { root, answer } = await answeredThread();
    await press(answer, 'Escalate');
    await sendForm('');
    await said(root, 'Paged, not acknowledged yet');

    await system.slack.slash({ command: '/ftm-check', text: 'handover', user: ANA, channel: SUPPORT });
    const card = await system.slack.until(() =>
      system.slack.ephemeral(SUPPORT, ANA).find(({ text }) => text.includes('Handover')),
    );
    expect(card.text).toContain('1 open page');
    expect(card.text).toContain('next: the person on call acknowledges');

    await system.slack.slash({
      command: '/ftm-check',
      text: 'bundle fgt-branch-07',
      user: ANA,
      channel: SUPPORT,
    });
    const upload = await system.slack.until(() =>
      system.slack
        .thread(SUPPORT, root)
        .find(({ files = [] }) => files.some(({ name }) => name.endsWith('.zip'))),
    );
    const bytes = system.slack.fileBytes(upload.files?.[0]?.id ?? '');
    const files = Object.entries(unzipSync(bytes ?? new Uint8Array())).map(
      ([name, content]) => [name.split('/').slice(1).join('/'), strFromU8(content)] as const,
    );
    const byName = new Map(files);
    expect(byName.get('outputs/01-get-system-status.txt')).toContain('FortiGate');
    expect(byName.get('timeline.txt')).toContain('paged by PagerDuty (pd)');
    expect(byName.get('ticket.txt')).toContain('fgt-branch-07');
  });
});
