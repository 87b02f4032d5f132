import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../src/platform/audit/audit-trail.ts';
import type { Backend } from '../../src/platform/queue/open-backend.ts';
import { sampleOf } from '../support/amount.ts';
import { until } from '../support/until.ts';
import { BEN, LOCKED, startTestSystem, type TestSystem } from './test-system.ts';

/** Of the inventory, but of no use in this channel; and a name that no device has. */
const OTHERS = 'fgt-branch-07';
const NOBODYS = 'fgt-branch-99';
const LOOK_UPS = 10;

let system: TestSystem;
let steps: string[] = [];
let audited: Readonly<Record<string, unknown>>[] = [];

beforeAll(async () => {
  system = await startTestSystem({
    watch,
    audit: { ...NO_AUDIT, record: (fields) => void audited.push({ ...fields }) },
    access: `\n  - { channels: [${LOCKED}], devices: [fgt-hq, offices] }\n`,
    inventoryLines: 'groups: { offices: {}, branches: {} }',
    device: '    groups: [branches]',
    users: [BEN, ...WAYS.flatMap((_, index) => personsOf(index))].map((id) => ({ id, name: id })),
    userGroups: { S0ONCALL: [BEN] },
    escalation: `  routes:\n    team: { kind: slack, levels: [{ userGroup: S0ONCALL }] }`,
  });
  // The first message of all has the bot ask Slack who it is.
  await stepsOf(
    slash(() => 'fgt-first'),
    '',
    BEN,
  );
});
afterAll(() => system[Symbol.asyncDispose]());

type Ask = (name: string, user: string) => Promise<unknown>;

const slash =
  (words: (name: string) => string): Ask =>
  (name, user) =>
    system.check(words(name), user, LOCKED);

const mention =
  (words: (name: string) => string, inThread = false): Ask =>
  async (name, user) => {
    const root = { channel: LOCKED, user: BEN, text: 'the VPN does not work' };
    const thread = inThread ? { thread: system.slack.workspace.add(root).ts } : {};
    return await system.slack.mention({ user, channel: LOCKED, text: words(name), ...thread });
  };

async function tap(name: string, user: string): Promise<void> {
  const { ts } = system.slack.workspace.add({ channel: LOCKED, user: BEN, text: 'which device?' });
  const action = {
    type: 'button',
    action_id: 'ftm_choose_device_0',
    value: JSON.stringify({ alias: name, thread: ts }),
  };
  await system.slack.action({ user, channel: LOCKED, ts, action });
}

async function form(name: string, user: string): Promise<void> {
  const before = system.slack.views().length;
  await system.check('', user, LOCKED);
  const { id } = await system.slack.until(() => system.slack.views()[before]);
  const values = {
    device: { ftm_pick_device: { selected_option: { value: name } } },
    user: { user: { value: null } },
    vdom: { vdom: { value: null } },
  };
  steps.push(JSON.stringify((await system.slack.submit({ user, viewId: id, values })).ack));
}

const WAYS: readonly (readonly [string, Ask])[] = [
  ['a command', slash((name) => name)],
  ['a command with a user', slash((name) => `check ${name} --user wren --vdom root`)],
  ['a live check', slash((name) => `${name} --live 60`)],
  ['a group', slash((name) => `group:${name === OTHERS ? 'branches' : 'branchez'}`)],
  ['history', slash((name) => `history ${name}`)],
  ['cancel', slash((name) => `cancel ${name}`)],
  ['escalate', slash((name) => `escalate ${name}`)],
  ['bundle', slash((name) => `bundle ${name}`)],
  ['page', slash((name) => `page <@${BEN}> ${name}`)],
  ['a mention', mention((name) => name)],
  ['a sentence', mention((name) => `could you look at ${name} for wren please?`)],
  ['a sentence in a thread', mention((name) => `what is wrong with ${name} today?`, true)],
  ['history in a mention', mention((name) => `history ${name}`)],
  ['a group in a mention', mention((name) => `group:${name === OTHERS ? 'branches' : 'branchez'}`)],
  ['the question which device', tap],
  ['a form', form],
];

/** Whatever is called of the queue and the stores, told to Slack, logged and recorded, in order, without the name. */
async function stepsOf(ask: Ask, name: string, user: string): Promise<readonly string[]> {
  const [told, lines, calls] = [refusals(user).length, system.log.length, system.slack.calls().length];
  steps = [];
  audited = [];
  await ask(name, user);
  await until(
    () => refusals(user).length > told || steps.some((step) => /"errors"/.test(step)),
    'it is refused',
  );
  return [
    ...steps,
    ...system.slack
      .calls()
      .slice(calls)
      .map(({ method, args }) => `slack ${method} ${JSON.stringify(args)}`),
    ...system.log.slice(lines).map((line) => JSON.stringify({ ...JSON.parse(line), time: 0 })),
    ...audited.map((fields) => JSON.stringify(fields)),
  ].map(withoutNames);
}

function refusals(user: string): readonly unknown[] {
  return system.slack.ephemeral(LOCKED, user);
}

function withoutNames(step: string): string {
  return step
    .replaceAll(/fgt-branch-(?:07|99)|branche[sz]/g, 'NAME')
    .replaceAll(/\d{10}\.\d{4,6}|(?<=trigger|view|[VT])-?[\d.]+\w*/g, 'ID');
}

/** Writes down each method that is called. */
function watch(backend: Backend): Backend {
  const { queue, runs, records } = backend;
  return {
    ...backend,
    queue: noting('queue', queue),
    runs: noting('runs', runs),
    records: noting('records', records),
  };
}

function noting<Port extends object>(port: string, of: Port): Port {
  return new Proxy(of, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        steps.push(`${port}.${String(name)}`);
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}

/** A sample asks ten times in a quarter of the ways: all are counted in the same place. */
const COUNTED = new Set(sampleOf(WAYS, 4, 0).map(([, ask]) => ask));

/** One asks for both names, the other for many. */
function personsOf(way: number): readonly [one: string, other: string] {
  return [`U0ONE${way}`, `U0OTHER${way}`];
}

describe.each(WAYS.map(([way, ask], index) => [way, ask, ...personsOf(index)] as const))(
  'a device of others and a name that no device has: %s',
  (_, ask, one, other) => {
    it('takes the same steps, in the same order, with the same words', async () => {
      const others = await stepsOf(ask, OTHERS, one);
      expect(others.join('\n')).toContain('"reason":"not-this-');
      expect(await stepsOf(ask, NOBODYS, one)).toEqual(others);
    });

    if (!COUNTED.has(ask)) return;
    it('is recorded each time, and refused in other words after ten', async () => {
      const reasons: unknown[] = [];
      for (let count = 0; count < LOOK_UPS; count += 1) {
        await stepsOf(ask, count % 2 === 0 ? OTHERS : NOBODYS, other);
        reasons.push(...audited.map(({ reason }) => reason));
      }
      expect(reasons).toEqual(Array(LOOK_UPS).fill(expect.stringMatching(/^not-this-(?:device|group)$/)));
      const others = await stepsOf(ask, OTHERS, other);
      expect(audited).toMatchObject([
        { event: 'request.refused', reason: 'too-many-look-ups', actor: { user: other } },
      ]);
      expect(await stepsOf(ask, NOBODYS, other)).toEqual(others);
    });
  },
);
