import type { App, BlockAction } from '@slack/bolt';
import { z } from 'zod';
import type { RequestService } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { redactSideText } from '../../src/engine/redact/side-text.ts';
import {
  NOTE_INPUT,
  PAGE_ACTIONS,
  PAGE_MENU,
  PERSON_INPUT,
  PERSON_VIEW,
  RESOLVE_VIEW,
  ROLE_INPUT,
} from '../../src/report/block-kit/page-ids.ts';
import { readPageFormPlace, writePageFormPlace } from '../shared/page-form-place.ts';
import { type PrivateReply, replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { confirmedTexts, pageGoneText, personPagedText } from '../text/escalation.ts';
import { cannotEscalateText, goneText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { personForm, resolveForm } from '../views/page-forms.ts';
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

/** The menu of a page's messages, for everybody who sees them: resolve with a note, page a chosen person. */
export function handlePageMenu(app: App, services: RequestService, logger: Log): void {
  app.action<BlockAction>(PAGE_ACTIONS.more, async ({ ack, body, action, client, context }) => {
    await ack();
    const channel = body.channel?.id;
    const message = body.message;
    if (channel === undefined || message === undefined || !('selected_option' in action)) return;
    const [choice = '', page = ''] = (action.selected_option?.value ?? '').split(':');
    const thread = String(message.thread_ts ?? message.ts);
    const user = body.user.id;
    const reply = replyBesideMessage(client, { channel, user, thread }, logger);
    await withErrorReply(reply, logger, async () => {
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, services))) return;
      const where = writePageFormPlace({ page, channel, thread });
      const form = choice === PAGE_MENU.note ? resolveForm(where) : personForm(where, true);
      await openView(client, body.trigger_id, reply, form);
    });
  });
  handleResolveForm(app, services, logger);
  handlePersonForm(app, services, logger);
}

function handleResolveForm(app: App, services: RequestService, logger: Log): void {
  app.view(RESOLVE_VIEW, async ({ ack, body, view, client, context }) => {
    await ack();
    const where = readPageFormPlace(view.private_metadata);
    const { id: user, name } = body.user;
    const reply = replyBesideMessage(client, { ...where, user }, logger);
    await withErrorReply(reply, logger, async () => {
      const { channel, page = '' } = where;
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, services))) return;
      const note = redactSideText(noted.parse(view.state.values)[NOTE_INPUT.block][NOTE_INPUT.action].value);
      const isTaken = await services.paging?.press({
        page,
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

function handlePersonForm(app: App, services: RequestService, logger: Log): void {
  app.view(PERSON_VIEW, async ({ ack, body, view, client, context }) => {
    await ack();
    const where = readPageFormPlace(view.private_metadata);
    const user = body.user.id;
    const reply = replyBesideMessage(client, { ...where, user }, logger);
    await withErrorReply(reply, logger, async () => {
      const { channel, page, runId } = where;
      const values = chosen.parse(view.state.values);
      const person = values[PERSON_INPUT.block][PERSON_INPUT.action].selected_user;
      const caller = { user, channel, team: body.team?.id, ...homeIn(context) };
      if (page === undefined) {
        const run = await services.past.find(runId ?? '');
        if (!run) return await reply(goneText);
        if (!(await authoriseRun(run, caller, reply, services))) return;
        if (!services.paging?.canPage()) return await reply(cannotEscalateText);
        const confirmed = await services.paging.confirm({ run, user, requestId: view.id, person });
        return await reply(confirmed === 'gone' ? confirmedTexts.gone : personPagedText(person));
      }
      if (!(await mayAnswerPage(caller, reply, services))) return;
      const role = values[ROLE_INPUT.block]?.[ROLE_INPUT.action].selected_option.value ?? 'responder';
      const request = { page, person, role, user, channel, requestId: view.id };
      const isTaken = await services.paging?.callPerson(request);
      await replyUnlessTaken(isTaken, reply);
    });
  });
}

/** The thread shows what was taken. */
async function replyUnlessTaken(isTaken: boolean | undefined, reply: PrivateReply): Promise<void> {
  if (isTaken !== true) await reply(isTaken === false ? pageGoneText : cannotEscalateText);
}
