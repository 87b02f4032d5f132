import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Diagnosis, Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import type { EscalationRequest } from '../../src/oncall/core/escalation.ts';
import { openEscalation } from '../../src/oncall/core/machine.ts';
import { draftEscalation } from '../../src/oncall/engine/draft-escalation.ts';
import { createAlertmanagerRoute } from '../../src/oncall/routes/alertmanager.ts';
import { createJsmRoute } from '../../src/oncall/routes/jsm.ts';
import type { PagerMessage, PagerRoute } from '../../src/oncall/routes/pager-route.ts';
import { createPagerDutyRoute } from '../../src/oncall/routes/pagerduty.ts';
import type { SendJson } from '../../src/oncall/routes/send-json.ts';
import { createWebhookRoute } from '../../src/oncall/routes/webhook.ts';
import { directMessage } from '../../src/oncall/thread/direct-message.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { decisiveQuote } from '../../src/report/documents/quotes.ts';
import { checkMessage } from '../../src/stand-ins/slack/block-kit/check-message.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { diagnoseFixture } from '../report/rule-fixtures.ts';
import { sampleOf } from '../support/amount.ts';
import { FIXTURE_PATHS } from '../support/rule-fixtures.ts';
import { ROUTING_KEY } from './fake-pagerduty.ts';
import { jsmAlert } from './provider-schemas.ts';

/** What a person reads, in order: the title first. */
interface Shown {
  readonly title: string;
  readonly body: string;
}

const THREAD = { channel: 'C0SUPPORT', ts: '1.1' };
const LINK = 'https://slack.com/archives/C0SUPPORT/p11';

function buildRequest(diagnosis: Diagnosis, alias = 'fgt-branch-07'): EscalationRequest {
  const run: Run = {
    id: 'alert-1',
    asker: { id: 'alert:generic' },
    replyTo: { channel: THREAD.channel },
    acceptedAt: 0,
    alias,
    kind: 'check',
    outcome: { kind: 'diagnosed', diagnosis, tookMs: 1 },
  };
  return draftEscalation(run, THREAD, { kind: 'policy', policy: 'p' }, ['team'], 0, { impact: undefined });
}

function buildMessage({ key, text, subject, openedAt }: EscalationRequest): PagerMessage {
  const { device, cause, severity } = subject;
  return { key, escalationId: 'e', ...text, severity, device, cause, link: LINK, thread: THREAD, openedAt };
}

async function bodyOf(create: (send: SendJson) => PagerRoute, page: PagerMessage): Promise<unknown> {
  const sent: unknown[] = [];
  const result = await create(async ({ body, maxBytes = Number.POSITIVE_INFINITY }) => {
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(maxBytes);
    sent.push(body);
    return { kind: 'accepted' };
  }).trigger(page);
  expect(result).toEqual({ kind: 'accepted' });
  return sent[0];
}

const now = () => 0;
const triggered = z.object({
  dedup_key: z.string(),
  payload: z.object({ summary: z.string(), custom_details: z.object({ details: z.string() }) }),
});
const alerts = z.tuple([
  z.object({ annotations: z.object({ summary: z.string(), description: z.string() }) }),
]);
const hooked = z.object({ summary: z.string(), details: z.string() });

/** UTF-16 units: the strictest way to count. Sources of the limits stand in the routes. */
const PROVIDERS: readonly (readonly [string, (request: EscalationRequest) => Promise<Shown>])[] = [
  [
    'PagerDuty',
    async (request) => {
      const create = (send: SendJson) =>
        createPagerDutyRoute({ name: 'r', url: 'https://a', routingKey: async () => ROUTING_KEY, send });
      const { dedup_key: key, payload } = triggered.parse(await bodyOf(create, buildMessage(request)));
      expect(key.length).toBeLessThanOrEqual(255);
      expect(payload.summary.length).toBeLessThanOrEqual(1024);
      return { title: payload.summary, body: payload.custom_details.details };
    },
  ],
  [
    'JSM',
    async (request) => {
      const create = (send: SendJson) =>
        createJsmRoute({ name: 'r', url: 'https://a', apiKey: async () => 'k', send });
      const { message, description, entity } = jsmAlert.parse(await bodyOf(create, buildMessage(request)));
      expect(message.length).toBeLessThanOrEqual(130);
      expect(description.length).toBeLessThanOrEqual(15_000);
      expect(entity.length).toBeLessThanOrEqual(512);
      return { title: message, body: description };
    },
  ],
  [
    'Alertmanager',
    async (request) => {
      const create = (send: SendJson) =>
        createAlertmanagerRoute({ name: 'r', url: 'https://a', labels: {}, now, send });
      const [{ annotations }] = alerts.parse(await bodyOf(create, buildMessage(request)));
      return { title: annotations.summary, body: annotations.description };
    },
  ],
  [
    'a webhook',
    async (request) => {
      const create = (send: SendJson) =>
        createWebhookRoute({ name: 'r', url: 'https://a', secret: async () => 's', now, send });
      const { summary, details } = hooked.parse(await bodyOf(create, buildMessage(request)));
      return { title: summary, body: details };
    },
  ],
  [
    'Slack',
    async (request) => {
      const message = directMessage(openEscalation(request), {});
      expect(checkMessage(message)).toEqual([]);
      const [title = '', ...rest] = message.blocks.map(composeText);
      return { title, body: rest.join('\n') };
    },
  ],
];

