import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERBS } from '../../src/bot/requests/act.ts';
import { NO_AUDIT } from '../../src/platform/audit/audit-trail.ts';
import type { Backend } from '../../src/platform/queue/open-backend.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { ACTIONS, MENU } from '../../src/report/block-kit/action-ids.ts';
import { PAGER_ACTIONS, PAGER_MENU } from '../../src/report/block-kit/pager-ids.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from '../oncall/fake-pagerduty.ts';
import { sampleOf } from '../support/amount.ts';
import { buttonIn } from './button-in.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const DEVICE = 'fgt-branch-07';
const LOG = 'config system global\n    set hostname "fgt-branch-07"\nend';
/** A name for each person who may not, and the workspace they come from if it is another one. */
const STRANGERS = {
  'a stranger': { user: 'U0STRANGER' },
  'a guest of another device': { user: 'U0GUEST' },
  'a person of another workspace': { user: 'U0EVE', home: 'T0OTHER' },
  'a former member': { user: 'U0FORMER' },
} as const satisfies Record<string, Who>;

interface Who {
  readonly user: string;
  readonly home?: string;
}

interface Row {
  readonly verb: keyof typeof VERBS;
  readonly way: string;
  readonly whoMay: string;
}

const WHO_MAY = {
  everybody: 'everybody',
  'any grant here': 'grant',
  'the device': 'device',
  'the device or called': 'device-or-called',
} as const;

/** The rows of the table of the documentation, one for each way in. */
function readTable(): readonly Row[] {
  const text = readFileSync(new URL('../../docs/explanation/security.md', import.meta.url), 'utf8');
  const [table = ''] = (text.split('### Who may\n')[1] ?? '').split('\n### ');
  return table
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, verb = '']) => verb in VERBS)
    .flatMap(([, verb = '', ways = '', whoMay = '']) =>
      ways.split(', ').map((way) => ({ verb: verb as keyof typeof VERBS, way, whoMay })),
    );
}

const ROWS = readTable();
type Audited = Readonly<Record<string, unknown>>;

let pagerDuty: FakePagerDuty;
let system: TestSystem;
let run: Run;
let status: SlackMessage;
let pasted: string;
const audited: Audited[] = [];
/** What listeners wrote to the store or the queue, in any process of the bot. */
const writes: string[] = [];
const writing = new Set<string>();

const EVERYBODY = `
  - { channels: [${SUPPORT}], users: [${ANA}, U0FORMER], devices: ["*"] }
  - { channels: [${SUPPORT}], users: [U0GUEST], devices: [fgt-hq] }`;

beforeAll(async () => {
  pagerDuty = await startFakePagerDuty();
  system = await startTestSystem({
    users: [ANA, BEN, ...Object.values(STRANGERS).map(({ user }) => user)].map((id) => ({ id, name: id })),
    access: EVERYBODY,
    audit: { ...NO_AUDIT, record: (event) => void audited.push({ ...event }) },
    watch: watchListeners,
    env: { PD: ROUTING_KEY },
    escalation: `
  order: [pd]
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
  schedules:
    nights: { timeZone: UTC, rotations: [{ people: [${BEN}], starts: "2020-01-06T08:00" }] }
`,
  });
  await system.check(DEVICE);
  [run] = (await system.answered({ alias: DEVICE })) as [Run];
  const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: LOG });
  pasted = message.ts;
  const answer = system.slack.thread(SUPPORT, run.rootTs ?? '').find(({ ts }) => ts === run.answerTs);
  if (answer === undefined) throw new Error('no answer');
  await system.slack.action({
    user: ANA,
    channel: SUPPORT,
    ts: answer.ts,
    action: buttonIn(answer, 'Escalate'),
  });
  await send({ user: ANA }, await lastForm(), { impact: { text: { value: '' } } });
  status = await said('Paged, not acknowledged yet');
  // Ben has no grant, and is called.
  await act('reassign', 'form', { user: ANA });
  await said(`paged <@${BEN}>`);
  system.changeInventory({ access: EVERYBODY.replace(', U0FORMER', '') });
});

afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
});

