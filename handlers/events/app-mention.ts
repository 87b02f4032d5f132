import type { AllMiddlewareArgs } from '@slack/bolt';
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
import { messageRunId } from '../../src/bot/requests/run-ids.ts';
import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import { looksLikeEvidence } from '../../src/engine/evidence/looks-like-evidence.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { describesTrouble } from '../../src/engine/facts/described/described.ts';
import type { CheckTarget, Run } from '../../src/platform/runs/run.ts';
import { answerRequest, helpFor } from '../commands/answer-request.ts';
import { typedText } from '../commands/parse-request.ts';
import type { Listening } from '../shared/listeners.ts';
import { replyBesideMessage, withErrorReply } from '../shared/private-reply.ts';
import { analyseMessage, requestAnalysis } from '../shared/request-analysis.ts';
import { authorise, type RequestContext, refuseNearDevice } from '../shared/request-context.ts';
import { afterAnswerText, forAnotherText, notUnderstoodText, putOffText } from '../text/follow-ups.ts';
import { nothingNamedText } from '../text/replies.ts';
import { askAboutDevices, whichDeviceText } from '../views/device-question.ts';
import { answerFollowUp, findThreadAnswer } from './answer-follow-up.ts';
import { findNamedUser } from './find-named-user.ts';
import { type FollowUp, isForAnother, parseFollowUp, putOffWords } from './follow-up.ts';
import { isOrdinaryWord } from './ordinary-words.ts';
import { deviceLikeWords, type ParsedMention, parseMention, wordsNotUnderstood } from './parse-mention.ts';

/**
 * A mention in a channel or thread: a command, or a sentence that names a device. With a log in the same message that log
 * is read, and without a device the logs of the thread, or the message itself where it describes a trouble.
 */
export function handleMention(listening: Listening): void {
  listening.app.event('app_mention', async ({ event, ...from }) => {
    const message = readMessage(event);
    if (!message || !isFromPerson(message, from.context.botUserId)) return;
    await answerAddressed(message, from, listening);
  });
}

export type FromSlack = Pick<AllMiddlewareArgs, 'context' | 'client'>;

export async function answerAddressed(
  message: IncomingMessage,
  from: FromSlack,
  { requests, logger }: Listening,
): Promise<void> {
  const { context, client } = from;
  const way = message.channel_type === 'im' ? 'message' : 'mention';
  const request = mentionRequest(message, way, from, { requests, logger });
  const { text } = withoutMention(message.text, context.botUserId);
  await withErrorReply(request.reply, logger, async () => {
    using budget = openIntakeBudget();
    const access = fileAccess(from, budget);
    if (bringsEvidence(text, message))
      return await analyseMessage({ text, files: message.files }, request, access);
    const parsed = parseMention(text, await requests.visibleDevices(request.caller));
    const isAside = way === 'mention' && isForAnother(message.text, context.botUserId);
    if (isAside || parsed.kind === 'put-off') return await askInstead(parsed, isAside, request);
    if (parsed.kind === 'several-devices')
      return await askAboutDevices(whichDeviceText(parsed.targets), parsed.targets, request);
    if (parsed.kind !== 'no-device') {
      await answerRequest(parsed, request);
      return parsed.kind === 'check' ? await askAboutWords(text, parsed, request) : undefined;
    }
    const thread = message.thread_ts;
    const isInConversation = thread !== undefined || way === 'message';
    const answer = isInConversation ? await findThreadAnswer(request, thread) : undefined;
    const meant = answer === undefined ? undefined : parseFollowUp(text);
    const isOfAnother = answer !== undefined && namesAnother(meant, text, answer);
    const said = isOfAnother ? undefined : meant;
    const putOff = putOffWords(redactSideText(text));
    if (answer !== undefined && said !== undefined) {
      const timed = { ...request, askedAt: Number(message.ts) * 1000 };
      if (await answerFollowUp(said, text, answer, timed)) return;
    } else if (putOff !== undefined && deviceLikeWords(text).length > 0) {
      return await request.reply(putOffText(putOff, { hasButton: false }));
    } else if (isCourtesy(text) || putOff !== undefined) return;
    const reads = thread !== undefined && !isOfAnother && readsThread(text, parsed);
    if (reads) {
      const act = await authorise('analyse', {}, request);
      if (act === undefined) return;
      const place = { channel: message.channel, thread, botUserId: context.botUserId };
      const items = await gatherThread(client, place, access);
      if (items.length > 0) return await requestAnalysis(act, items, request);
    }
    if (answer !== undefined && namesNoDevice(text, parsed))
      return await request.reply(afterAnswerText(typedText(redactSideText(text))));
    if (describesTrouble(text) && deviceLikeWords(text).length === 0)
      return await analyseMessage({ text, files: [] }, request, access);
    await answerWithoutDevice(text, parsed, request);
  });
}

/** The question of a message that wants nothing now, or not of the bot; nothing for one that names no device. */
async function askInstead(parsed: ParsedMention, isAside: boolean, request: RequestContext): Promise<void> {
  if (isAside && (parsed.kind === 'check' || parsed.kind === 'several-devices')) {
    const targets = parsed.kind === 'check' ? [parsed] : parsed.targets;
    await askAboutDevices(forAnotherText, targets, request);
  }
  if (!isAside && parsed.kind === 'put-off')
    await askAboutDevices(putOffText(parsed.words), parsed.targets, request);
}

/** After the check of a device: a device that the person may not check, or names that may be the user. */
async function askAboutWords(text: string, target: CheckTarget, request: RequestContext): Promise<void> {
  const words = wordsNotUnderstood(text, target);
  if (words.length === 0 || (await refuseNearDevice(words, request))) return;
  const question = notUnderstoodText(words, target.alias);
  const targets = words.map((user) => ({ ...target, user }));
  await askAboutDevices(question, targets, request);
}

/** A picture beside a device's name is not a log; a picture alone still gets an answer. */
function bringsEvidence(text: string, { files }: IncomingMessage): boolean {
  return looksLikeEvidence(text) || files.some(isReadableFile) || (files.length > 0 && text === '');
}

export function mentionRequest(
  { channel, user, ts, thread_ts }: IncomingMessage,
  way: WayIn,
  { context, client }: FromSlack,
  { requests, logger }: Omit<Listening, 'app'>,
): RequestContext {
  const team = context.teamId;
  return {
    runId: messageRunId(team, channel, ts),
    caller: { user, channel, team, ...getHome(context) },
    way,
    replyTo: { channel, thread: thread_ts ?? ts, team },
    reply: replyBesideMessage(client, { channel, user, thread: thread_ts }, logger),
    requests,
  };
}

export function fileAccess({ context, client }: FromSlack, budget: IntakeBudget): FileAccess {
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
): Promise<void> {
  const isDevice = asCommand.kind === 'check' && !isOrdinaryWord(asCommand.alias);
  if (isDevice || asCommand.kind === 'nothing') return await answerRequest(asCommand, request);
  if ((await authorise('analyse', {}, request)) === undefined) return;
  const [alias] = deviceLikeWords(text);
  if (alias !== undefined) return await answerRequest({ kind: 'check', alias }, request);
  await request.reply(nothingNamedText(await helpFor(request)));
}
