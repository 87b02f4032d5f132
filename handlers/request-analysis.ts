import type { EvidenceItem } from '../src/evidence/types.ts';
import { nothingToReadText, refusedText } from './replies.ts';
import { askerOf, type Request, tellHowItWent } from './request-check.ts';
import type { Services } from './services.ts';

/** Every way to have a text read ends here. Secrets are taken out before anything else sees the text. */
export async function requestAnalysis(
  items: readonly EvidenceItem[],
  request: Request,
  services: Services,
): Promise<void> {
  const { runId, replyTo, reply } = request;
  if (items.length === 0) {
    await reply(nothingToReadText);
    return;
  }
  const evidence = services.redact(items);
  const accepted = await services.accept({
    runId,
    asker: askerOf(request),
    replyTo,
    request: { kind: 'analyze', evidence },
  });
  await tellHowItWent(accepted, reply);
}

/** May this person have a text read here? Tells them when not, unless they did not ask. */
export async function mayAnalyse(
  { caller, reply }: Request,
  services: Services,
  { asked }: { readonly asked: boolean },
): Promise<boolean> {
  const permission = await services.authorise(caller);
  if (permission.kind === 'allowed') return true;
  if (asked && permission.kind === 'refused') await reply(refusedText(permission, undefined, []));
  return false;
}
