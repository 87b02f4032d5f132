import { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { clientForTrigger } from '../../src/bot/slack/web-client.ts';
import type { PrivateReply } from '../shared/private-reply.ts';
import { tooSlowText } from '../text/replies.ts';

/** Slack accepts a trigger once and for three seconds; after that the person is asked to click again. */
export async function openView(
  client: webApi.WebClient,
  triggerId: string,
  reply: PrivateReply,
  view: ModalView,
): Promise<void> {
  try {
    await clientForTrigger(client).views.open({ trigger_id: triggerId, view });
  } catch (error) {
    const isTooSlow =
      error instanceof webApi.WebAPIPlatformError &&
      ['expired_trigger_id', 'exchanged_trigger_id'].includes(error.data.error);
    if (!isTooSlow && !(error instanceof webApi.WebAPIRateLimitedError)) throw error;
    await reply(tooSlowText);
  }
}
