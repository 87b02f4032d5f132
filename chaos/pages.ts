import { type Counted, REFUSED, UNCERTAIN } from './count.ts';
import type { Asked } from './planned-request.ts';
import type { SlackSeen } from './slack-seen.ts';

/** How a press of Escalate ended: one message that shows the page, and one that calls who is on call. */
export function countPage(asked: Asked, seen: SlackSeen): Counted {
  const { kind, runId, user, channel, thread = '', ackedAt, deliveries } = asked;
  const shown = seen.pages(channel, thread);
  const statuses = shown.filter((each) => each.kind === 'status').length;
  const calls = shown.length - statuses;
  const whispers = seen.privately(channel, user).map(({ text }) => text);
  const acknowledged = deliveries.map(({ status }) => status);
  const note = JSON.stringify({ kind, run: runId, user, acknowledged, statuses, calls, whispers });
  return { asked, note, undone: 0, rewritten: 0, ...judge() };

  function judge(): Pick<Counted, 'ending' | 'accepted'> {
    const refused = whispers.some((text) => REFUSED.test(text));
    if (statuses > 1 || calls > 1) return { ending: 'doubled', accepted: true };
    if (statuses === 1 && calls === 1) {
      return { ending: refused ? 'answered against its word' : 'answered once', accepted: true };
    }
    if (shown.length === 0) {
      if (ackedAt === undefined) return { ending: 'not taken', accepted: false };
      if (refused) return { ending: 'refused', accepted: false };
      if (whispers.some((text) => UNCERTAIN.test(text))) {
        return { ending: 'uncertain, not started', accepted: false };
      }
    }
    return { ending: 'lost', accepted: true };
  }
}
