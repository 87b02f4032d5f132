import type { Context, webApi } from '@slack/bolt';
import { type FileAccess, isReadableFile } from '../../src/bot/intake/fetch-file.ts';
import { gatherFrom, gatherThread } from '../../src/bot/intake/gather-evidence.ts';
import {
  type IncomingMessage,
  isFromPerson,
  readMessage,
  withoutMention,
} from '../../src/bot/intake/incoming-message.ts';
import { type IntakeBudget, openIntakeBudget } from '../../src/bot/intake/intake-budget.ts';
import type { WayIn } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { messageRunId } from '../../src/bot/requests/run-ids.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { answerRequest } from '../commands/answer-request.ts';
import type { Listening } from '../shared/listeners.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { authoriseAnalysis, requestAnalysis } from '../shared/request-analysis.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { afterAnswerText, forAnotherText, notUnderstoodText, putOffText } from '../text/follow-ups.ts';
import { deviceQuestion, whichDeviceText } from '../views/device-question.ts';
import { answerFollowUp, findThreadAnswer } from './answer-follow-up.ts';
import { answerWithoutDevice, isCourtesy, namesNoDevice, readsThread } from './answer-without-device.ts';
import { followUpIn, isForAnother, putOffWords } from './follow-up.ts';
import { type ParsedMention, parseMention, wordsNotUnderstood } from './parse-mention.ts';

/**
 * A mention in a channel or thread: a command, or a sentence that names a device. With a log in the same message that log
 * is read, and without a device the logs of the thread.
 */
export function handleMention({ app, requests, logger }: Listening): void {
  app.event('app_mention', async ({ event, context, client }) => {
    const message = readMessage(event);
    if (!message || !isFromPerson(message, context.botUserId)) return;
    await answerAddressed(message, context, client, requests, logger);
  });
}

/** Handles a message to the bot: a mention, or a direct message. */
export async function answerAddressed(
  message: IncomingMessage,
  context: Context,
  client: webApi.WebClient,
  requests: Requests,
  logger: Log,
): Promise<void> {
  const way = message.channel_type === 'im' ? 'message' : 'mention';
  const request = mentionRequest(message, way, context, client, logger);
  const { text } = withoutMention(message.text, context.botUserId);
  const looksLikeEvidence = (pasted: string): boolean => requests.looksLikeEvidence(pasted);
  await withErrorReply(request.reply, logger, async () => {
    using budget = openIntakeBudget();
    const access = fileAccess(context, client, budget);
    if (bringsEvidence(text, message, looksLikeEvidence)) {
      const act = await authoriseAnalysis(request, requests, { asked: true });
      if (act === undefined) return;
      const { items, problems, denied } = await gatherFrom(
        { text, files: message.files },
        access,
        looksLikeEvidence,
      );
      if (denied.length > 0) requests.filesDenied(request.caller, denied.length);
      if (problems.length > 0) await request.reply(problems.join('\n'));
      if (items.length > 0 || problems.length === 0) await requestAnalysis(act, items, request, requests);
      return;
    }
    const parsed = parseMention(text, await requests.visibleDevices(request.caller));
    const isAside = way === 'mention' && isForAnother(message.text, context.botUserId);
    if (isAside || parsed.kind === 'put-off') return await askInstead(parsed, isAside, request);
    if (parsed.kind === 'several-devices') {
      const question = whichDeviceText(parsed.targets);
      return await request.reply(question, deviceQuestion(question, parsed.targets, request));
    }
    if (parsed.kind !== 'no-device') {
      await answerRequest(parsed, request, requests);
      const words = parsed.kind === 'check' ? wordsNotUnderstood(text, parsed) : [];
      return words.length === 0 || parsed.kind !== 'check'
        ? undefined
        : await request.reply(notUnderstoodText(words, parsed.alias));
    }
    const thread = message.thread_ts;
    const isInConversation = thread !== undefined || way === 'message';
    const answer = isInConversation ? await findThreadAnswer(request, thread, requests) : undefined;
    const said = answer === undefined ? undefined : followUpIn(text);
    if (answer !== undefined && said !== undefined) {
      if (await answerFollowUp(said, text, answer, request, requests)) return;
    } else if (isCourtesy(text) || putOffWords(text) !== undefined) return;
    const reads = thread !== undefined && readsThread(text, parsed);
    if (reads) {
      const act = await authoriseAnalysis(request, requests, { asked: true });
      if (act === undefined) return;
      const place = { channel: message.channel, thread, botUserId: context.botUserId };
      const items = await gatherThread(client, place, access, looksLikeEvidence);
      if (items.length > 0) return await requestAnalysis(act, items, request, requests);
    }
    if (answer !== undefined && namesNoDevice(text, parsed))
      return await request.reply(afterAnswerText(redactSideText(text)));
    await answerWithoutDevice(text, parsed, request, requests);
  });
}

/** The question of a message that wants nothing now, or not of the bot; nothing for one that names no device. */
async function askInstead(parsed: ParsedMention, isAside: boolean, request: RequestContext): Promise<void> {
  if (isAside && (parsed.kind === 'check' || parsed.kind === 'several-devices')) {
    const targets = parsed.kind === 'check' ? [parsed] : parsed.targets;
    await request.reply(forAnotherText, deviceQuestion(forAnotherText, targets, request));
  }
  if (!isAside && parsed.kind === 'put-off') {
    const question = putOffText(parsed.words);
    await request.reply(question, deviceQuestion(question, parsed.targets, request));
  }
}

/** A picture beside a device's name is not a log; a picture alone still gets an answer. */
function bringsEvidence(
  text: string,
  { files }: IncomingMessage,
  looksLikeEvidence: Requests['looksLikeEvidence'],
): boolean {
  return looksLikeEvidence(text) || files.some(isReadableFile) || (files.length > 0 && text === '');
}

export function mentionRequest(
  { channel, user, ts, thread_ts }: IncomingMessage,
  way: WayIn,
  context: Context,
  client: webApi.WebClient,
  logger: Log,
): RequestContext {
  const team = context.teamId;
  const inTeam = team === undefined ? {} : { team };
  return {
    runId: messageRunId(team, channel, ts),
    caller: { user, channel, ...inTeam, ...homeIn(context) },
    way,
    replyTo: { channel, thread: thread_ts ?? ts, ...inTeam },
    reply: replyBesideMessage(client, { channel, user, thread: thread_ts }, logger),
  };
}

export function fileAccess(context: Context, client: webApi.WebClient, budget: IntakeBudget): FileAccess {
  return { token: context.botToken ?? '', slackApiUrl: client.slackApiUrl, budget };
}
