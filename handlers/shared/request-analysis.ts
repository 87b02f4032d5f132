import type { Requests } from '../../src/bot/requests/ports.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { readTogetherText } from '../../src/report/documents/read-together-text.ts';
import { nothingToReadText, refusedText } from '../text/replies.ts';
import { explainPostRefused, replyToAcceptance } from './acceptance-reply.ts';
import { askerOf, type RequestContext } from './request-context.ts';

/**
 * Accepts every request to analyse a text. Secrets are removed first. `replaces`: runs that analyse a part of the
 * text, whose answers this run's answer replaces.
 */
export async function requestAnalysis(
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
      asker: askerOf(request),
      replyTo,
      kind: 'analyze',
      evidence,
      ...(replaces.length === 0 ? {} : { replaces }),
    },
    explainPostRefused(reply, replyTo.channel),
  );
  if (acceptance.state === 'queued') {
    await Promise.all(replaces.map((part) => requests.past.cancel(part, readTogetherText)));
  }
  await replyToAcceptance(acceptance, reply);
}

/** Whether the person may have a text analysed here. Tells them if not, unless they did not ask. */
export async function mayAnalyse(
  { caller, reply }: RequestContext,
  requests: Requests,
  { asked }: { readonly asked: boolean },
): Promise<boolean> {
  const permission = await requests.authorise(caller);
  if (permission.kind === 'allowed') return true;
  if (asked && permission.kind === 'refused') await reply(refusedText(permission));
  return false;
}
