import type { Run, RunOutcome } from '../../platform/runs/run.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { Earlier } from '../../report/documents/answer/comparison.ts';
import type { ReportPlacement, SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { alikeBefore } from './collapse-superseded.ts';
import { deviceHistory } from './device-history.ts';
import type { DeliveryOptions } from './types.ts';

interface Rendering {
  readonly report?: ReportPlacement;
  readonly standsAlone?: boolean;
}

/**
 * An error in rendering must not lose the answer. What the store does not give now, the next attempt reads: a bare answer
 * would be edited into another one then.
 */
export async function renderOrBare(
  run: Run,
  outcome: RunOutcome,
  options: DeliveryOptions,
  { report, standsAlone = false }: Rendering = {},
): Promise<SlackAnswer> {
  const { id: runId, asker, kind, alias, user, vdom, afterFix } = run;
  const [earlier, history] = await Promise.all([
    standsAlone ? undefined : describeEarlier(run, outcome, options),
    deviceHistory(run, options),
  ]);
  try {
    const asked = { runId, asker, kind, alias, user, vdom, afterFix };
    return options.render(outcome, { ...asked, earlier, history, report }, run);
  } catch (error) {
    options.logger.error({ run: runId, err: error }, 'the answer could not be rendered');
    return bareAnswer(outcome);
  }
}

function bareAnswer(outcome: RunOutcome): SlackAnswer {
  const text =
    outcome.kind === 'diagnosed'
      ? escapeMrkdwn(outcome.diagnosis.headline)
      : [outcome.message, outcome.advice ?? ''].map(escapeMrkdwn).join(' ').trim();
  return { text: text === '' ? 'The answer could not be displayed.' : text, blocks: [] };
}

/** Undefined if there was no previous diagnosis to compare with. */
async function describeEarlier(
  run: Run,
  outcome: RunOutcome,
  { runs }: DeliveryOptions,
): Promise<Earlier | undefined> {
  const { comparesTo, acceptedAt, kind, replyTo } = run;
  if (comparesTo === undefined) {
    // The answer above, in the same thread, about a text that says exactly the same.
    if (kind !== 'analyze' || replyTo.thread === undefined || outcome.kind !== 'diagnosed') return undefined;
    const { diagnosis } = outcome;
    const first = (await alikeBefore(run, diagnosis, runs)).at(-1);
    return first && { diagnosis, at: first.acceptedAt, agoMs: acceptedAt - first.acceptedAt };
  }
  const earlier = await runs.get(comparesTo);
  if (earlier === undefined) return { at: acceptedAt, agoMs: 0 };
  if (earlier.outcome?.kind !== 'diagnosed') return undefined;
  const { acceptedAt: at, outcome: before } = earlier;
  return { diagnosis: before.diagnosis, at, agoMs: Math.max(0, acceptedAt - at) };
}
