import type { KnownBlock } from '@slack/types';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { recheckBlock } from '../../src/report/formats/slack/controls.ts';
import { paragraph, plain, preformatted, richText } from '../../src/report/formats/slack/rich-text.ts';
import { showCustomerDraft } from '../actions/customer-draft.ts';
import { sendReport } from '../actions/download-report.ts';
import { proveFix, recheck } from '../actions/recheck.ts';
import { answerRequest } from '../commands/answer-request.ts';
import { explainCause } from '../commands/explain.ts';
import { authorise, findTarget } from '../shared/authorise.ts';
import type { RequestContext } from '../shared/request-context.ts';
import {
  nothingToExplainText,
  noUndoText,
  putOffText,
  solvedText,
  undoIntroText,
} from '../text/follow-ups.ts';
import { noDiagnosisText } from '../text/replies.ts';
import { findNamedUser } from './find-named-user.ts';
import { type FollowUp, putOffWords } from './follow-up.ts';

const MAX_RUNS_READ = 20;

/** The last answer of the thread; of a direct message without a thread, the person's last one there. */
export async function findThreadAnswer(
  { caller: { user, channel } }: RequestContext,
  thread: string | undefined,
  { past }: Requests,
): Promise<Run | undefined> {
  const runs =
    thread === undefined
      ? (await past.ofAsker(user, MAX_RUNS_READ)).filter(({ replyTo }) => replyTo.channel === channel)
      : await past.ofThread(channel, thread, MAX_RUNS_READ);
  return runs.find(({ answeredAt }) => answeredAt !== undefined);
}

/** Does what words after an answer mean. False if the text of the thread must be read again. */
export async function answerFollowUp(
  said: FollowUp,
  text: string,
  run: Run,
  request: RequestContext,
  requests: Requests,
): Promise<boolean> {
  const { reply } = request;
  const words = putOffWords(text);
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
    case 'pasted':
    case 'recheck':
      return await readAgain(said, text, run, request, requests);
    case 'report': {
      const act = await authorise('report', findTarget(run), request, requests);
      if (act !== undefined) await sendReport({ act, run, reply }, requests);
      return true;
    }
    case 'why':
    case 'draft':
    case 'undo': {
      if ((await authorise('read', findTarget(run), request, requests)) === undefined) break;
      if (said === 'draft') await showCustomerDraft({ run, reply });
      else await showPart(said, run, request);
      break;
    }
  }
  return true;
}

async function readAgain(
  said: 'pasted' | 'recheck',
  text: string,
  run: Run,
  request: RequestContext,
  requests: Requests,
): Promise<boolean> {
  const { group, user, vdom } = run;
  if (group !== undefined) {
    await answerRequest({ kind: 'group', group: group.name, user, vdom }, request, requests);
    return true;
  }
  if (run.alias === undefined) return false;
  const act = await authorise('check', findTarget(run), request, requests);
  if (act === undefined) return true;
  const other = findNamedUser(text, []);
  const { thread } = request.replyTo;
  if (said === 'pasted') await proveFix({ ...request, act, run, thread }, requests);
  else if (other === undefined || other === user) await recheck({ ...request, act, run, thread }, requests);
  else {
    const asked = { ...run, user: other };
    await recheck({ ...request, act, run: asked, thread, otherRunId: request.runId }, requests);
  }
  return true;
}

async function showPart(part: 'why' | 'undo', { outcome }: Run, request: RequestContext): Promise<void> {
  const { reply } = request;
  if (outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const { findings, headline } = outcome.diagnosis;
  const [first] = findings;
  if (part === 'why')
    return first === undefined
      ? await reply(nothingToExplainText(headline))
      : await explainCause(first, request);
  const undo = findings.find(({ fix }) => fix.undo.length > 0)?.fix.undo ?? [];
  if (undo.length === 0) return await reply(noUndoText);
  await reply(`${undoIntroText}\n\`\`\`\n${undo.join('\n')}\n\`\`\``, [
    richText([paragraph([plain(undoIntroText)]), preformatted(undo)]),
  ]);
}

function recheckButton(run: Run): readonly KnownBlock[] {
  return canBeRead(run) ? [recheckBlock(run.id)] : [];
}

function canBeRead({ kind }: Run): boolean {
  return kind === 'check';
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}
