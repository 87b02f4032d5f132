import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { EscalationSettings, RouteSettings } from '../../platform/config/escalation-schema.ts';
import { findSecret, type Needed, readAll } from '../../platform/config/new-secrets.ts';
import { nameRef, readSecret } from '../../platform/config/read-secret.ts';
import { awayCheck, failCheck, passCheck, type SettingCheck } from './setting-check.ts';

const TIMEOUT_MS = 5000;

/** Whether every secret can be read. */
export async function checkSecrets(
  needed: readonly Needed[],
  env: Environment,
): Promise<readonly SettingCheck[]> {
  return (await readAll(needed, env)).map(({ ref, problem }) =>
    problem === undefined ? passCheck('secret', nameRef(ref)) : failCheck('secret', problem),
  );
}

/**
 * Whether the address of every route answers. Any response counts: the page itself is the only call that a provider
 * offers to everybody.
 */
export async function checkRouteAddresses({ routes }: EscalationSettings): Promise<readonly SettingCheck[]> {
  return await Promise.all(routes.flatMap((route) => (route.kind === 'slack' ? [] : [checkAddress(route)])));
}

async function checkAddress(
  route: Exclude<RouteSettings, { readonly kind: 'slack' }>,
): Promise<SettingCheck> {
  const { origin } = new URL(route.url);
  try {
    await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return passCheck('route', `${route.name}: ${origin} answers`);
  } catch {
    return awayCheck(
      'route',
      `${route.name}: ${origin} does not answer: check the url, egress and the proxy.`,
    );
  }
}

/** Routes whose secret cannot be read, with the reason. */
export async function unreadableRoutes(
  { routes }: EscalationSettings,
  env: Environment,
): Promise<readonly { readonly route: string; readonly reason: string }[]> {
  const found: { readonly route: string; readonly reason: string }[] = [];
  for (const route of routes) {
    const ref = findSecret(route);
    if (ref === undefined) continue;
    try {
      await readSecret(ref, env);
    } catch (error) {
      if (!(error instanceof FtmError)) throw error;
      found.push({ route: route.name, reason: error.message });
    }
  }
  return found;
}
