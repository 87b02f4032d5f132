import type { PagerSeverity } from '../../platform/config/escalation-schema.ts';
import { clipToLimit } from '../core/pager-text.ts';
import { type PagerMessage, type PagerRoute, placeFields, type RouteResult } from './pager-route.ts';
import { joinUrl, type RouteOptions } from './send-json.ts';

/**
 * Events API v2. Fields and limits: https://developer.pagerduty.com/docs/events-api-v2-overview and the pages on alert
 * and change events: 512 KB a request, `dedup_key` 255, `payload.summary` 1024 characters.
 */
const PAGERDUTY_MAX_BYTES = 512 * 1024;

const SEVERITY = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
} as const satisfies Record<PagerSeverity, string>;

/** `url`: `https://events.pagerduty.com`, or the address of the European region. */
export interface PagerDutyOptions extends Omit<RouteOptions, 'now'> {
  readonly routingKey: () => Promise<string>;
}

const PROVIDER = 'PagerDuty';

export function createPagerDutyRoute({ name, url, routingKey, send }: PagerDutyOptions): PagerRoute {
  const post = async (path: string, event: object): Promise<RouteResult> =>
    send({
      url: joinUrl(url, path),
      body: { routing_key: await routingKey(), ...event },
      provider: PROVIDER,
      maxBytes: PAGERDUTY_MAX_BYTES,
    });
  const enqueue = (event: object): Promise<RouteResult> => post('/v2/enqueue', event);

  return {
    name,
    label: `${PROVIDER} (${name})`,
    trigger: (page) => enqueue(triggerEvent(page)),
    acknowledge: ({ key }) => enqueue({ event_action: 'acknowledge', dedup_key: key }),
    // A page is resolved by a repair: the change event documents it beside the incident, with the person's note. The
    // event that resolves takes no text, and a trigger with the text could open a new incident.
    async resolve(page, by, note) {
      const resolved = await enqueue({ event_action: 'resolve', dedup_key: page.key });
      if (resolved.kind === 'accepted') await post('/v2/change/enqueue', changeEvent(page, by, note));
      return resolved;
    },
    // A trigger with the key of an open alert is added to its log.
    note: (page, text) => enqueue(triggerEvent({ ...page, details: text })),
  };
}

function triggerEvent(page: PagerMessage): object {
  return {
    event_action: 'trigger',
    dedup_key: page.key,
    client: 'ftm-check',
    client_url: page.link,
    links: links(page),
    payload: {
      summary: clipToLimit(page.summary, 1024),
      source: page.device,
      severity: SEVERITY[page.severity],
      timestamp: new Date(page.openedAt).toISOString(),
      component: 'FortiToken Mobile push',
      class: page.cause,
      custom_details: { details: page.details, ...placeFields(page), origin: 'ftm-check' },
    },
  };
}

function links({ link }: PagerMessage): readonly object[] {
  return link === undefined ? [] : [{ href: link, text: 'Thread in Slack' }];
}

function changeEvent(page: PagerMessage, by: string, note?: string): object {
  return {
    links: links(page),
    payload: {
      summary: clipToLimit(`Repaired by ${by}: ${page.summary}`, 1024),
      source: page.device,
      custom_details: { cause: page.cause, note },
    },
  };
}
