import type { RouteSettings } from '../../platform/config/escalation-types.ts';
import type { SecretRef } from '../../platform/config/secret-ref.ts';
import { createAlertmanagerRoute } from './alertmanager.ts';
import { createJsmRoute } from './jsm.ts';
import type { PagerRoute } from './pager-route.ts';
import { createPagerDutyRoute } from './pagerduty.ts';
import type { SendJson } from './send-json.ts';
import { createWebhookRoute } from './webhook.ts';

export interface CreateRoutesOptions {
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly send: SendJson;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Creates the provider routes, by name. Slack escalation policies are handled by the engine. */
export function createRoutes(
  settings: readonly RouteSettings[],
  options: CreateRoutesOptions,
): ReadonlyMap<string, PagerRoute> {
  return new Map(
    settings.flatMap((each) => {
      const route = createRoute(each, options);
      return route === undefined ? [] : [[each.name, route] as const];
    }),
  );
}

function createRoute(
  settings: RouteSettings,
  { readSecret, send, now }: CreateRoutesOptions,
): PagerRoute | undefined {
  const { name } = settings;
  switch (settings.kind) {
    case 'pagerduty': {
      const { url, routingKey } = settings;
      return createPagerDutyRoute({ name, url, send, routingKey: () => readSecret(routingKey) });
    }
    case 'alertmanager': {
      const { url, labels, token } = settings;
      return createAlertmanagerRoute({
        name,
        url,
        labels,
        send,
        now,
        token: token && (() => readSecret(token)),
      });
    }
    case 'jsm': {
      const { url, apiKey } = settings;
      return createJsmRoute({ name, url, send, apiKey: () => readSecret(apiKey) });
    }
    case 'webhook': {
      const { url, secret } = settings;
      return createWebhookRoute({ name, url, send, now, secret: () => readSecret(secret) });
    }
    case 'slack':
      break;
  }
  return undefined;
}
