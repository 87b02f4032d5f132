import { excludedRules } from '../../../engine/diagnosis/compare.ts';
import { memberId } from '../../../platform/runs/group.ts';
import type { Run } from '../../../platform/runs/run.ts';
import { worstSeverity } from '../../../report/documents/cases/case-row.ts';
import { countLine } from '../../../report/documents/cases/count-rows.ts';
import {
  compareSweeps,
  firstBaseline,
  firstOfEachCause,
  hasChanges,
  type SweepChanges,
} from '../../../report/documents/groups/sweep-changes.ts';
import { renderSweep } from '../../../report/formats/slack/render-sweep.ts';
import { openMember, showMember } from '../../delivery/show-member.ts';
import { WAIT_FOR_SLACK_MS } from '../answer-run.ts';
import { groupFiles, groupView } from '../groups/group-result.ts';
import type { WorkerOptions } from '../worker-options.ts';

/**
 * Posts what changed since the previous sweep, or everything if there was none; nothing if nothing changed. Then the
 * next sweep is compared with this one. Idempotent.
 */
export async function answerSweep(run: Run, name: string, options: WorkerOptions): Promise<void> {
  const { runs, sweeps, delivery, onAnswered, logger } = options;
  const before = await sweeps.baseline(name);
  if (before?.run === run.id) return;
  const view = await groupView(run, 'done', options);
  const compared =
    before && (await compareSweeps(before, view.rows, (row, rule) => isFine(run, row.number, rule, options)));
  const devices = compared?.devices ?? firstBaseline(view.rows);
  const posts = compared === undefined || hasChanges(compared.changes);
  await runs.update(run.id, { outcome: { kind: 'group', headline: countLine(view.rows, 'device') } });
  const paged = compared === undefined ? [] : listPagedRows(name, compared.changes, options);

  async function post(): Promise<void> {
    if (posts && run.answeredAt === undefined) {
      const { root, message } = renderSweep(name, view, compared?.changes);
      await delivery.deliverGroup(run, { root, message, files: await groupFiles(view, options) });
    }
    if (!posts) await runs.update(run.id, { answeredAt: options.now() });
    const current = await runs.get(run.id);
    if (current === undefined || onAnswered === undefined) return;
    // A device with a new finding gets its answer in the thread.
    for (const { number } of paged) {
      const shown = await showMember(current, number, run.asker, options, true);
      if (shown.kind !== 'expired') await onAnswered(memberId(run.id, number));
    }
  }
  async function announce(): Promise<void> {
    try {
      for (const { number } of paged) {
        const member = await openMember(run, number, run.asker, options, true);
        if (member !== undefined) await onAnswered?.(member.run.id, { early: true });
      }
    } catch (error) {
      logger.warn({ run: run.id, err: error }, 'pages of a sweep could not be announced early');
    }
  }
  // While Slack is away or slow, a page goes out all the same.
  const timer = setTimeout(() => void announce(), WAIT_FOR_SLACK_MS.first);
  try {
    await post();
  } catch (error) {
    await announce();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  await sweeps.setBaseline(name, { run: run.id, devices });
  logger.info({ run: run.id, sweep: name, posts }, 'sweep done');
}

async function isFine(run: Run, number: number, rule: string, { groups }: WorkerOptions): Promise<boolean> {
  const outcome = await groups.outcome(run.id, number);
  if (outcome?.kind !== 'diagnosed') return false;
  return excludedRules(outcome.diagnosis).has(rule);
}

/** Devices with a new finding about which the policies of `escalation` decide. */
function listPagedRows(
  name: string,
  { fresh }: SweepChanges,
  { inventory }: Pick<WorkerOptions, 'inventory'>,
): readonly SweepChanges['fresh'][number]['row'][] {
  const pages = inventory.sweeps.get(name)?.pages ?? 'never';
  return firstOfEachCause(
    fresh.filter(({ row, findings }) => {
      const severity = worstSeverity({ ...row, findings });
      return severity === 'critical' ? pages !== 'never' : severity === 'high' && pages === 'high';
    }),
  ).map(({ row }) => row);
}