function composeText(block: unknown): string {
  const { text = '', elements = [] } = block as {
    readonly text?: string | { readonly text: string };
    readonly elements?: readonly unknown[];
  };
  return [typeof text === 'string' ? text : text.text, ...elements.map(composeText)].join('');
}

/** Without the signs that only format, and the look-alikes of an escape. */
function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u2060', '')
    .replaceAll('\uff3f', '_')
    .replaceAll('∗', '*')
    .replaceAll('∼', '~')
    .replaceAll(/[`ˋ]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function expectWhole({ title, body }: Shown, finding: Finding, headline: string): void {
  const read = plain(`${title}\n${body}`);
  expect(read).toContain(plain(headline));
  expect(read).toContain(plain(finding.summary));
  expect(body.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain(finding.fix.apply.join('\n'));
  if (finding.fix.note !== undefined) expect(read).toContain(plain(finding.fix.note));
  const quote = decisiveQuote(finding);
  if (quote !== undefined && quote.text.length < 250) {
    expect(read).toContain(plain(`line ${quote.line}: ${quote.text}`));
  }
  expect(body).toContain(LINK);
}

/** Sentences that stand in the text twice. */
function saidTwice({ title, body }: Shown): readonly string[] {
  const sentences = plain(`${title}. ${body.replaceAll('\n', '. ')}`)
    .split(/(?<=[.:!?]) /)
    .map((each) => each.replace(/[.*]/g, '').trim())
    .filter(({ length }) => length > 25);
  return sentences.filter((each, index) => sentences.indexOf(each) !== index);
}

const BROKEN = FIXTURE_PATHS.filter((name) => /\/broken[^/]*$/.test(name));

describe.each(PROVIDERS)('a page to %s', (provider, send) => {
  it.each(sampleOf(BROKEN, 32, provider.length))(
    'holds cause, fix, evidence and link of %s, and nothing twice',
    async (name) => {
      const { diagnosis } = diagnoseFixture(name);
      const [finding] = diagnosis.findings;
      if (finding === undefined) throw new Error('nothing is broken');
      const shown = await send(buildRequest(diagnosis));
      expectWhole(shown, finding, diagnosis.headline);
      expect(saidTwice(shown)).toEqual([]);
    },
  );

  const [known] = DEVICE_CHECK.findings;
  if (known === undefined) throw new Error('nothing is broken');
  const long = (start: string, fill: string) => `${start} ${fill.repeat(9000)}`;

  it.each(['x', '🔥', '&', '<@U0BEN> ', '`code` '])(
    'is within every limit where each part is far too long, filled with %s',
    async (fill) => {
      const finding: Finding = {
        ...known,
        title: long('TITLE', fill),
        summary: long('CAUSE', fill),
        fix: { ...known.fix, apply: ['set whole'], note: long('NOTE', fill) },
        evidence: [
          {
            source: fill.repeat(255),
            line: 7,
            text: `${fill.repeat(4000)} set trusthost1 ${fill.repeat(4000)}`,
          },
        ],
      };
      const others = Array.from({ length: 9 }, () => ({ ...finding, rule: 'other' }));
      const diagnosis = { ...DEVICE_CHECK, headline: long('HEADLINE', fill), findings: [finding, ...others] };
      for (const alias of ['fgt-branch-07', Array.from(fill.repeat(255)).slice(0, 255).join('')]) {
        const { title, body } = await send(buildRequest(diagnosis, alias));
        expect(title).toContain('HEADLINE');
        for (const part of ['set whole', 'CAUSE', 'NOTE', 'line 7', LINK]) expect(body).toContain(part);
        for (const part of ['CAUSE', 'NOTE']) {
          expect(body).toMatch(new RegExp(`${part}[^\\n]*\\d more characters\\)`));
        }
        expect(`${title}${body}`.isWellFormed()).toBe(true);
        if (provider === 'Slack') expect(`${title}${body}`).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }
    },
  );

  it('quotes the decisive words of a long line, and says how much is missing', async () => {
    const text = `{"a":"${'x'.repeat(600)}","error_message":"the token is locked","b":"${'y'.repeat(600)}"}`;
    const finding = {
      ...known,
      title: 'The token is locked',
      evidence: [{ source: 'paste', line: 1, text }],
    };
    const { body } = await send(buildRequest({ ...DEVICE_CHECK, findings: [finding] }));
    expect(body).toContain('the token is locked');
    expect(body).toMatch(/… \([\d,]+ more characters\)/);
  });
});
