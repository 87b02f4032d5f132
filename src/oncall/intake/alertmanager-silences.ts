import { z } from 'zod';
import type { AlertSettings } from '../../platform/config/escalation-schema.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { type GetJson, joinUrl } from '../routes/send-json.ts';
import type { KnownAlert } from './alert-index.ts';

export interface AlertmanagerSilencesOptions {
  readonly settings: AlertSettings | undefined;
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly get: GetJson;
  readonly logger: Logger;
}

/** `alias`: of the device. `alerts`: those that asked for the check. Resolves with the end of the silence, in ms since the epoch. */
export type FindSilence = (alias: string, alerts: readonly KnownAlert[]) => Promise<number | undefined>;

const matcher = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});
const silences = z.array(
  z.object({
    id: z.string(),
    status: z.object({ state: z.string() }),
    endsAt: z.string(),
    matchers: z.array(matcher),
  }),
);
const silencedAlerts = z.array(
  z.object({ fingerprint: z.string(), status: z.object({ silencedBy: z.array(z.string()) }) }),
);

type Matcher = z.infer<typeof matcher>;

/**
 * Silences of Alertmanager (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml): of an alert of
 * it whichever Alertmanager applies, else one that names the device and nothing more. What cannot be read silences
 * nothing: one page too many is better than one too few.
 */
export function createFindSilence(options: AlertmanagerSilencesOptions): FindSilence {
  const { readSecret, get, logger } = options;
  const { alertmanager, labels = ['device'], names = {} }: Partial<AlertSettings> = options.settings ?? {};
  const api = alertmanager?.api;
  if (api === undefined) return async () => undefined;

  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    if (api === undefined) return undefined;
    const headers: Record<string, string> =
      api.token === undefined ? {} : { authorization: `Bearer ${await readSecret(api.token)}` };
    const answer = await get({ url: joinUrl(api.url, path), headers, provider: 'Alertmanager' });
    const parsed = answer.kind === 'read' ? schema.safeParse(answer.body) : undefined;
    if (parsed?.success) return parsed.data;
    logger.warn({ path, answer: answer.kind }, 'the silences of Alertmanager could not be read');
    return undefined;
  }

  /** Of a run with several alerts every one has to be silenced. */
  async function listAppliedSilences(alerts: readonly KnownAlert[]): Promise<readonly string[]> {
    const silenced = await read('api/v2/alerts?silenced=true&active=false&inhibited=false', silencedAlerts);
    const byFingerprint = new Map(
      silenced?.map(({ fingerprint, status }) => [fingerprint, status.silencedBy]),
    );
    const ids = alerts.map(({ alert: { source, id } }) =>
      source === 'alertmanager' ? byFingerprint.get(id.split(' ')[0] ?? '') : undefined,
    );
    return ids.some((each) => each === undefined || each.length === 0)
      ? []
      : ids.flatMap((each) => each ?? []);
  }

  return async (alias, alerts) => {
    const active = (await read('api/v2/silences', silences))?.filter(
      ({ status }) => status.state === 'active',
    );
    if (active === undefined || active.length === 0) return undefined;
    const applied = alerts.length === 0 ? undefined : await listAppliedSilences(alerts);
    const known = [alias, ...Object.keys(names).filter((name) => names[name] === alias)];
    const fitting = active.filter(({ id, matchers }) =>
      applied === undefined
        ? matchers.length > 0 && matchers.every((each) => labels.includes(each.name) && fits(each, known))
        : applied.includes(id),
    );
    return fitting.length === 0 ? undefined : Math.max(...fitting.map(({ endsAt }) => Date.parse(endsAt)));
  };
}

/** A pattern of RE2 that is none of JavaScript silences nothing. */
function fits({ value, isRegex, isEqual }: Matcher, names: readonly string[]): boolean {
  if (!isEqual) return false;
  if (!isRegex) return names.includes(value);
  try {
    const pattern = new RegExp(`^(?:${value})$`, 'u');
    return names.some((each) => pattern.test(each)) && !pattern.test('');
  } catch {
    return false;
  }
}
