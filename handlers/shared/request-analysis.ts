import type { FileAccess } from '../../src/bot/intake/fetch-file.ts';
import { gatherContent } from '../../src/bot/intake/gather-evidence.ts';
import type { Content } from '../../src/bot/intake/intake-budget.ts';
import type { Act } from '../../src/bot/requests/act.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { readTogetherText } from '../../src/report/documents/read-together-text.ts';
import { nothingToReadText } from '../text/replies.ts';
import { acceptRun, authorise, type RequestContext } from './request-context.ts';

/**
 * Accepts a request to analyse a text. Secrets are removed first. `replaces`: runs that analyse a part of the text, whose
 * answers this run's answer replaces.
 */
export async function requestAnalysis(
  act: Act<'analyse'>,
  items: readonly EvidenceItem[],
  request: RequestContext,
  replaces: readonly string[] = [],
): Promise<void> {
  const { runId, replyTo, reply, requests } = request;
  if (items.length === 0) return await reply(nothingToReadText);
  const evidence = await requests.redact(items);
  const replacing = replaces.length === 0 ? {} : { replaces };
  const state = await acceptRun({ runId, replyTo, kind: 'analyze', evidence, ...replacing }, request);
  if (state === 'queued')
    await Promise.all(replaces.map((part) => requests.past.cancel(act, part, readTogetherText)));
}

export async function analyseMessage(
  message: Content,
  request: RequestContext,
  access: FileAccess,
): Promise<void> {
  const act = await authorise('analyse', {}, request);
  if (act === undefined) return;
  const { items, problems, denied } = await gatherContent(message, access);
  if (denied.length > 0) request.requests.filesDenied(request.caller, denied.length);
  if (problems.length > 0) await request.reply(problems.join('\n'));
  if (items.length > 0 || problems.length === 0) await requestAnalysis(act, items, request);
}

/** As `authorise`, for people who did not ask: they are not told. */
export async function authoriseUnasked(request: RequestContext): Promise<Act<'analyse'> | undefined> {
  return await authorise('analyse', {}, { ...request, reply: async () => {} });
}
