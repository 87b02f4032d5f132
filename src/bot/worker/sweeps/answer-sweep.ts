import { excludedRules } from '../../../engine/diagnosis/compare.ts';
import type { PageThreshold } from '../../../platform/config/sweep-types.ts';
import { memberId } from '../../../platform/runs/group.ts';
import type { Run } from '../../../platform/runs/run.ts';
import { worstSeverity } from '../../../report/documents/cases/case-row.ts';
import { countLine } from '../../../report/documents/cases/count-rows.ts';
import {
  compareSweeps,
  firstBaseline,
  hasChanges,
  type SweepChanges,
} from '../../../report/documents/groups/sweep-changes.ts';
import { renderSweep } from '../../../report/formats/slack/render-sweep.ts';
import { showMember } from '../../delivery/show-member.ts';
import { groupFiles } from '../groups/group-files.ts';
import type { GroupOptions } from '../groups/group-options.ts';
import { groupView } from '../groups/group-view-of.ts';

/** More devices at once have a common cause: only the first of them page. */
const MAX_PAGED = 10;

/**
 * Posts what changed since the previous sweep, or everything if there was none; nothing if nothing changed. Then the
 * next sweep is compared with this one. Idempotent.
 */
export async function answerSweep(run: Run, name: string, options: GroupOptions): Promise<void> {
  const { runs, sweeps, delivery, logger } = options;
  const before = await sweeps.baseline(name);
  if (before?.run === run.id) return;
  const view = await groupView(run, 'done', options);
  const compared =
    before && (await compareSweeps(before, view.rows, (row, rule) => isFine(run, row.number, rule, options)));
  const devices = compared?.devices ?? firstBaseline(view.rows);
  const posts = compared === undefined || hasChanges(compared.changes);
  await runs.update(run.id, { outcome: { kind: 'group', headline: countLine(view.rows, 'device') } });
  if (posts && run.answeredAt === undefined) {
    const { root, message } = renderSweep(name, view, compared?.changes);
    await delivery.deliverGroup(run, { root, message, files: await groupFiles(view, options) });
  }
  if (!posts) await runs.update(run.id, { answeredAt: options.now() });
  if (compared !== undefined) await pageFor(run, name, compared.changes, options);
  await sweeps.setBaseline(name, { run: run.id, devices });
  logger.info({ run: run.id, sweep: name, posts }, 'sweep done');
}

async function isFine(run: Run, number: number, rule: string, { groups }: GroupOptions): Promise<boolean> {
  const outcome = await groups.outcome(run.id, number);
  if (outcome?.kind !== 'diagnosed') return false;
  return excludedRules(outcome.diagnosis).has(rule);
}

/** A device with a new finding gets its answer in the thread, and the policies of `escalation` decide. */
async function pageFor(
  run: Run,
  name: string,
  { fresh }: SweepChanges,
  options: GroupOptions,
): Promise<void> {
  const { inventory, runs, groups, delivery, onAnswered } = options;
  const pages = inventory.sweeps.get(name)?.pages ?? 'never';
  const paged = fresh.filter(({ row, findings }) => mayPage(worstSeverity({ ...row, findings }), pages));
  const current = await runs.get(run.id);
  if (current === undefined || onAnswered === undefined) return;
  for (const { row } of paged.slice(0, MAX_PAGED)) {
    const shown = await showMember(
      current,
      row.number,
      run.asker,
      { runs, groups, deliver: (member, outcome) => delivery.deliver(member, outcome) },
      true,
    );
    if (shown.kind !== 'expired') await onAnswered(memberId(run.id, row.number));
  }
}

function mayPage(severity: string | undefined, pages: PageThreshold): boolean {
  return severity === 'critical' ? pages !== 'never' : severity === 'high' && pages === 'high';
}
