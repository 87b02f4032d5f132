import type { KnownBlock } from '@slack/types';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { getThread } from '../../src/platform/store/run-fields.ts';
import { section } from '../../src/report/block-kit/build-blocks.ts';
import { stillBrokenParts } from '../../src/report/documents/answer/next-step-texts.ts';
import { prosePart } from '../../src/report/documents/document.ts';
import { pressBlock } from '../../src/report/formats/slack/controls.ts';
import { renderSlackDocument } from '../../src/report/formats/slack/render-slack.ts';
import { paragraph, plain, preformat, richText } from '../../src/report/formats/slack/rich-text.ts';
import { sendReport, showCustomerDraft } from '../actions/answer-actions.ts';
import { pressEscalation } from '../actions/pager-actions.ts';
import { proveFix, recheck } from '../actions/recheck.ts';
import { answerRequest } from '../commands/answer-request.ts';
import { explainCause, explainFix } from '../commands/explain.ts';
import { authorise, findTarget, type RequestContext } from '../shared/request-context.ts';
import {
  notedText,
  nothingToExplainText,
  nothingToTakeText,
  partTexts,
  putOffText,
  solvedText,
  stillBrokenText,
  watchWhichText,
} from '../text/follow-ups.ts';
import { cannotEscalateText, noDiagnosisText } from '../text/replies.ts';
import { findNamedUser } from './find-named-user.ts';
import { type FollowUp, putOffWords } from './follow-up.ts';

const MAX_RUNS_READ = 20;
/** Asked for where watching is not allowed, so that the refusal says so. */
const REFUSED_SECONDS = 60;

