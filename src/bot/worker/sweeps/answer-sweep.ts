import { excludedRules } from '../../../engine/diagnosis/compare.ts';
import type { PageThreshold } from '../../../platform/config/sweep-types.ts';
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
  const { runs, sweeps, delivery, logger } = options;
  const before = await sweeps.baseline(name);
  if (before?.run === run.id) return;
  const view = await groupView(run, 'done', options);
  const compared =
    before && (await compareSweeps(before, view.rows, (row, rule) => isFine(run, row.number, rule, options)));
  const devices = compared?.devices ?? firstBaseline(view.rows);
  const posts = compared === undefined || hasChanges(compared.changes);
  await runs.update(run.id, { outcome: { kind: 'group', headline: countLine(view.rows, 'device') } });
  const paged = compared === undefined ? [] : pagedRows(name, compared.changes, options);
  await withEarlyPages(run, paged, options, async () => {
    if (posts && run.answeredAt === undefined) {
      const { root, message } = renderSweep(name, view, compared?.changes);
      await delivery.deliverGroup(run, { root, message, files: await groupFiles(view, options) });
    }
    if (!posts) await runs.update(run.id, { answeredAt: options.now() });
    await pageFor(run, paged, options);
  });
  await sweeps.setBaseline(name, { run: run.id, devices });
  logger.info({ run: run.id, sweep: name, posts }, 'sweep done');
}

async function isFine(run: Run, number: number, rule: string, { groups }: WorkerOptions): Promise<boolean> {
  const outcome = await groups.outcome(run.id, number);
  if (outcome?.kind !== 'diagnosed') return false;
  return excludedRules(outcome.diagnosis).has(rule);
}

/** Devices with a new finding about which the policies of `escalation` decide. */
function pagedRows(
  name: string,
  { fresh }: SweepChanges,
  { inventory }: Pick<WorkerOptions, 'inventory'>,
): readonly SweepChanges['fresh'][number]['row'][] {
  const pages = inventory.sweeps.get(name)?.pages ?? 'never';
  return firstOfEachCause(
    fresh.filter(({ row, findings }) => mayPage(worstSeverity({ ...row, findings }), pages)),
  ).map(({ row }) => row);
}

/** While Slack is away or slow, a page goes out all the same. */
async function withEarlyPages(
  run: Run,
  rows: ReturnType<typeof pagedRows>,
  { runs, groups, onAnswered, logger }: WorkerOptions,
  work: () => Promise<void>,
): Promise<void> {
  async function announce(): Promise<void> {
    for (const { number } of rows) {
      const member = await openMember(run, number, run.asker, { runs, groups }, true);
      if (member !== undefined) await onAnswered?.(member.run.id, { early: true });
    }
  }
  const tryToAnnounce = () =>
    announce().catch((error: unknown) =>
      logger.warn({ run: run.id, err: error }, 'pages of a sweep could not be announced early'),
    );
  const timer = setTimeout(() => void tryToAnnounce(), WAIT_FOR_SLACK_MS.first);
  try {
    await work();
  } catch (error) {
    await tryToAnnounce();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A device with a new finding gets its answer in the thread. */
async function pageFor(
  run: Run,
  rows: ReturnType<typeof pagedRows>,
  { runs, groups, delivery, onAnswered }: WorkerOptions,
): Promise<void> {
  const current = await runs.get(run.id);
  if (current === undefined || onAnswered === undefined) return;
  for (const row of rows) {
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
