import { isUnchanged } from '../../../engine/diagnosis/compare.ts';
import type { RunOutcome } from '../../../platform/runs/run.ts';
import { slackTime } from '../../block-kit/slack-date.ts';
import { type Earlier, viewComparison } from '../../documents/answer/comparison.ts';
import type { DeviceHistoryView } from '../../documents/history/history.ts';
import { controlsBlocks } from './controls.ts';
import { context } from './other-blocks.ts';
import { renderFailureSlack } from './render-failure.ts';
import { type ReportPlacement, renderSlack, type SlackAnswer } from './render-slack.ts';

/** The parts of a request that the answer repeats, and the available actions. */
export interface AnswerSubject {
  readonly runId: string;
  readonly kind: 'check' | 'analyze' | 'group';
  readonly asker: { readonly name?: string };
  readonly alias?: string;
  /** What a check was limited to. */
  readonly user?: string;
  readonly vdom?: string;
  /** The diagnosis to compare with. */
  readonly earlier?: Earlier;
  /** The checks of the device up to this one. */
  readonly history?: DeviceHistoryView | undefined;
  /** Whether "Escalate" would page somebody. */
  readonly canEscalate?: boolean;
  /** Whether the inventory allows live checks of the device. */
  readonly canWatch?: boolean;
  /** Where the report is, once the upload was attempted. */
  readonly report?: ReportPlacement;
}

/** The final answer of a run, for any outcome. */
export function renderAnswer(outcome: RunOutcome, subject: AnswerSubject): SlackAnswer {
  const { runId, kind, asker, alias, user, vdom, earlier, report, history } = subject;
  const { canEscalate = false, canWatch } = subject;
  const isCancelled = outcome.kind === 'failed' && outcome.code === 'ftm_cancelled';
  const options = {
    askerName: asker.name,
    alias,
    user,
    vdom,
    report,
    history,
    canWatch,
    controls: controlsBlocks({
      runId,
      canRecheck: kind === 'check',
      diagnosed: outcome.kind === 'diagnosed',
      canEscalate: canEscalate && !isCancelled,
    }),
  };
  if (outcome.kind === 'failed') return renderFailureSlack(outcome, options);
  if (earlier?.diagnosis !== undefined && isUnchanged(earlier.diagnosis, outcome.diagnosis))
    return unchangedAnswer(earlier.at);
  return renderSlack(outcome.diagnosis, {
    ...options,
    tookMs: outcome.tookMs,
    sinceHealthy: outcome.sinceHealthy,
    comparison: earlier === undefined ? undefined : viewComparison(earlier, outcome.diagnosis),
  });
}

/** The earlier answer stays as it is, with its buttons: nothing is said twice. */
function unchangedAnswer(since: number): SlackAnswer {
  const text = `Unchanged since ${slackTime(since)}, see above.`;
  return { text, blocks: [context(text)] };
}
