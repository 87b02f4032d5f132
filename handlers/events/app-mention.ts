import type { Context, webApi } from '@slack/bolt';
import { type FileAccess, isReadableFile } from '../../src/bot/intake/fetch-file.ts';
import { gatherThread } from '../../src/bot/intake/gather-evidence.ts';
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
import { looksLikeEvidence } from '../../src/engine/evidence/looks-like-evidence.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import type { CheckTarget, Run } from '../../src/platform/runs/run.ts';
import { answerRequest, helpFor } from '../commands/answer-request.ts';
import { typedText } from '../commands/parse-request.ts';
import { authorise, refuseNearDevice } from '../shared/authorise.ts';
import type { Listening } from '../shared/listeners.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { analyseMessage, authoriseAnalysis, requestAnalysis } from '../shared/request-analysis.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { afterAnswerText, forAnotherText, notUnderstoodText, putOffText } from '../text/follow-ups.ts';
import { nothingNamedText } from '../text/replies.ts';
import { deviceQuestion, whichDeviceText } from '../views/device-question.ts';
import { answerFollowUp, findThreadAnswer } from './answer-follow-up.ts';
import { findNamedUser } from './find-named-user.ts';
import { type FollowUp, followUpIn, isForAnother, putOffWords } from './follow-up.ts';
import { isOrdinaryWord } from './ordinary-words.ts';
import { deviceLikeWords, type ParsedMention, parseMention, wordsNotUnderstood } from './parse-mention.ts';

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
  await withErrorReply(request.reply, logger, async () => {
    using budget = openIntakeBudget();
    const access = fileAccess(context, client, budget);
    if (bringsEvidence(text, message))
      return await analyseMessage({ text, files: message.files }, request, access, requests);
    const parsed = parseMention(text, await requests.visibleDevices(request.caller));
    const isAside = way === 'mention' && isForAnother(message.text, context.botUserId);
    if (isAside || parsed.kind === 'put-off') return await askInstead(parsed, isAside, request);
    if (parsed.kind === 'several-devices') {
      const question = whichDeviceText(parsed.targets);
      return await request.reply(question, deviceQuestion(question, parsed.targets, request));
    }
    if (parsed.kind !== 'no-device') {
      await answerRequest(parsed, request, requests);
      return parsed.kind === 'check' ? await askAboutWords(text, parsed, request, requests) : undefined;
    }
    const thread = message.thread_ts;
    const isInConversation = thread !== undefined || way === 'message';
    const answer = isInConversation ? await findThreadAnswer(request, thread, requests) : undefined;
    const meant = answer === undefined ? undefined : followUpIn(text);
    const isOfAnother = answer !== undefined && namesAnother(meant, text, answer);
    const said = isOfAnother ? undefined : meant;
    const putOff = putOffWords(redactSideText(text));
    if (answer !== undefined && said !== undefined) {
      const timed = { ...request, askedAt: Number(message.ts) * 1000 };
      if (await answerFollowUp(said, text, answer, timed, requests)) return;
    } else if (putOff !== undefined && deviceLikeWords(text).length > 0) {
      return await request.reply(putOffText(putOff, { hasButton: false }));
    } else if (isCourtesy(text) || putOff !== undefined) return;
    const reads = thread !== undefined && !isOfAnother && readsThread(text, parsed);
    if (reads) {
      const act = await authoriseAnalysis(request, requests, { asked: true });
      if (act === undefined) return;
      const place = { channel: message.channel, thread, botUserId: context.botUserId };
      const items = await gatherThread(client, place, access);
      if (items.length > 0) return await requestAnalysis(act, items, request, requests);
    }
    if (answer !== undefined && namesNoDevice(text, parsed))
      return await request.reply(afterAnswerText(typedText(redactSideText(text))));
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

/** After the check of a device: a device that the person may not check, or names that may be the user. */
async function askAboutWords(
  text: string,
  target: CheckTarget,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const words = wordsNotUnderstood(text, target);
  if (words.length === 0 || (await refuseNearDevice(words, request, requests))) return;
  const question = notUnderstoodText(words, target.alias);
  const targets = words.map((user) => ({ ...target, user }));
  await request.reply(question, deviceQuestion(question, targets, request));
}

/** A picture beside a device's name is not a log; a picture alone still gets an answer. */
function bringsEvidence(text: string, { files }: IncomingMessage): boolean {
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
  return {
    runId: messageRunId(team, channel, ts),
    caller: { user, channel, team, ...homeIn(context) },
    way,
    replyTo: { channel, thread: thread_ts ?? ts, team },
    reply: replyBesideMessage(client, { channel, user, thread: thread_ts }, logger),
  };
}

export function fileAccess(context: Context, client: webApi.WebClient, budget: IntakeBudget): FileAccess {
  return { token: context.botToken ?? '', slackApiUrl: client.slackApiUrl, budget };
}

type NoDevice = Extract<ParsedMention, { kind: 'no-device' }>;

const COURTESY =
  /^(?:thanks?(?: you)?|thx|ty|cheers|ok(?:ay)?|great|perfect|nice|got it|well done|that (?:helped|worked|was it))$/i;

/** "thanks!", "ok, great": no request, so nothing is read again and there is no reply. */
function isCourtesy(text: string): boolean {
  const parts = text.split(/[\s]*[!.,;:)(]+[\s]*/).filter((part) => part !== '');
  const plain = parts.map((part) => part.replace(/ (?:a lot|so much|very much|all|everyone|again)$/i, ''));
  return plain.length > 0 && plain.every((part) => COURTESY.test(part.trim()));
}

const READS_DEVICE: ReadonlySet<FollowUp | undefined> = new Set(['broken', 'pasted', 'recheck', 'watch']);

/** "same problem on fgt-branch-08" after the answer about another device. */
export function namesAnother(
  said: FollowUp | undefined,
  text: string,
  { alias, outcome }: Pick<Run, 'alias' | 'outcome'>,
): boolean {
  if (!READS_DEVICE.has(said)) return false;
  const hostname = outcome?.kind === 'diagnosed' ? outcome.diagnosis.device.hostname : undefined;
  const known = [alias, hostname, findNamedUser(text, [])].map((each) => each?.toLowerCase());
  return deviceLikeWords(text).some((word) => /[-_]/.test(word) && !known.includes(word.toLowerCase()));
}

/** False for a name alone, as in `@ftm-check fgt-hq`: the person means that device, not the log of the thread. */
function readsThread(text: string, { asCommand }: NoDevice): boolean {
  return asCommand.kind !== 'check' || deviceLikeWords(text).length === 0;
}

/** False for a message that asks for a device, or has a word of that form. */
export function namesNoDevice(text: string, { asCommand }: NoDevice): boolean {
  const isNamed = asCommand.kind === 'check' && !isOrdinaryWord(asCommand.alias);
  return !isNamed && asCommand.kind !== 'nothing' && deviceLikeWords(text).length === 0;
}

/**
 * The reply to a person who named no device that they may check, and sent no log. A word that has the form of a
 * device name is refused like any other device: in the same words whether the device exists or not, audited, and
 * limited.
 */
async function answerWithoutDevice(
  text: string,
  { asCommand }: NoDevice,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  if (asCommand.kind === 'nothing') return await answerRequest(asCommand, request, requests);
  if (asCommand.kind === 'check' && !isOrdinaryWord(asCommand.alias)) {
    return await answerRequest(asCommand, request, requests);
  }
  if ((await authorise('analyse', {}, request, requests)) === undefined) return;
  const [alias] = deviceLikeWords(text);
  if (alias !== undefined) return await answerRequest({ kind: 'check', alias }, request, requests);
  await request.reply(nothingNamedText(await helpFor(request.caller, requests)));
}
