import type { FileAccess } from '../../src/bot/intake/fetch-file.ts';
import { gatherFrom } from '../../src/bot/intake/gather-evidence.ts';
import type { Content } from '../../src/bot/intake/intake-budget.ts';
import type { Act } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { readTogetherText } from '../../src/report/documents/read-together-text.ts';
import { nothingToReadText } from '../text/replies.ts';
import { explainPostRefused, replyToAcceptance } from './acceptance-reply.ts';
import { authorise } from './authorise.ts';
import { type RequestContext, toAsker } from './request-context.ts';

/**
 * Accepts a request to analyse a text. Secrets are removed first. `replaces`: runs that analyse a part of the text, whose
 * answers this run's answer replaces.
 */
export async function requestAnalysis(
  act: Act<'analyse'>,
  items: readonly EvidenceItem[],
  request: RequestContext,
  requests: Requests,
  replaces: readonly string[] = [],
): Promise<void> {
  const { runId, replyTo, reply } = request;
  if (items.length === 0) {
    await reply(nothingToReadText);
    return;
  }
  const evidence = await requests.redact(items);
  const acceptance = await requests.accept(
    {
      runId,
      asker: toAsker(request),
      replyTo,
      kind: 'analyze',
      evidence,
      ...(replaces.length === 0 ? {} : { replaces }),
    },
    explainPostRefused(reply, replyTo.channel),
    act.way,
  );
  if (acceptance.state === 'queued') {
    await Promise.all(replaces.map((part) => requests.past.cancel(act, part, readTogetherText)));
  }
  await replyToAcceptance(acceptance, reply);
}

/** Starts the analysis of a message that a person pointed to; tells which files could not be read. */
export async function analyseMessage(
  message: Content,
  request: RequestContext,
  access: FileAccess,
  requests: Requests,
): Promise<void> {
  const act = await authoriseAnalysis(request, requests, { asked: true });
  if (act === undefined) return;
  const { items, problems, denied } = await gatherFrom(message, access);
  if (denied.length > 0) requests.filesDenied(request.caller, denied.length);
  if (problems.length > 0) await request.reply(problems.join('\n'));
  if (items.length > 0 || problems.length === 0) await requestAnalysis(act, items, request, requests);
}

/** As `authorise`. People who did not ask are not told. */
export async function authoriseAnalysis(
  request: RequestContext,
  requests: Requests,
  { asked }: { readonly asked: boolean },
): Promise<Act<'analyse'> | undefined> {
  return await authorise('analyse', {}, asked ? request : { ...request, reply: async () => {} }, requests);
}
