import { PAGER_ACTIONS } from '../../src/report/block-kit/pager-ids.ts';
import { type Listening, onEscalationPress } from '../shared/listeners.ts';
import { cannotBundleText, goneText } from '../text/replies.ts';

/** "Bundle for the vendor": the archive comes below the message with the button. */
export function handlePagerBundle(listening: Listening): void {
  onEscalationPress(listening, PAGER_ACTIONS.bundle, 'bundle', async ({ act, escalation, thread, reply }) => {
    const isThere = await listening.requests.onCall?.bundleEscalation(act, escalation, thread);
    if (isThere !== true) await reply(isThere === false ? goneText : cannotBundleText);
  });
}
