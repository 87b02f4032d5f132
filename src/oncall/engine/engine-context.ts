import type { EscalationSettings, SlackEscalationPolicy } from '../../platform/config/escalation-schema.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { untilWritten } from '../../platform/store/records.ts';
import type { Escalation, HistoryEntry } from '../core/escalation.ts';
import type { EscalationQueue } from '../jobs.ts';
import type { PagerRoute } from '../routes/pager-route.ts';
import type { ShiftSources } from '../schedule/current-schedules.ts';
import type { EscalationStore } from '../store/escalation-store.ts';
import type { ThreadPort } from '../thread/thread-port.ts';
import type { ReportToOps } from './report-to-ops.ts';

export interface EngineContext extends ShiftSources, Pick<Dependencies, 'logger' | 'now'> {
  readonly settings: EscalationSettings;
  readonly store: EscalationStore;
  readonly queue: Pick<EscalationQueue, 'enqueue'>;
  readonly thread: ThreadPort;
  /** Provider routes by name. Slack escalation policies are handled by the engine itself. */
  readonly routes: ReadonlyMap<string, PagerRoute>;
  /** End of the maintenance window or silence of the device; undefined if it has none. */
  readonly quietUntil: (alias: string) => Promise<number | undefined>;
  /** Called once for each history entry, after it was stored. */
  readonly onHappened?: (what: HistoryEntry['what']) => void;
  /** Absent if no operations channel is set. */
  readonly reportToOps?: ReportToOps | undefined;
}

export function findEscalationPolicy(
  { settings }: Pick<EngineContext, 'settings'>,
  route = '',
): SlackEscalationPolicy | undefined {
  const found = settings.routes.find(({ name }) => name === route);
  return found?.kind === 'slack' ? found : undefined;
}

export function labelRoute({ routes }: Pick<EngineContext, 'routes'>, route: string): string {
  return routes.get(route)?.label ?? `Slack (${route})`;
}

/** Applies a change to the latest version; concurrent changes are kept. */
export async function updateEscalation(
  { store, onHappened }: Pick<EngineContext, 'store' | 'onHappened'>,
  id: string,
  transition: (latest: Escalation) => Escalation,
): Promise<Escalation | undefined> {
  const latest = await untilWritten(async () => {
    const stored = await store.get(id);
    if (stored === undefined) return 'gone';
    const next = transition(stored.escalation);
    if (next === stored.escalation) return next;
    if (!(await store.save(next, stored.version))) return undefined;
    for (const { what } of next.history.slice(stored.escalation.history.length)) onHappened?.(what);
    return next;
  });
  return latest === 'gone' ? undefined : latest;
}