/** Notes every write whose caller is a listener. Only these stacks are deep: other files share the process. */
function watchListeners(backend: Backend): Backend {
  const note = <T extends object>(target: T, names: readonly string[]): T =>
    new Proxy(target, {
      get(inner, name) {
        const value: unknown = Reflect.get(inner, name);
        if (typeof value !== 'function') return value;
        const call = value.bind(inner) as (...all: readonly unknown[]) => unknown;
        if (!names.includes(String(name))) return call;
        return async (...all: readonly unknown[]) => {
          Error.stackTraceLimit = 60;
          const isOfListener = new Error('here').stack?.includes('/handlers/');
          Error.stackTraceLimit = 10;
          const result = await call(...all);
          // The same request again writes nothing.
          const isRepeated = (result as { readonly state?: unknown } | undefined)?.state === 'duplicate';
          if (isOfListener && !isRepeated) writes.push(String(name));
          return result;
        };
      },
    });
  const jobs = ['enqueue', 'cancel'];
  return note(
    {
      ...backend,
      queue: note(backend.queue, jobs),
      runs: note(backend.runs, ['create', 'update']),
      records: note(backend.records, ['put', 'remove', 'claim', 'addMember', 'removeMember', 'addField']),
      openQueue: <Data, Result>(name: string) => note(backend.openQueue<Data, Result>(name), jobs),
    },
    [],
  );
}

async function said(text: string): Promise<SlackMessage> {
  return await system.slack.until(() =>
    system.slack.messages(SUPPORT).find((message) => message.text.includes(text)),
  );
}

async function lastForm(shown = system.slack.views().length - 1): Promise<string> {
  return (await system.slack.until(() => system.slack.views()[Math.max(0, shown)])).id;
}

function send(who: Who, viewId: string, values: object): Promise<unknown> {
  return system.slack.submit({ ...who, viewId, values });
}

/** The form that opens when Ana does this. */
async function openForm(press: (who: Who) => Promise<unknown>): Promise<string> {
  const shown = system.slack.views().length;
  await press({ user: ANA });
  return await lastForm(shown);
}

function words(text: string): (who: Who) => Promise<unknown> {
  return async ({ user, home }) =>
    home === undefined
      ? await system.slack.slash({ command: '/ftm-check', text, user, channel: SUPPORT })
      : // Slack takes commands from people of the workspace only.
        await system.slack.event({
          type: 'app_mention',
          user,
          user_team: home,
          channel: SUPPORT,
          text: `<@U0FTMBOT> ${text}`,
          ts: String(1_700_000_000 + audited.length + Math.random()),
        });
}

const mention = (text: string, thread?: () => string | undefined) => (who: Who) =>
  system.slack.event({
    type: 'app_mention',
    user: who.user,
    ...(who.home === undefined ? {} : { user_team: who.home }),
    channel: SUPPORT,
    ...(thread === undefined ? {} : { thread_ts: thread() ?? '' }),
    text: `<@U0FTMBOT> ${text}`,
    ts: String(1_730_000_000 + audited.length + Math.random()),
  });

const onRun = (action_id: string) => (who: Who) =>
  system.slack.action({
    ...who,
    channel: SUPPORT,
    ts: run.answerTs ?? '',
    action: { type: 'button', action_id, value: run.id },
  });
const inMenu = (choice: string) => (who: Who) =>
  system.slack.action({
    ...who,
    channel: SUPPORT,
    ts: run.answerTs ?? '',
    action: { type: 'overflow', action_id: 'ftm_more', selected_option: { value: `${choice}:${run.id}` } },
  });
const onEscalation = (label: string) => (who: Who) =>
  system.slack.action({ ...who, channel: SUPPORT, ts: status.ts, action: buttonIn(status, label) });
const inEscalationMenu = (choice: string) => (who: Who) => {
  const value = `${choice}:${buttonIn(status, 'Resolved').value}`;
  const action = { type: 'overflow', action_id: 'ftm_pager_more', selected_option: { value } };
  return system.slack.action({ ...who, channel: SUPPORT, ts: status.ts, action });
};

