import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { Role } from '../../platform/config/load-config.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { checkEscalation, type EscalationCheckOptions } from './check-escalation.ts';
import { listSilentSettings } from './check-pages.ts';
import { unreadableRoutes } from './check-routes.ts';

/** Logs the problems of paging and alerts that `doctor` finds. Never rejects. */
export async function warnEscalation(
  options: EscalationCheckOptions & { readonly logger: Logger },
): Promise<void> {
  const { logger } = options;
  try {
    const wrong = (await checkEscalation(options)).filter(({ ok }) => !ok);
    for (const { name, detail } of wrong) logger.warn({ check: name }, `paging: ${detail}`);
  } catch (error) {
    logger.warn({ err: error }, 'paging was not checked');
  }
}

/**
 * Rejects with `ftm_config_invalid` if a setting that pages would reach no person. A bot itself pages no one, so
 * it starts all the same.
 */
export async function requireSomebodyPaged(
  inventory: Inventory,
  role: Role,
  env: Environment,
): Promise<void> {
  const { escalation } = inventory;
  if (escalation === undefined || role === 'bot') return;
  const unreadable = await unreadableRoutes(escalation, env);
  const silent = listSilentSettings(inventory, escalation, new Set(unreadable.map(({ route }) => route)));
  if (silent.length === 0) return;
  const reasons = unreadable.map(({ route, reason }) => `${route}: ${reason}`);
  throw new FtmError('ftm_config_invalid', ['Nobody would be paged.', ...silent, ...reasons].join('\n'), {
    advice: 'Set the secrets of the routes, or remove the setting from the inventory.',
  });
}
