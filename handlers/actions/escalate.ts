import { z } from 'zod';
import type { OnCall } from '../../src/bot/requests/on-call-port.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { section } from '../../src/report/block-kit/build-blocks.ts';
import { IMPACT_INPUT, PAGER_ACTIONS, PAGER_VIEW } from '../../src/report/block-kit/pager-ids.ts';
import { writeFormPlace } from '../shared/form-place.ts';
import { type Listening, onEscalationPress, onForm, onPlainPress, onRunPress } from '../shared/listeners.ts';
import type { PrivateReply } from '../shared/private-reply.ts';
import { confirmedTexts, escalationGoneText, takenOverText, takenText } from '../text/escalation.ts';
import { cannotEscalateText } from '../text/replies.ts';
import { escalationForm } from '../views/escalation-form.ts';
import { openView } from '../views/open-view.ts';

const submitted = z.object({
  [IMPACT_INPUT.block]: z.object({ [IMPACT_INPUT.action]: z.object({ value: z.string().nullish() }) }),
});

/** Shows who would be paged, by which route and with what text; a click alone sends no page. */
export function handleEscalate(listening: Listening): void {
  const { requests } = listening;
  onRunPress(listening, ACTIONS.escalate, 'page', async ({ run, thread, client, triggerId, reply }) => {
    const { onCall } = requests;
    const preview = onCall?.isConfigured() ? await onCall.preview(run) : undefined;
    if (preview === undefined) return await reply(cannotEscalateText);
    const place = writeFormPlace({ runId: run.id, channel: run.replyTo.channel, thread });
    await openView(client, triggerId, reply, escalationForm(preview, place));
  });

  const verb = 'page';
  onForm(listening, PAGER_VIEW, {
    run: {
      verb,
      async submit({ act, run, requestId, values, reply }) {
        if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
        const form = submitted.parse(values);
        const impact = redactSideText(form[IMPACT_INPUT.block]?.[IMPACT_INPUT.action]?.value ?? '').trim();
        const inForm = impact === '' ? {} : { impact };
        const confirmed = await requests.onCall.confirm({ act, run, requestId, ...inForm });
        await reply(confirmedTexts[confirmed]);
      },
    },
  });
  handlePagerButtons(listening);
  handleHandover(listening);
}

/** "I am on it" and "Resolved". */
function handlePagerButtons(listening: Listening): void {
  const buttons = [
    [PAGER_ACTIONS.acknowledge, 'acknowledge'],
    [PAGER_ACTIONS.resolve, 'resolve'],
  ] as const;
  for (const [actionId, verb] of buttons) {
    onEscalationPress(listening, actionId, verb, ({ triggerId: requestId, callerName: name, ...press }) =>
      pressEscalation({ ...press, name, requestId }, listening.requests),
    );
  }
}

/** Acknowledges or resolves; says who was first, and when. */
export async function pressEscalation(
  { reply, ...request }: Parameters<OnCall['press']>[0] & { readonly reply: PrivateReply },
  { onCall }: Requests,
): Promise<void> {
  const { act, escalation } = request;
  const isTaken = await onCall?.press(request);
  if (isTaken === undefined) return await reply(cannotEscalateText);
  if (!isTaken) return await reply(takenText(escalation) ?? escalationGoneText);
  const first = act.verb === 'acknowledge' ? takenText(escalation) : undefined;
  if (first !== undefined) await reply(first);
}

/** Replaces the button of a handover card with the person who took over. */
function handleHandover(listening: Listening): void {
  onPlainPress(
    listening,
    PAGER_ACTIONS.handoverDone,
    'take over',
    async ({ act, message, channel, client }) => {
      const text = [message.text ?? '', takenOverText(act.caller.user)].join('\n');
      const blocks = [section(text)];
      await client.chat.update({ channel, ts: message.ts, text, blocks });
      listening.requests.record(act, 'taken over');
    },
  );
}
