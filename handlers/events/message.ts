import { type FileAccess, isReadableFile } from '../../src/bot/intake/fetch-file.ts';
import { gatherEach, joinPastes, PASTE, withReadableFiles } from '../../src/bot/intake/gather-evidence.ts';
import {
  type Edit,
  type IncomingMessage,
  isFromPerson,
  readEdit,
  readMessage,
  withoutMention,
} from '../../src/bot/intake/incoming-message.ts';
import { openIntakeBudget, readInTurn } from '../../src/bot/intake/intake-budget.ts';
import { earlierParts, mayContinue } from '../../src/bot/intake/paste-parts.ts';
import type { Act } from '../../src/bot/requests/act.ts';
import { editRunId, messageRunId } from '../../src/bot/requests/run-ids.ts';
import { looksLikeEvidence } from '../../src/engine/evidence/looks-like-evidence.ts';
import type { Listening } from '../shared/listeners.ts';
import { withErrorReply } from '../shared/private-reply.ts';
import { authoriseUnasked, requestAnalysis } from '../shared/request-analysis.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { editedText } from '../text/follow-ups.ts';
import { askAboutDevices } from '../views/device-question.ts';
import { answerAddressed, type FromSlack, fileAccess, mentionRequest } from './app-mention.ts';
import { parseMention } from './parse-mention.ts';

/**
 * Messages without a mention: a paste that looks like FortiGate evidence is analysed, other conversation is ignored.
 * In a direct message everything is addressed to the bot.
 */
export function handlePaste(listening: Listening): void {
  const { app, requests, logger } = listening;
  app.event('message', async ({ event, ...from }) => {
    const { context, client } = from;
    const edited = readEdit(event);
    if (edited !== undefined) return await answerEdit(edited, from, listening);
    const message = readMessage(event);
    if (!message || !isFromPerson(message, context.botUserId)) return;
    if (message.channel_type === 'im') return await answerAddressed(message, from, listening);
    // The same message is delivered as `app_mention` too.
    if (withoutMention(message.text, context.botUserId).mentioned) return;
    const isPaste = looksLikeEvidence(message.text) || message.files.some(isReadableFile);
    const mayBePart = message.thread_ts !== undefined && mayContinue(message.text);
    if (!isPaste && !mayBePart) return;

    const request = mentionRequest(message, 'message', from, listening);
    await withErrorReply(request.reply, logger, async () => {
      if (!(await requests.autodetect.isOn(request.caller))) return;
      const act = await authoriseUnasked(request);
      if (act === undefined) return;
      using budget = openIntakeBudget();
      const access = fileAccess(from, budget);
      await readPaste(act, message, isPaste, request, client, access);
    });
  });
}

/**
 * An edited message is read again if its earlier text was read, and offered a check if it names a device only now. The
 * answer about the earlier text is replaced.
 */
async function answerEdit(
  { message, before }: Edit,
  from: FromSlack,
  { requests, logger }: Listening,
): Promise<void> {
  const { context } = from;
  if (!isFromPerson(message, context.botUserId) || message.text === before) return;
  const request = mentionRequest(message, 'message', from, { requests, logger });
  await withErrorReply(request.reply, logger, async () => {
    const earlier = await requests.past.find(request.runId);
    const { mentioned, text } = withoutMention(message.text, context.botUserId);
    const isLog = looksLikeEvidence(text);
    if (isLog && earlier?.kind === 'analyze') {
      const act = await authoriseUnasked(request);
      if (act === undefined) return;
      const runId = editRunId(request.runId, text);
      const items = [{ name: PASTE, text }];
      return await requestAnalysis(act, items, { ...request, runId }, [request.runId]);
    }
    if (isLog || !(mentioned || message.channel_type === 'im')) return;
    const devices = await requests.visibleDevices(request.caller);
    const parsed = parseMention(text, devices);
    const named = parseMention(withoutMention(before, context.botUserId).text, devices);
    if (parsed.kind !== 'check' || (named.kind === 'check' && named.alias === parsed.alias)) return;
    await askAboutDevices(editedText, [parsed], request);
  });
}

async function readPaste(
  act: Act<'analyse'>,
  message: IncomingMessage,
  isPaste: boolean,
  request: RequestContext,
  client: FromSlack['client'],
  access: FileAccess,
): Promise<void> {
  const { requests } = request;
  const messages = await readInTurn(access.budget, async () => {
    const parts = await earlierParts(message, client);
    return [...parts, message].map(withReadableFiles);
  });
  const parts = messages.slice(0, -1);
  if (!isPaste && parts.length === 0) return;
  // In a continued paste every part counts, even one that is no evidence by itself.
  const counts = parts.length === 0 ? undefined : () => true;
  const gathered = await gatherEach(messages, access, counts);
  const items = joinPastes(gathered.flatMap((each) => each.items));
  const denied = gathered.flatMap((each) => each.denied);
  if (denied.length > 0) {
    requests.filesDenied(request.caller, denied.length);
    await request.reply(denied.join('\n'));
  }
  if (!items.some((item) => looksLikeEvidence(item.text))) return;
  const replaces = parts.map(({ channel, ts }) => messageRunId(request.caller.team, channel, ts));
  await requestAnalysis(act, items, request, replaces);
}
