import { FtmError } from '../../ftm-error.ts';
import type { Role } from '../../platform/config/config.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { EscalationSettings, RouteSettings } from '../../platform/config/escalation-types.ts';
import { escalationSecrets, findSecret } from '../../platform/config/new-secrets.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

const TIMEOUT_MS = 5000;

/** Whether every secret of paging that this role reads can be read. */
export async function checkEscalationSecrets(
  settings: EscalationSettings,
  role: Role,
  env: Environment,
): Promise<readonly SettingCheck[]> {
  const uses = new Map<
    string,
    { readonly ref: ReturnType<typeof escalationSecrets>[number]['ref']; readonly by: Set<string> }
  >();
  for (const { ref, by } of escalationSecrets(settings, role)) {
    const key = JSON.stringify(ref);
    const known = uses.get(key) ?? { ref, by: new Set<string>() };
    uses.set(key, known);
    known.by.add(by);
  }
  const results: SettingCheck[] = [];
  for (const { ref, by } of uses.values()) {
    try {
      await readSecret(ref, env);
      results.push(passCheck('secret', 'env' in ref ? ref.env : ref.file));
    } catch (error) {
      if (!(error instanceof FtmError)) throw error;
      results.push(failCheck('secret', `${error.message} Needed for ${[...by].join(', ')}.`));
    }
  }
  return results;
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
    await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return passCheck('route', `${route.name}: ${origin} answers`);
  } catch {
    return {
      ...failCheck('route', `${route.name}: ${origin} does not answer: check the url, egress and the proxy.`),
      unreachable: true,
    };
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
