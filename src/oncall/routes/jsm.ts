import type { PagerSeverity } from '../../platform/config/escalation-schema.ts';
import { clipToLimit } from '../core/pager-text.ts';
import { type PagerMessage, type PagerRoute, placeFields, type RouteResult } from './pager-route.ts';
import type { RouteOptions } from './send-json.ts';

const PRIORITY: Record<PagerSeverity, string> = { critical: 'P1', high: 'P2', medium: 'P3', low: 'P4' };
const PROVIDER = 'JSM';
const SOURCE = 'ftm-check';

export interface JsmOptions extends Omit<RouteOptions, 'now'> {
  readonly apiKey: () => Promise<string>;
}

/**
 * Jira Service Management Operations, integration events API:
 * https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v1/api-group-integration-events/ Published limits
 * of alert fields: message 130, alias 512, description 15,000, entity 512, note 25,000 characters. A second alert
 * with an open alias raises its count.
 */
export function createJsmRoute({ name, url, apiKey, send }: JsmOptions): PagerRoute {
  const base = url.replace(/\/+$/, '');
  async function post(path: string, body: object): Promise<RouteResult> {
    const headers = { authorization: `GenieKey ${await apiKey()}` };
    return send({ url: `${base}/v2/alerts${path}`, headers, body, provider: PROVIDER });
  }
  const act = ({ key }: PagerMessage, action: 'acknowledge' | 'close' | 'notes', body: object) =>
    post(`/${encodeURIComponent(key)}/${action}?identifierType=alias`, body);

  return {
    name,
    label: `${PROVIDER} (${name})`,
    trigger: (page) => post('', buildAlert(page)),
    acknowledge: (page, by) => act(page, 'acknowledge', { source: SOURCE, user: clipToLimit(by, 100) }),
    resolve: (page, by, note) =>
      act(page, 'close', {
        source: SOURCE,
        user: clipToLimit(by, 100),
        note: note === undefined ? undefined : clipToLimit(note, 25_000),
      }),
    note: (page, text) => act(page, 'notes', { source: SOURCE, note: clipToLimit(text, 25_000) }),
  };
}

function buildAlert(page: PagerMessage): object {
  return {
    message: clipToLimit(page.summary, 130),
    alias: page.key,
    description: clipToLimit(page.details, 15_000),
    entity: clipToLimit(page.device, 512),
    source: SOURCE,
    priority: PRIORITY[page.severity],
    tags: ['ftm-check', 'fortitoken'],
    details: { cause: page.cause, ...placeFields(page), thread: page.link, origin: SOURCE },
  };
}
