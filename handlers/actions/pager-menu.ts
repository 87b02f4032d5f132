import type { App, BlockAction } from '@slack/bolt';
import { z } from 'zod';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import {
  NOTE_INPUT,
  PAGER_ACTIONS,
  PAGER_MENU,
  PERSON_INPUT,
  PERSON_VIEW,
  RESOLVE_VIEW,
  ROLE_INPUT,
} from '../../src/report/block-kit/pager-ids.ts';
import { readPagerFormPlace, writePagerFormPlace } from '../shared/pager-form-place.ts';
import { type PrivateReply, replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { confirmedTexts, escalationEndedText, personCalledText } from '../text/escalation.ts';
import { cannotEscalateText, goneText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { personForm, resolveForm } from '../views/pager-forms.ts';
import { mayAnswerPage } from './may-answer-page.ts';
import { authoriseRun } from './on-run-action.ts';

const noted = z.object({
  [NOTE_INPUT.block]: z.object({ [NOTE_INPUT.action]: z.object({ value: z.string() }) }),
});
const chosen = z.object({
  [PERSON_INPUT.block]: z.object({ [PERSON_INPUT.action]: z.object({ selected_user: z.string() }) }),
  [ROLE_INPUT.block]: z
    .object({
      [ROLE_INPUT.action]: z.object({
        selected_option: z.object({ value: z.enum(['responder', 'assignee']) }),
      }),
    })
    .optional(),
});

/** The menu of an escalation's messages, for everybody who sees them: resolve with a note, page a chosen person. */
export function handlePagerMenu(app: App, requests: Requests, logger: Log): void {
  app.action<BlockAction>(PAGER_ACTIONS.more, async ({ ack, body, action, client, context }) => {
    await ack();
    const channel = body.channel?.id;
    const message = body.message;
    if (channel === undefined || message === undefined || !('selected_option' in action)) return;
    const [choice = '', escalation = ''] = (action.selected_option?.value ?? '').split(':');
    const thread = String(message.thread_ts ?? message.ts);
    const user = body.user.id;
    const reply = replyBesideMessage(client, { channel, user, thread }, logger);
    await withErrorReply(reply, logger, async () => {
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, requests))) return;
      const where = writePagerFormPlace({ escalation, channel, thread });
      const form = choice === PAGER_MENU.note ? resolveForm(where) : personForm(where, true);
      await openView(client, body.trigger_id, reply, form);
    });
  });
  handleResolveForm(app, requests, logger);
  handlePersonForm(app, requests, logger);
}

function handleResolveForm(app: App, requests: Requests, logger: Log): void {
  app.view(RESOLVE_VIEW, async ({ ack, body, view, client, context }) => {
    await ack();
    const where = readPagerFormPlace(view.private_metadata);
    const { id: user, name } = body.user;
    const reply = replyBesideMessage(client, { ...where, user }, logger);
    await withErrorReply(reply, logger, async () => {
      const { channel, escalation = '' } = where;
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, requests))) return;
      const note = redactSideText(noted.parse(view.state.values)[NOTE_INPUT.block][NOTE_INPUT.action].value);
      const isTaken = await requests.onCall?.press({
        escalation,
        kind: 'resolved',
        user,
        name,
        channel,
        // Derived from the form: a redelivered submission is the same decision.
        requestId: view.id,
        note: note.trim(),
      });
      await replyUnlessTaken(isTaken, reply);
    });
  });
}

function handlePersonForm(app: App, requests: Requests, logger: Log): void {
  app.view(PERSON_VIEW, async ({ ack, body, view, client, context }) => {
    await ack();
    const where = readPagerFormPlace(view.private_metadata);
    const user = body.user.id;
    const reply = replyBesideMessage(client, { ...where, user }, logger);
    await withErrorReply(reply, logger, async () => {
      const { channel, escalation, runId } = where;
      const values = chosen.parse(view.state.values);
      const person = values[PERSON_INPUT.block][PERSON_INPUT.action].selected_user;
      const caller = { user, channel, team: body.team?.id, ...homeIn(context) };
      if (escalation === undefined) {
        const run = await requests.past.find(runId ?? '');
        if (!run) return await reply(goneText);
        if (!(await authoriseRun(run, caller, reply, requests))) return;
        if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
        const confirmed = await requests.onCall.confirm({ run, user, requestId: view.id, person });
        return await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
      }
      if (!(await mayAnswerPage(caller, reply, requests))) return;
      const role = values[ROLE_INPUT.block]?.[ROLE_INPUT.action].selected_option.value ?? 'responder';
      const request = { escalation, person, role, user, channel, requestId: view.id };
      const isTaken = await requests.onCall?.callPerson(request);
      await replyUnlessTaken(isTaken, reply);
    });
  });
}

/** The thread shows what was taken. */
async function replyUnlessTaken(isTaken: boolean | undefined, reply: PrivateReply): Promise<void> {
  if (isTaken !== true) await reply(isTaken === false ? escalationEndedText : cannotEscalateText);
}