const text = (value: string) => ({ type: 'plain_text_input', value });
/** What is done, by verb and way in. A form is opened by Ana, and sent by the person. */
const ACTS: Readonly<Record<string, (who: Who) => Promise<unknown>>> = {
  'help words': words('help'),
  'list words': words('list'),
  'explain words': words('explain push-disabled'),
  'handover words': words('handover'),
  'check words': words(DEVICE),
  'check button': onRun('ftm_recheck'),
  'check form': async (who) =>
    send(who, await openForm(words('')), {
      device: { ftm_pick_device: { selected_option: { value: DEVICE } } },
      user: { user: text('') },
      vdom: { vdom: text('') },
      live: { live: { selected_option: null } },
    }),
  'read words': words(`history ${DEVICE}`),
  'read button': onRun('ftm_evidence'),
  'read menu': inMenu('draft'),
  'report words': mention('report', () => run.rootTs),
  'report button': onRun('ftm_report'),
  'cancel words': words(`cancel ${DEVICE}`),
  'cancel button': onRun('ftm_cancel'),
  'feedback button': onRun('ftm_not_helpful'),
  'feedback menu': inMenu('not-helpful'),
  'feedback form': async (who) =>
    send(who, await openForm(onRun('ftm_not_helpful')), {
      reason: { reason: { selected_option: { value: 'wrong' } } },
      comment: { comment: text('') },
    }),
  'page words': words(`escalate ${DEVICE}`),
  'page button': onRun('ftm_escalate'),
  'page form': async (who) =>
    send(who, await openForm(onRun('ftm_escalate')), { impact: { text: text('many people') } }),
  'bundle words': words(`bundle ${DEVICE}`),
  'bundle button': onEscalation('Bundle for the vendor'),
  'reassign menu': inEscalationMenu('person'),
  'reassign form': async (who) =>
    send(who, await openForm(inEscalationMenu('person')), {
      person: { user: { type: 'users_select', selected_user: BEN } },
      role: { choice: { type: 'radio_buttons', selected_option: { value: 'responder' } } },
    }),
  'acknowledge words': mention('I am on it', () => run.rootTs),
  'acknowledge button': onEscalation('I am on it'),
  'resolve button': onEscalation('Resolved'),
  'resolve menu': inEscalationMenu('note'),
  'resolve form': async (who) =>
    send(who, await openForm(inEscalationMenu('note')), { note: { text: text('replaced') } }),
  'analyse words': mention(LOG),
  'analyse message': async (who) =>
    await system.slack.event({
      type: 'message',
      channel_type: 'channel',
      user: who.user,
      ...(who.home === undefined ? {} : { user_team: who.home }),
      channel: SUPPORT,
      text: LOG,
      ts: String(1_720_000_000 + audited.length + Math.random()),
    }),
  'analyse shortcut': (who) =>
    system.slack.shortcut({ ...who, callbackId: 'ftm_check_log', channel: SUPPORT, ts: pasted }),
  'autodetect words': words('auto on'),
  'shift words': words('oncall take 1h'),
  'silence words': words(`silence ${DEVICE} 1m`),
  'take over button': (who) =>
    system.slack.action({
      ...who,
      channel: SUPPORT,
      ts: status.ts,
      action: { type: 'button', action_id: 'ftm_handover_done', value: 'handover' },
    }),
};

/** These open an empty form, offer what the person may choose, or have options. */
const OTHERS: readonly string[] = [ACTIONS.openCheck, ACTIONS.pickDevice, ACTIONS.more, PAGER_ACTIONS.more];
const onStatus = (action_id: string) => (who: Who) => {
  const action = { type: 'button', action_id, value: buttonIn(status, 'Resolved').value };
  return system.slack.action({ ...who, channel: SUPPORT, ts: status.ts, action });
};
const each = (names: object, act: (name: string) => (who: Who) => Promise<unknown>) =>
  Object.values(names).flatMap((name: string) => (OTHERS.includes(name) ? [] : [[name, act(name)] as const]));
/** Every element that listeners know, new ones too. */
const PRESSES = [
  ...each(ACTIONS, onRun),
  ...each(MENU, inMenu),
  ...each(PAGER_ACTIONS, onStatus),
  ...each(PAGER_MENU, inEscalationMenu),
];

async function act(verb: string, way: string, who: Who): Promise<unknown> {
  const work = ACTS[`${verb} ${way}`];
  if (work === undefined) throw new Error(`nothing is known of ${verb} by ${way}`);
  return await work(who);
}

/** What the trail says of this person since then, and what listeners wrote. */
async function record(who: Who, work: () => Promise<unknown>) {
  const before = audited.length;
  writes.length = 0;
  await work();
  const own = audited.slice(before).filter(({ actor }) => (actor as Who | undefined)?.user === who.user);
  return { own, written: [...writes] };
}