/** A request that may come again. */
interface TimedRequest extends RequestContext {
  /** When it was made, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
}

/** The last answer of the thread; of a direct message without a thread, the person's last one there. */
export async function findThreadAnswer(
  { caller: { user, channel }, requests: { past } }: RequestContext,
  thread: string | undefined,
): Promise<Run | undefined> {
  const runs =
    thread === undefined
      ? (await past.listByAsker(user, MAX_RUNS_READ)).filter(({ replyTo }) => replyTo.channel === channel)
      : await past.listByThread(channel, thread, MAX_RUNS_READ);
  const answered = runs.filter(({ answeredAt }) => answeredAt !== undefined);
  return answered.find((run) => !isCancelled(run)) ?? answered[0];
}

/** Nothing was answered: words are about the answer before it. */
function isCancelled({ outcome }: Run): boolean {
  return outcome?.kind === 'failed' && outcome.code === 'ftm_cancelled';
}

/** Does what words after an answer mean. False if the text of the thread must be read again. */
export async function answerFollowUp(
  said: FollowUp,
  text: string,
  run: Run,
  request: TimedRequest,
): Promise<boolean> {
  const { reply, requests } = request;
  if (said === 'noted') {
    await reply(notedText);
    return true;
  }
  const words = putOffWords(redactSideText(text));
  if (words !== undefined) {
    await reply(putOffText(words), [section(putOffText(words)), ...recheckButton(run)]);
    return true;
  }
  switch (said) {
    // Says nothing of the device, and does nothing: everybody may.
    case 'solved': {
      const thanked = solvedText(canBeRead(run));
      await reply(thanked, [section(thanked), ...recheckButton(run)]);
      return true;
    }
    case 'mine':
      await takeOver(run, request);
      return true;
    case 'broken':
      if (!canBeRead(run) || (await readAgain(said, text, run, request)) === 'read')
        await showNextStep(run, request);
      return true;
    case 'pasted':
    case 'watch':
    case 'recheck':
      return (await readAgain(said, text, run, request)) !== 'no-device';
    case 'report': {
      const act = await authorise('report', findTarget(run), request);
      if (act !== undefined) await sendReport({ act, run, reply, requests });
      return true;
    }
    case 'why':
    case 'risk':
    case 'verify':
    case 'draft':
    case 'undo':
      if ((await authorise('read', findTarget(run), request)) === undefined) break;
      if (said === 'draft') await showCustomerDraft({ run, reply });
      else await showPart(said, run, request);
  }
  return true;
}

/** `told`: it is not read, or as a whole group, and the person was told so. */
async function readAgain(
  said: 'broken' | 'pasted' | 'recheck' | 'watch',
  text: string,
  run: Run,
  request: TimedRequest,
): Promise<'read' | 'told' | 'no-device'> {
  const { group, user, vdom, alias } = run;
  if (group !== undefined) {
    await answerRequest({ kind: 'group', group: group.name, user, vdom }, request);
    return 'told';
  }
  if (alias === undefined) {
    if (said !== 'watch') return 'no-device';
    await request.reply(watchWhichText);
    return 'told';
  }
  const live = said === 'watch' ? (request.requests.watchSeconds(alias) ?? REFUSED_SECONDS) : undefined;
  const act = await authorise('check', { ...findTarget(run), live }, request);
  if (act === undefined) return 'told';
  const press = { ...request, act, run, thread: request.replyTo.thread, live };
  if (said === 'pasted') {
    await proveFix(press);
    return 'read';
  }
  const other = findNamedUser(text, []);
  const isSame = other === undefined || other === user;
  const isRead = await recheck(
    isSame ? press : { ...press, run: { ...run, user: other }, otherRunId: request.runId },
  );
  return isRead ? 'read' : 'told';
}

/** "I am on it": acknowledges the page about the answer, if there is one. */
async function takeOver(run: Run, request: RequestContext): Promise<void> {
  const { caller, reply, runId: requestId, requests } = request;
  const escalation = await requests.onCall?.findAbout(run, caller);
  if (escalation === undefined) {
    if ((await authorise('read', findTarget(run), request)) !== undefined) await reply(nothingToTakeText);
    return;
  }
  const act = await authorise('acknowledge', escalation, request);
  if (act !== undefined) await pressEscalation({ ...request, act, escalation, requestId });
}

/** Where the cause is still there: what else was found, or what to collect; after two re-checks, whom to call. */
async function showNextStep(run: Run, request: RequestContext): Promise<void> {
  const { reply, requests } = request;
  const { past, onCall } = requests;
  if ((await authorise('read', findTarget(run), request)) === undefined) return;
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const thread = getThread(run);
  const runs =
    thread === undefined ? [] : await past.listByThread(run.replyTo.channel, thread, MAX_RUNS_READ);
  const isThird = runs.filter(({ comparesTo }) => comparesTo !== undefined).length > 2;
  const canEscalate = onCall?.isConfigured() === true;
  const parts = [
    ...stillBrokenParts(run.outcome.diagnosis),
    ...prosePart(isThird && !canEscalate ? cannotEscalateText : ''),
  ];
  const controls = isThird && canEscalate ? [pressBlock('escalate', run.id)] : [];
  const hasFix = run.outcome.diagnosis.findings.some(({ fix }) => fix.apply.length > 0);
  const headline = stillBrokenText({ isReadAgain: canBeRead(run), hasFix });
  const { text, blocks } = renderSlackDocument({ headline, parts }, controls);
  await reply(text, blocks);
}

async function showPart(
  part: 'why' | 'risk' | 'undo' | 'verify',
  { outcome }: Run,
  request: RequestContext,
): Promise<void> {
  const { reply } = request;
  if (outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const { findings, headline } = outcome.diagnosis;
  const [first] = findings;
  if (part === 'why' || part === 'risk') {
    if (first === undefined) return await reply(nothingToExplainText(headline));
    return await (part === 'why' ? explainCause : explainFix)(first, request);
  }
  const lines = findings.find(({ fix }) => fix[part].length > 0)?.fix[part] ?? [];
  const { intro, none } = partTexts[part];
  if (lines.length === 0) return await reply(none);
  await reply(`${intro}\n\`\`\`\n${lines.join('\n')}\n\`\`\``, [
    richText([paragraph([plain(intro)]), preformat(lines)]),
  ]);
}

function recheckButton(run: Run): readonly KnownBlock[] {
  return canBeRead(run) ? [pressBlock('recheck', run.id)] : [];
}

function canBeRead({ kind }: Run): boolean {
  return kind === 'check';
}
