import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import type { SlackMessage } from '../../../src/stand-ins/slack/types.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from '../../oncall/fake-pagerduty.ts';
import { buttonIn } from '../button-in.ts';
import {
  ANA,
  BEN,
  SUPPORT,
  startTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from '../test-system.ts';

export const PD_SECRET = 'pd-webhook-secret';

/** The whole product with a PagerDuty of its own. */
export interface PagingSystem {
  readonly system: TestSystem;
  readonly pagerDuty: FakePagerDuty;
  /** Starts with the routes `pd` and `team`, and `more` lines below `escalation`. */
  open(more?: string, options?: TestSystemOptions): Promise<void>;
  start(options: TestSystemOptions): Promise<void>;
  /** The thread of the only run, with its answer. */
  answeredThread(): Promise<{ readonly root: string; readonly answer: SlackMessage }>;
  press(message: SlackMessage, label: string, user?: string): Promise<void>;
  said(root: string, text: string): Promise<SlackMessage>;
  sendForm(impact: string): Promise<void>;
  /** Sends a signed event to the hook of PagerDuty; returns the status. */
  tellHook(event: object): Promise<number>;
}

/** Call once in a test file: each test gets a system of its own. */
export function usePaging(): PagingSystem {
  let pagerDuty: FakePagerDuty;
  let system: TestSystem;
  beforeEach(async () => {
    pagerDuty = await startFakePagerDuty();
  });
  afterEach(async () => {
    await system[Symbol.asyncDispose]();
    await pagerDuty[Symbol.asyncDispose]();
  });

  const paging: PagingSystem = {
    get system() {
      return system;
    },
    get pagerDuty() {
      return pagerDuty;
    },
    async start(options) {
      system = await startTestSystem(options);
    },
    open: (more = '', options = {}) =>
      paging.start({
        userGroups: { S0ONCALL: [BEN] },
        ...options,
        env: { PD: ROUTING_KEY, PD_HOOK: PD_SECRET, PD_API: 'api-token', ...options.env },
        escalation: `
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    team: { kind: slack, levels: [{ userGroup: S0ONCALL }, { user: ${BEN} }] }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    pagerduty:
      secret: { env: PD_HOOK }
      api: { token: { env: PD_API }, from: bot@example.com, url: "${pagerDuty.url}" }
${more}
`,
      }),
    async answeredThread() {
      const [run] = await system.answered({ alias: 'fgt-branch-07' });
      const root = run?.rootTs ?? '';
      const answer = system.slack.thread(SUPPORT, root).find(({ ts }) => ts === run?.answerTs);
      if (answer === undefined) throw new Error('no answer');
      return { root, answer };
    },
    async press(message, label, user = ANA) {
      const { status } = await system.slack.action({
        user,
        channel: SUPPORT,
        ts: message.ts,
        action: buttonIn(message, label),
      });
      expect(status).toBe(200);
    },
    said: (root, text) =>
      system.slack.until(() =>
        system.slack.thread(SUPPORT, root).find((message) => message.text.includes(text)),
      ),
    async sendForm(impact) {
      const form = await system.slack.until(() => system.slack.views().at(-1));
      const { status } = await system.slack.submit({
        user: ANA,
        viewId: form.id,
        values: { impact: { text: { type: 'plain_text_input', value: impact } } },
      });
      expect(status).toBe(200);
    },
    async tellHook(event) {
      const body = JSON.stringify(event);
      const signature = createHmac('sha256', PD_SECRET).update(body).digest('hex');
      const headers = { 'x-pagerduty-signature': `v1=${signature}` };
      return (await fetch(`${system.url}/hooks/pagerduty`, { method: 'POST', body, headers })).status;
    },
  };
  return paging;
}

export function incidentEvent(type: string, data: object, summary = 'Tess Engineer'): object {
  const occurred_at = new Date(Date.now() + 1000).toISOString();
  const agent = { summary };
  return { event: { id: `e-${type}`, event_type: type, occurred_at, agent, data: { id: 'PINC1', ...data } } };
}
