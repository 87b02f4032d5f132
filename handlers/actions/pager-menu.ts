import { z } from 'zod';
import type { EscalationRef } from '../../src/bot/requests/on-call-port.ts';
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
import { writeFormPlace } from '../shared/form-place.ts';
import { type Listening, onEscalationPress, onForm } from '../shared/listeners.ts';
import type { PrivateReply } from '../shared/private-reply.ts';
import { confirmedTexts, escalationGoneText, personCalledText, takenText } from '../text/escalation.ts';
import { cannotBundleText, cannotEscalateText, goneText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { personForm, resolveForm } from '../views/pager-forms.ts';

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

/** The menu of an escalation's messages: resolve with a note, page a chosen person. */
export function handlePagerMenu(listening: Listening): void {
  const verb = (choice: string) => (choice === PAGER_MENU.note ? 'resolve' : 'reassign');
  onEscalationPress(listening, PAGER_ACTIONS.more, verb, async (press) => {
    const { act, escalation, channel, thread, client, triggerId, reply } = press;
    const place = writeFormPlace({ escalation: escalation.id, channel, thread });
    const form = act.verb === 'resolve' ? resolveForm(place) : personForm(place, true);
    await openView(client, triggerId, reply, form);
  });
  handleResolveForm(listening);
  handlePersonForm(listening);
}

function handleResolveForm(listening: Listening): void {
  const verb = 'resolve';
  onForm(listening, RESOLVE_VIEW, {
    escalation: {
      verb,
      async submit({ act, escalation, callerName: name, requestId, values, reply }) {
        const note = redactSideText(noted.parse(values)[NOTE_INPUT.block][NOTE_INPUT.action].value).trim();
        const isTaken = await listening.requests.onCall?.press({ act, escalation, name, requestId, note });
        await replyUnlessTaken(isTaken, escalation, reply);
      },
    },
  });
}

function handlePersonForm(listening: Listening): void {
  const { requests } = listening;
  onForm(listening, PERSON_VIEW, {
    run: {
      verb: 'page',
      async submit({ act, run, requestId, values, reply }) {
        if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
        const { person } = readPersonForm(values);
        const confirmed = await requests.onCall.confirm({ act, run, requestId, person });
        await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
      },
    },
    escalation: {
      verb: 'reassign',
      async submit({ act, escalation, requestId, values, reply }) {
        const request = { act, escalation, ...readPersonForm(values), requestId };
        await replyUnlessTaken(await requests.onCall?.callPerson(request), escalation, reply);
      },
    },
  });
}

function readPersonForm(values: unknown): {
  readonly person: string;
  readonly role: 'responder' | 'assignee';
} {
  const form = chosen.parse(values);
  const person = form[PERSON_INPUT.block][PERSON_INPUT.action].selected_user;
  const role = form[ROLE_INPUT.block]?.[ROLE_INPUT.action].selected_option.value ?? 'responder';
  return { person, role };
}

/** The thread shows what was taken. */
async function replyUnlessTaken(
  isTaken: boolean | undefined,
  escalation: EscalationRef,
  reply: PrivateReply,
): Promise<void> {
  if (isTaken === undefined) await reply(cannotEscalateText);
  if (isTaken === false) await reply(takenText(escalation) ?? escalationGoneText);
}

/** "Bundle for the vendor": the archive comes below the message with the button. */
export function handlePagerBundle(listening: Listening): void {
  onEscalationPress(listening, PAGER_ACTIONS.bundle, 'bundle', async ({ act, escalation, thread, reply }) => {
    const isThere = await listening.requests.onCall?.bundleEscalation(act, escalation, thread);
    if (isThere !== true) await reply(isThere === false ? goneText : cannotBundleText);
  });
}
