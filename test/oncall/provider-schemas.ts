import { z } from 'zod';

/**
 * What the providers accept. PagerDuty, Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview and
 * the pages on alert and change events. Jira Service Management Operations:
 * https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v1/api-group-integration-events/
 */

const link = z.object({ href: z.url(), text: z.string().optional() });
const routing_key = z.string().length(32);
const dedup_key = z.string().min(1).max(255);
const summary = z.string().min(1).max(1024);

export const pagerDutyEvent = z.discriminatedUnion('event_action', [
  z.object({
    routing_key,
    event_action: z.literal('trigger'),
    dedup_key,
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(link).optional(),
    payload: z.object({
      summary,
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime().optional(),
      component: z.string().optional(),
      group: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.object({ routing_key, event_action: z.enum(['acknowledge', 'resolve']), dedup_key }),
]);

export const pagerDutyChange = z.object({
  routing_key,
  links: z.array(link).optional(),
  payload: z.object({
    summary,
    source: z.string().optional(),
    timestamp: z.iso.datetime().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
});

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
