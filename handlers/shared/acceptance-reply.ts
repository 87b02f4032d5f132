import type { Acceptance, OnPostRefused, Reconciliation } from '../../src/bot/requests/ports.ts';
import { explainRefusal } from '../../src/bot/slack/refusals.ts';
import { correctionText, errorText } from '../text/replies.ts';
import type { PrivateReply } from './private-reply.ts';

/** Runs in the background, because the queue may be unavailable for minutes. */
async function reportReconciliation(
  reply: PrivateReply,
  withdraw?: () => Promise<Reconciliation | undefined>,
): Promise<void> {
  const reconciled = await withdraw?.();
  if (reconciled !== undefined) await reply(correctionText(reconciled));
}

/** The answer then comes by direct message, if possible; this reply says how to fix it. */
export function explainPostRefused(reply: PrivateReply, channel: string): OnPostRefused {
  return (error) => void reply(explainRefusal(error, channel));
}

/** Says nothing if the request was accepted as usual. */
export async function replyToAcceptance(acceptance: Acceptance, reply: PrivateReply): Promise<void> {
  switch (acceptance.state) {
    case 'refused':
      await reply(errorText(acceptance.error));
      void reportReconciliation(reply, acceptance.withdraw);
      return undefined;
    // The message of the joined run says it.
    case 'joined':
    case 'queued':
    case 'duplicate':
      return undefined;
  }
}
