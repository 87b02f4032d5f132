import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../src/platform/audit/audit-trail.ts';
import type { AuditActor } from '../../src/platform/audit/events.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import type { EventDelivery } from '../../src/stand-ins/slack/types.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from '../oncall/fake-pagerduty.ts';
import { until } from '../support/until.ts';
import { buttonIn } from './button-in.ts';
import { ANA, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const DEVICE = 'fgt-branch-07';
const GUEST = 'U0GUEST';
const text = (value: string) => ({ type: 'plain_text_input', value });

let pagerDuty: FakePagerDuty;
let system: TestSystem;
let run: Run;
const audited: Readonly<Record<string, unknown>>[] = [];

beforeAll(async () => {
  pagerDuty = await startFakePagerDuty();
  system = await startTestSystem({
    users: [ANA, GUEST].map((id) => ({ id, name: id })),
    access: `
  - { channels: [${SUPPORT}], users: [${ANA}], devices: ["*"] }
  - { channels: [${SUPPORT}], users: [${GUEST}], devices: [fgt-hq] }`,
    audit: { ...NO_AUDIT, record: (fields) => void audited.push({ ...fields }) },
    env: { PD: ROUTING_KEY },
    escalation: `
  order: [pd]
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
`,
  });
  await system.check(DEVICE);
  [run] = (await system.answered({ alias: DEVICE })) as [Run];
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
});

/** The form that opens when Ana does this. */
async function openForm(press: () => Promise<unknown>): Promise<string> {
  const shown = system.slack.views().length;
  await press();
  return (await system.slack.until(() => system.slack.views()[shown])).id;
}

function press(label: string, user = ANA): Promise<EventDelivery> {
  const answer = system.slack.thread(SUPPORT, run.rootTs ?? '').find(({ ts }) => ts === run.answerTs);
  if (answer === undefined) throw new Error('no answer');
  const action = buttonIn(answer, label);
  return system.slack.action({ user, channel: SUPPORT, ts: run.answerTs ?? '', action });
}

const FORMS: Readonly<Record<string, () => Promise<EventDelivery>>> = {
  'the form of a check': async () => {
    const viewId = await openForm(() =>
      system.slack.slash({ command: '/ftm-check', text: '', user: ANA, channel: SUPPORT }),
    );
    const values = {
      device: { ftm_pick_device: { selected_option: { value: DEVICE } } },
      user: { user: text('') },
      vdom: { vdom: text('') },
      live: { live: { selected_option: null } },
    };
    return await system.slack.submit({ user: ANA, viewId, values });
  },
  'the form of a feedback': async () => {
    const viewId = await openForm(() =>
      system.slack.action({
        user: ANA,
        channel: SUPPORT,
        ts: run.answerTs ?? '',
        action: { type: 'button', action_id: 'ftm_not_helpful', value: run.id },
      }),
    );
    const values = {
      reason: { reason: { selected_option: { value: 'wrong' } } },
      comment: { comment: text('') },
    };
    return await system.slack.submit({ user: ANA, viewId, values });
  },
  'the form of a page': async () => {
    const viewId = await openForm(() => press('Escalate'));
    return await system.slack.submit({ user: ANA, viewId, values: { impact: { text: text('all') } } });
  },
};

/** What was started, recorded, read from a device and paged. */
async function happened() {
  // Longer than it takes until a request that was taken is in the store.
  await sleep(300);
  await system.answered({ alias: DEVICE });
  return {
    runs: (await system.backend.runs.byDevice(DEVICE, 50)).map(({ id }) => id).toSorted(),
    visits: audited.filter(({ event }) => event === 'device.connecting').length,
    acts: audited.filter(({ event }) => event === 'person.acted').length,
    incidents: structuredClone(pagerDuty.incidents),
  };
}

const SENT: Readonly<Record<string, () => Promise<EventDelivery>>> = {
  'a command': () => system.check(DEVICE),
  'a mention': async () => {
    const { deliveries } = await system.slack.mention({ user: ANA, channel: SUPPORT, text: DEVICE });
    // The message event comes as well, and starts nothing.
    return deliveries.find(({ payload }) => JSON.stringify(payload).includes('app_mention')) as EventDelivery;
  },
  'a press': () => press('Re-check'),
  ...FORMS,
};

it.each(Object.keys(SENT))('%s that is sent again has no second effect', async (kind) => {
  const before = await happened();
  const delivery = (await SENT[kind]?.()) as EventDelivery;
  expect(delivery.status).toBe(200);
  await until(async () => !isDeepStrictEqual(await happened(), before), 'it has an effect');
  const after = await happened();
  for (let again = 0; again < 3; again += 1) await system.slack.redeliver(delivery);
  expect({ ...(await happened()), acts: 0 }).toEqual({ ...after, acts: 0 });
});

/** Of the place, the run or the page that a form belongs to. */
const METADATA = ['', 'null', '{', '[]', '{}', '"x"', 'run-000000000000000000000000', '__proto__'];

describe.each(Object.keys(FORMS))('%s with a forged view', (kind) => {
  let real: EventDelivery;
  beforeAll(async () => {
    real = (await FORMS[kind]?.()) as EventDelivery;
    await happened();
  });

  async function forge(change: { readonly user?: string; readonly metadata?: string }) {
    const payload = real.payload as { readonly user: object; readonly view: object };
    const { user, metadata } = change;
    return await system.slack.redeliver({
      ...real,
      payload: {
        ...payload,
        trigger_id: `forged.${Math.random()}`,
        user: user === undefined ? payload.user : { ...payload.user, id: user },
        view: {
          ...payload.view,
          id: `V${Math.random()}`,
          ...(metadata === undefined ? {} : { private_metadata: metadata }),
        },
      },
    });
  }

  it('is refused to everybody else, and recorded', async () => {
    const before = await happened();
    const earlier = audited.length;
    for (const user of [GUEST, 'U0UNKNOWN', '']) await forge({ user });
    expect(await happened()).toEqual(before);
    const refused = audited.slice(earlier).filter(({ event }) => event === 'request.refused');
    const users = refused.map(({ actor }) => (actor as AuditActor).user);
    expect(users.filter((user) => user !== '')).toEqual([GUEST, 'U0UNKNOWN']);
  });

  it('has no effect beyond its place, whatever that is said to be', async () => {
    const before = await happened();
    const places = [{ channel: LOCKED }, { channel: LOCKED, id: 'run-000000000000000000000000' }];
    const forged = [...METADATA, ...places.map((place) => JSON.stringify(place))];
    await Promise.all(forged.map((metadata) => forge({ metadata })));
    const after = await happened();
    expect(system.slack.messages(LOCKED).filter(({ ephemeral_to: to }) => to === undefined)).toEqual([]);
    expect(after).toEqual(before);
    // The process lives on.
    expect(
      (await system.slack.slash({ command: '/ftm-check', text: 'help', user: ANA, channel: SUPPORT })).status,
    ).toBe(200);
  });
});