describe('the table of who may do what', () => {
  it('names every verb, and who may as the code does', () => {
    expect([...new Set(ROWS.map(({ verb }) => verb))].sort()).toEqual(Object.keys(VERBS).sort());
    for (const { verb, whoMay } of ROWS)
      expect([verb, (WHO_MAY as never)[whoMay]]).toEqual([verb, VERBS[verb]]);
    expect(ROWS.map(({ verb, way }) => `${verb} ${way}`).sort()).toEqual(Object.keys(ACTS).sort());
  });

  // A sample has each way of each verb with one of the strangers, in turn, and each element of a message once.
  describe.each(Object.entries(STRANGERS))('%s', (name, who: Who) => {
    const index = Object.keys(STRANGERS).indexOf(name);
    const refused = sampleOf(ROWS, 4, index).filter(
      ({ whoMay }) => whoMay !== 'everybody' && !(name.startsWith('a guest') && whoMay === 'any grant here'),
    );
    it.each(refused)('is refused: $verb by $way', async ({ verb, way }) => {
      const { own } = await record(who, () => act(verb, way, who));
      expect(own).toMatchObject([{ event: 'request.refused', verb, actor: who }]);
    });

    it.each(ROWS.filter(({ whoMay }) => whoMay === 'everybody'))(
      'learns of no device, and writes nothing: $verb by $way',
      async ({ verb, way }) => {
        const told = system.slack.ephemeral(SUPPORT, who.user).length;
        const { written } = await record(who, () => act(verb, way, who));
        expect(written).toEqual([]);
        const replies = system.slack.ephemeral(SUPPORT, who.user).slice(told);
        expect(JSON.stringify(replies)).not.toContain(DEVICE);
      },
    );
  });

  it.each(sampleOf(PRESSES, 2, 0))('holds for every element of a message: %s', async (_, press) => {
    const { own, written } = await record(STRANGERS['a stranger'], () => press(STRANGERS['a stranger']));
    expect(own).toMatchObject([{ event: 'request.refused' }]);
    expect(written).toEqual([]);
  });

  it.each(ROWS.filter(({ whoMay }) => whoMay === 'the device'))(
    'whom the escalation called may not, without the device: $verb by $way',
    async ({ verb, way }) => {
      const { own } = await record({ user: BEN }, () => act(verb, way, { user: BEN }));
      expect(own).toMatchObject([{ event: 'request.refused', verb }]);
    },
  );

  it.each(ROWS)('who may is let, and every write is on record: $verb by $way', async ({ verb, way }) => {
    const { own, written } = await record({ user: ANA }, () => act(verb, way, { user: ANA }));
    expect(own.filter(({ event }) => event === 'request.refused')).toEqual([]);
    if (written.length > 0) writing.add(`${verb} ${way}`);
    if (written.length > 0) expect(own.length, written.join()).toBeGreaterThan(0);
    for (const { event, actor, way: recorded } of own) {
      expect(event).toMatch(/^(?:person\.acted|request\.accepted)$/);
      expect(actor).toMatchObject({ user: ANA, channel: SUPPORT });
      if (way !== 'words') expect(recorded).toBe(way);
    }
  });

  it.each(sampleOf(PRESSES, 2, 1))(
    'every write by an element of a message is on record: %s',
    async (_, press) => {
      const { own, written } = await record({ user: ANA }, () => press({ user: ANA }));
      if (written.length > 0) expect(own.length, written.join()).toBeGreaterThan(0);
    },
  );

  it('saw what listeners write', () => {
    const known = ['check words', 'feedback form', 'page form', 'reassign form', 'acknowledge button'];
    expect([...writing]).toEqual(expect.arrayContaining(known));
  });

  it.each(ROWS.filter(({ whoMay }) => whoMay === 'the device or called'))(
    'whom the escalation called may: $verb by $way',
    async ({ verb, way }) => {
      const { own } = await record({ user: BEN }, () => act(verb, way, { user: BEN }));
      expect(own.filter(({ event }) => event === 'request.refused')).toEqual([]);
      const recorded = way === 'words' ? 'mention' : way;
      if (way !== 'menu') expect(own).toMatchObject([{ event: 'person.acted', verb, way: recorded }]);
    },
  );
});
