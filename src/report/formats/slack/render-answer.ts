import { isUnchanged } from '../../../engine/diagnosis/compare.ts';
import type { CheckTarget, RunOutcome } from '../../../platform/runs/run.ts';
import { context } from '../../block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../block-kit/escape.ts';
import { slackTime } from '../../block-kit/slack-date.ts';
import { type Earlier, viewComparison } from '../../documents/answer/comparison.ts';
import { questionLine } from '../../documents/answer/device-line.ts';
import { isUndecided } from '../../documents/answer/next-steps.ts';
import type { DeviceHistoryView } from '../../documents/history/history.ts';
import { clipProse, joinTexts, printableProse } from '../../documents/printable.ts';
import { controlsBlocks } from './controls.ts';
import { contextBlocks, headlineBlock } from './other-blocks.ts';
import { proseText } from './prose-text.ts';
import {
  type RenderSlackOptions,
  type ReportPlacement,
  renderSlack,
  type SlackAnswer,
} from './render-slack.ts';
import { paragraph, prose, richText } from './rich-text.ts';

/** The parts of a request that the answer repeats, and the available actions. */
export interface AnswerSubject {
  readonly runId: string;
  readonly kind: 'check' | 'analyze' | 'group';
  readonly asker: { readonly name?: string };
  readonly alias?: string;
  /** What a check was limited to. */
  readonly user?: string;
  readonly vdom?: string;
  readonly earlier?: Earlier;
  /** The fix was pasted before. */
  readonly afterFix?: boolean | undefined;
  /** The checks of the device up to this one. */
  readonly history?: DeviceHistoryView | undefined;
  /** Whether "Escalate" would page a person. */
  readonly canEscalate?: boolean;
  /** Whether the inventory allows live checks of the device. */
  readonly canWatch?: boolean;
  /** Whether the asker may have a device of this name read here. */
  readonly mayCheck?: (name: string) => boolean;
  /** Where the report is, once the upload was attempted. */
  readonly report?: ReportPlacement;
}

/** The final answer of a run, for any outcome. */
export function renderAnswer(outcome: RunOutcome, subject: AnswerSubject): SlackAnswer {
  const { runId, kind, asker, alias, user, vdom, earlier, report, history, afterFix } = subject;
  const { canEscalate = false, canWatch = false, mayCheck = () => false } = subject;
  const isCancelled = outcome.kind === 'failed' && outcome.code === 'ftm_cancelled';
  const options = {
    // Who pasted a text, and when, stands right above its answer.
    askerName: kind === 'analyze' ? undefined : asker.name,
    alias,
    user,
    vdom,
    report,
    history,
    canWatch,
    controls: controlsBlocks({
      runId,
      canRecheck: kind === 'check',
      canWatch: kind === 'check' && canWatch && user !== undefined && isOpen(outcome),
      device: kind === 'analyze' ? deviceToRead(outcome, mayCheck) : undefined,
      diagnosed: outcome.kind === 'diagnosed',
      hasFix: outcome.kind === 'diagnosed' && (outcome.diagnosis.findings[0]?.fix.apply.length ?? 0) > 0,
      canEscalate: canEscalate && !isCancelled,
    }),
  };
  if (outcome.kind === 'failed') return renderFailureSlack(outcome, options);
  if (earlier?.diagnosis !== undefined && isUnchanged(earlier.diagnosis, outcome.diagnosis))
    return unchangedAnswer(earlier.at, afterFix);
  return renderSlack(outcome.diagnosis, {
    ...options,
    tookMs: kind === 'analyze' ? undefined : outcome.tookMs,
    sinceHealthy: outcome.sinceHealthy,
    comparison: earlier === undefined ? undefined : viewComparison(earlier, outcome.diagnosis),
  });
}

/** The device that a pasted text without a cause is about, and the only user in it. */
function deviceToRead(outcome: RunOutcome, mayCheck: (name: string) => boolean): CheckTarget | undefined {
  if (outcome.kind !== 'diagnosed' || !isUndecided(outcome.diagnosis)) return undefined;
  const { device, attempts } = outcome.diagnosis;
  if (device.hostname === undefined || !mayCheck(device.hostname)) return undefined;
  const [user, ...others] = new Set(attempts.map((login) => login.user));
  return { alias: device.hostname, ...(user && others.length === 0 ? { user } : {}) };
}

/** Only a login can show the rest, and none was watched. */
function isOpen(outcome: RunOutcome): boolean {
  if (outcome.kind !== 'diagnosed') return false;
  const { verdict, proof, live } = outcome.diagnosis;
  return verdict !== 'broken' && proof !== 'login' && live === undefined;
}

/** The earlier answer stays as it is, with its buttons: nothing is said twice. */
function unchangedAnswer(since: number, afterFix = false): SlackAnswer {
  const pasted = afterFix ? ' The fix is not on the device yet, or has no effect.' : '';
  const text = `Unchanged since ${slackTime(since)}, see above.${pasted}`;
  return { text, blocks: [context(text)] };
}

type Failure = Pick<Extract<RunOutcome, { readonly kind: 'failed' }>, 'code' | 'message' | 'advice'>;

/** A run without a diagnosis: what happened, what to do, and the code to quote. */
export function renderFailureSlack(failure: Failure, options: RenderSlackOptions = {}): SlackAnswer {
  const { code, message, advice = '' } = failure;
  const asked = questionLine(options);
  const said = clipProse(printableProse(message), 600) || 'The request failed';
  // It was asked for.
  const isError = code !== 'ftm_cancelled';
  const mark = code === 'ftm_unknown_vdom' ? '⚠️' : '⚪';
  const todo = clipProse(printableProse(advice), 2000);
  return {
    text: joinTexts([`${mark} *${proseText(said)}*`, proseText(todo), isError ? `(${code})` : ''], '\n'),
    blocks: [
      headlineBlock(mark, said),
      ...contextBlocks(clipProse(asked, 600)),
      ...(todo === '' ? [] : [richText([paragraph(prose(todo))])]),
      ...(isError ? [context(escapeMrkdwn(code))] : []),
      ...(options.controls ?? []),
    ],
  };
}
