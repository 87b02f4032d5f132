import { type FakePagerDuty, startFakePagerDuty } from './fake-pagerduty.ts';
import { BEN, openTestEscalations, type TestEscalations } from './test-pager.ts';

/** A setup with a page by PagerDuty and one by people in Slack, and a policy for each. */
export interface PagedEscalations extends AsyncDisposable {
  readonly pagerDuty: FakePagerDuty;
  readonly setup: TestEscalations;
  /** The messages of the app in a thread, as one text. */
  readonly texts: (thread: string) => string;
}

export async function openPagedEscalations(): Promise<PagedEscalations> {
  const pagerDuty = await startFakePagerDuty();
  const setup = await openTestEscalations({
    timeoutMs: 1500,
    escalation: `
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    team:
      kind: slack
      every: 10m
      levels:
        - { userGroup: S0ONCALL }
        - { schedule: nights }
        - { user: ${BEN} }
  schedules:
    nights:
      timeZone: Europe/Madrid
      rotations: [{ people: [U0CHI], starts: "2020-01-06T08:00" }]
  policies:
    - { name: loud, severity: critical, devices: [fgt-hq], routes: [pd] }
    - { name: forgotten, severity: high, devices: [branches], unanswered: 15m, routes: [team] }
`,
  });
  return {
    pagerDuty,
    setup,
    texts: (thread) =>
      setup
        .said(thread)
        .map(({ text }) => text)
        .join('\n---\n'),
    async [Symbol.asyncDispose]() {
      await setup[Symbol.asyncDispose]();
      await pagerDuty[Symbol.asyncDispose]();
    },
  };
}
