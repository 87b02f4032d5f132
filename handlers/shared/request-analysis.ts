import type { EvidenceItem } from '../../src/evidence/types.ts';
import type { RequestService } from '../../src/requests/ports.ts';
import { nothingToReadText, readTogetherReason, refusedText } from '../text/replies.ts';
import type { Request } from './request.ts';
import { askerOf, tellHowItWent, tellRefusal } from './request-check.ts';

/**
 * Every way to have a text read ends here. Secrets are taken out before anything else sees the text. `replaces`: runs that
 * read a part of it, whose answers this one's takes the place of.
 */
export async function requestAnalysis(
  items: readonly EvidenceItem[],
  request: Request,
  services: RequestService,
  replaces: readonly string[] = [],
): Promise<void> {
  const { runId, replyTo, reply } = request;
  if (items.length === 0) {
    await reply(nothingToReadText);
    return;
  }
  const evidence = await services.redact(items);
  const accepted = await services.accept(
    {
      runId,
      asker: askerOf(request),
      replyTo,
      kind: 'analyze',
      evidence,
      ...(replaces.length === 0 ? {} : { replaces }),
    },
    tellRefusal(reply, replyTo.channel),
  );
  if (accepted.state === 'queued') {
    await Promise.all(replaces.map((part) => services.past.cancel(part, readTogetherReason)));
  }
  await tellHowItWent(accepted, reply);
}

/** May this person have a text read here? Tells them when not, unless they did not ask. */
export async function mayAnalyse(
  { caller, reply }: Request,
  services: RequestService,
  { asked }: { readonly asked: boolean },
): Promise<boolean> {
  const permission = await services.authorise(caller);
  if (permission.kind === 'allowed') return true;
  if (asked && permission.kind === 'refused') await reply(refusedText(permission));
  return false;
}
