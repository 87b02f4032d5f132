import type { RouteSettings } from '../../platform/config/escalation-schema.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import { createAlertmanagerRoute } from './alertmanager.ts';
import { createJsmRoute } from './jsm.ts';
import type { PagerRoute } from './pager-route.ts';
import { createPagerDutyRoute } from './pagerduty.ts';
import type { RouteOptions } from './send-json.ts';
import { createWebhookRoute } from './webhook.ts';

export interface CreateRoutesOptions extends Pick<RouteOptions, 'send' | 'now'> {
  readonly readSecret: (ref: SecretRef) => Promise<string>;
}

/** Creates the provider routes, by name. Slack escalation policies are handled by the engine. */
export function createRoutes(
  settings: readonly RouteSettings[],
  options: CreateRoutesOptions,
): ReadonlyMap<string, PagerRoute> {
  const routes = settings.flatMap((each) => createRoute(each, options) ?? []);
  return new Map(routes.map((route) => [route.name, route]));
}

function createRoute(
  settings: RouteSettings,
  { readSecret, ...tools }: CreateRoutesOptions,
): PagerRoute | undefined {
  const reader = (ref: SecretRef) => () => readSecret(ref);
  switch (settings.kind) {
    case 'pagerduty':
      return createPagerDutyRoute({ ...settings, ...tools, routingKey: reader(settings.routingKey) });
    case 'alertmanager':
      return createAlertmanagerRoute({
        ...settings,
        ...tools,
        token: settings.token && reader(settings.token),
      });
    case 'jsm':
      return createJsmRoute({ ...settings, ...tools, apiKey: reader(settings.apiKey) });
    case 'webhook':
      return createWebhookRoute({ ...settings, ...tools, secret: reader(settings.secret) });
    case 'slack':
      break;
  }
  return undefined;
}
