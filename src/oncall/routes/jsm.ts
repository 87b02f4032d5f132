import { z } from 'zod';
import type { PagerSeverity } from '../../platform/config/escalation-types.ts';
import { cut } from '../core/pager-text.ts';
import type { PagerMessage, PagerRoute, RouteResult } from './pager-route.ts';
import type { SendJson } from './send-json.ts';

/**
 * Jira Service Management Operations, integration events API:
 * https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v1/api-group-integration-events/ Published limits
 * of alert fields: message 130, alias 512, description 15,000, entity 512, note 25,000 characters. A second alert
 * with an open alias raises its count.
 */
export const jsmAlert = z.object({
  message: z.string().min(1).max(130),
  alias: z.string().min(1).max(512),
  description: z.string().max(15_000),
  entity: z.string().max(512),
  source: z.string().max(100),
  priority: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']),
  tags: z.array(z.string().max(50)).max(20),
  details: z.record(z.string(), z.string()),
});

export const jsmAction = z.object({
  source: z.string().max(100),
  user: z.string().max(100).optional(),
  note: z.string().max(25_000).optional(),
});

const PRIORITY = { critical: 'P1', high: 'P2', medium: 'P3', low: 'P4' } as const satisfies Record<
  PagerSeverity,
  string
>;
const PROVIDER = 'JSM';
const SOURCE = 'ftm-check';

export interface JsmOptions {
  readonly name: string;
  readonly url: string;
  readonly apiKey: () => Promise<string>;
  readonly send: SendJson;
}

export function createJsmRoute({ name, url, apiKey, send }: JsmOptions): PagerRoute {
  const base = url.replace(/\/+$/, '');
  async function post(path: string, body: object): Promise<RouteResult> {
    const headers = { authorization: `GenieKey ${await apiKey()}` };
    return send({ url: `${base}/v2/alerts${path}`, headers, body, provider: PROVIDER });
  }
  const act = (
    { key }: PagerMessage,
    action: 'acknowledge' | 'close' | 'notes',
    body: z.infer<typeof jsmAction>,
  ) => post(`/${encodeURIComponent(key)}/${action}?identifierType=alias`, body);

  return {
    name,
    label: `${PROVIDER} (${name})`,
    trigger: (page) => post('', buildAlert(page)),
    acknowledge: (page, by) => act(page, 'acknowledge', { source: SOURCE, user: cut(by, 100) }),
    resolve: (page, by, note) =>
      act(page, 'close', {
        source: SOURCE,
        user: cut(by, 100),
        note: note === undefined ? undefined : cut(note, 25_000),
      }),
    note: (page, text) => act(page, 'notes', { source: SOURCE, note: cut(text, 25_000) }),
  };
}

function buildAlert(page: PagerMessage): z.infer<typeof jsmAlert> {
  return {
    message: cut(page.summary, 130),
    alias: page.key,
    description: cut(page.details, 15_000),
    entity: cut(page.device, 512),
    source: SOURCE,
    priority: PRIORITY[page.severity],
    tags: ['ftm-check', 'fortitoken'],
    details: { cause: page.cause, thread: page.link, origin: SOURCE },
  };
}
