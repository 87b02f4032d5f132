import { FtmError } from '../../engine/ftm-error.ts';
import { listFirst } from '../../engine/text/list-first.ts';
import type { Environment } from './environment.ts';
import type { EscalationSettings } from './escalation-schema.ts';
import type { SecretRef } from './inventory-parts.ts';
import type { Device, Inventory, SshEndpoint } from './inventory-types.ts';
import type { Role } from './load-config.ts';
import { readSecret } from './read-secret.ts';

export interface Needed {
  readonly ref: SecretRef;
  /** The device alias or paging setting that uses the secret. */
  readonly by: string;
}

export interface NewSecrets {
  readonly next: Inventory;
  readonly current: Inventory;
  /** Each role needs only the secrets it reads: a bot does not sign in to devices. */
  readonly role: Role;
  readonly env: Environment;
}

/**
 * Returns why `next` must not replace `current`: it refers to secrets that cannot be read here. A secret that
 * `current` refers to as well is not a reason, since refusing would not restore it.
 */
export async function missingSecrets({
  next,
  current,
  role,
  env,
}: NewSecrets): Promise<FtmError | undefined> {
  const known = new Set(listNeeded(current, role).map(({ ref }) => JSON.stringify(ref)));
  const wanted = listNeeded(next, role).filter(({ ref }) => !known.has(JSON.stringify(ref)));
  const problems = (await readAll(wanted, env)).flatMap(({ problem = [] }) => problem);
  if (problems.length === 0) return undefined;
  return new FtmError(
    'ftm_inventory_invalid',
    ['The inventory refers to missing secrets.', ...problems].join('\n'),
    { advice: 'It is loaded automatically once they exist.' },
  );
}

export interface KnownSecret {
  readonly ref: SecretRef;
  /** Why it cannot be read, and what needs it; absent if it can. */
  readonly problem?: string;
}

/** Whether each secret can be read, once for each reference. */
export async function readAll(needed: readonly Needed[], env: Environment): Promise<readonly KnownSecret[]> {
  const read: KnownSecret[] = [];
  for (const uses of Map.groupBy(needed, ({ ref }) => JSON.stringify(ref)).values()) {
    const { ref } = uses[0] as Needed;
    const by = [...new Set(uses.map((use) => use.by))];
    try {
      await readSecret(ref, env);
      read.push({ ref });
    } catch (error) {
      if (!(error instanceof FtmError)) throw error;
      read.push({ ref, problem: `${error.message} Needed for ${listFirst(by)}.` });
    }
  }
  return read;
}

function listSecretRefs({ credential }: Pick<SshEndpoint, 'credential'>): readonly SecretRef[] {
  if (credential.kind === 'password') return [credential.password];
  if (credential.kind === 'agent') return 'path' in credential.socket ? [] : [credential.socket];
  return [credential.privateKey, ...(credential.passphrase ? [credential.passphrase] : [])];
}

function listNeeded({ devices, escalation }: Inventory, role: Role): readonly Needed[] {
  const paging = escalation === undefined ? [] : escalationSecrets(escalation, role);
  return role === 'bot' ? paging : [...signInSecrets(devices.values()), ...paging];
}

export function signInSecrets(devices: Iterable<Device>): readonly Needed[] {
  return [...devices].flatMap((device) =>
    [device, ...(device.jumps ?? [])].flatMap(listSecretRefs).map((ref) => ({ ref, by: device.alias })),
  );
}

/** A bot receives alerts; a worker pages and writes notes to the source of an alert. */
export function escalationSecrets(
  { routes, alerts, schedules }: EscalationSettings,
  role: Role,
): readonly Needed[] {
  const { alertmanager, pagerduty, generic } = alerts ?? {};
  const received: readonly Wanted[] = [
    [alertmanager?.token, 'alerts of Alertmanager'],
    [pagerduty?.secret, 'alerts of PagerDuty'],
    [generic?.secret, 'alerts'],
  ];
  const worked: readonly Wanted[] = [
    [pagerduty?.api?.token, 'notes in PagerDuty'],
    [generic?.secret, 'notes on alerts'],
    ...routes.map((route): Wanted => [findSecret(route), `the route ${route.name}`]),
    ...[...schedules].map(([name, { calendar }]): Wanted => {
      const url = calendar?.url;
      return [typeof url === 'string' ? undefined : url, `the calendar of the schedule ${name}`];
    }),
  ];
  const wanted = [...(role === 'worker' ? [] : received), ...(role === 'bot' ? [] : worked)];
  return wanted.flatMap(([ref, by]) => (ref === undefined ? [] : [{ ref, by }]));
}

type Wanted = readonly [ref: SecretRef | undefined, by: string];

export function findSecret(route: EscalationSettings['routes'][number]): SecretRef | undefined {
  if (route.kind === 'slack') return undefined;
  if (route.kind === 'pagerduty') return route.routingKey;
  if (route.kind === 'jsm') return route.apiKey;
  return route.kind === 'webhook' ? route.secret : route.token;
}
