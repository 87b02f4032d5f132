import { type PagerMessage, type PagerRoute, placeFields, type RouteResult } from './pager-route.ts';
import { joinUrl, type RouteOptions } from './send-json.ts';

/** Label of every alert sent by ftm-check: an alert that comes back with it never starts a check. */
export const OWN_LABEL = 'ftm_check_key';

/**
 * Alertmanager ends an alert that is not repeated within `resolve_timeout`, unless it has an end. The end is set far
 * in the future, and to now when the page is resolved.
 */
const ALERT_LIFETIME_MS = 7 * 24 * 3_600_000;

export interface AlertmanagerOptions extends RouteOptions {
  readonly labels: Readonly<Record<string, string>>;
  readonly token?: (() => Promise<string>) | undefined;
}

/** API v2 (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). The labels are the identity of an alert. */
export function createAlertmanagerRoute(options: AlertmanagerOptions): PagerRoute {
  const { name, url, labels, token, send, now } = options;

  async function post(page: PagerMessage, endsAt: number, details = page.details): Promise<RouteResult> {
    const authorization: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${await token()}` };
    return send({
      url: joinUrl(url, 'api/v2/alerts'),
      headers: authorization,
      provider: 'Alertmanager',
      body: [
        {
          labels: {
            ...labels,
            alertname: 'FortiTokenPushBroken',
            device: page.device,
            ...placeFields(page),
            cause: page.cause,
            severity: page.severity,
            [OWN_LABEL]: page.key,
          },
          annotations: { summary: page.summary, description: details },
          generatorURL: page.link,
          startsAt: new Date(page.openedAt).toISOString(),
          endsAt: new Date(endsAt).toISOString(),
        },
      ],
    });
  }

  return {
    name,
    label: `Alertmanager (${name})`,
    trigger: (page) => post(page, now() + ALERT_LIFETIME_MS),
    acknowledge: async () => ({ kind: 'unsupported' }),
    resolve: (page, by, note) =>
      note === undefined
        ? post(page, now())
        : post(page, now(), `${page.details}\n\nResolved by ${by}: ${note}`),
    note: (page, text) => post(page, now() + ALERT_LIFETIME_MS, `${page.details}\n\n${text}`),
  };
}
