import { z } from 'zod';
import type { OnCall } from '../../src/bot/requests/on-call-port.ts';
import { section } from '../../src/report/block-kit/build-blocks.ts';
import {
  IMPACT_INPUT,
  NOTE_INPUT,
  PAGER_MENU,
  PERSON_INPUT,
  ROLE_INPUT,
} from '../../src/report/block-kit/pager-ids.ts';
import {
  type EscalationPress,
  type EscalationSubmission,
  openView,
  type Press,
  type RunPress,
  type RunSubmission,
  readTextValue,
  writeFormPlace,
} from '../shared/listeners.ts';
import type { AskingPerson } from '../shared/request-context.ts';
import {
  confirmedTexts,
  escalationGoneText,
  personCalledText,
  takenOverText,
  takenText,
} from '../text/on-call.ts';
import { cannotBundleText, cannotEscalateText, goneText } from '../text/replies.ts';
import { escalationForm, personForm, resolveForm } from '../views/pager-forms.ts';

/** Shows who would be paged, by which route and with what text; a click alone sends no page. */
export async function previewPage(press: RunPress<'page'>): Promise<void> {
  const { run, thread, reply, requests } = press;
  const preview = requests.onCall?.isConfigured() ? await requests.onCall.preview(run) : undefined;
  if (preview === undefined) return await reply(cannotEscalateText);
  const place = writeFormPlace({ runId: run.id, channel: run.replyTo.channel, thread });
  await openView(press, escalationForm(preview, place));
}

export async function confirmPage(form: RunSubmission<'page'>): Promise<void> {
  const { act, run, requestId, values, reply, requests } = form;
  if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
  const impact = readTextValue(values, IMPACT_INPUT) || undefined;
  const confirmed = await requests.onCall.confirm({ act, run, requestId, impact });
  await reply(confirmedTexts[confirmed]);
}

/** "I am on it" and "Resolved". */
export async function pressPagerButton(press: EscalationPress<'acknowledge' | 'resolve'>): Promise<void> {
  await pressEscalation({ ...press, requestId: press.triggerId });
}

type PressRequest = Omit<Parameters<OnCall['press']>[0], 'name'> &
  Pick<AskingPerson, 'callerName' | 'reply' | 'requests'>;

/** Acknowledges or resolves; says who was first, and when. */
export async function pressEscalation(press: PressRequest): Promise<void> {
  const { act, escalation, requestId, callerName: name, reply, requests } = press;
  const isTaken = await requests.onCall?.press({ act, escalation, requestId, name });
  await replyUnlessTaken(isTaken, press);
  const first = isTaken && act.verb === 'acknowledge' ? takenText(escalation) : undefined;
  if (first !== undefined) await reply(first);
}

/** The thread shows what was taken. */
async function replyUnlessTaken(
  isTaken: boolean | undefined,
  { escalation, reply }: Pick<PressRequest, 'escalation' | 'reply'>,
): Promise<void> {
  if (isTaken === undefined) await reply(cannotEscalateText);
  if (isTaken === false) await reply(takenText(escalation) ?? escalationGoneText);
}

/** Replaces the button of a handover card with the person who took over. */
export async function takeOverShift(press: Press<'take over'>): Promise<void> {
  const { act, message, channel, client, requests } = press;
  if (message === undefined) return;
  const text = [message.text ?? '', takenOverText(act.caller.user)].join('\n');
  const blocks = [section(text)];
  await client.chat.update({ channel, ts: message.ts, text, blocks });
  requests.record(act, 'taken over');
}

export function pagerMenuVerb(choice: string): 'resolve' | 'reassign' {
  return choice === PAGER_MENU.note ? 'resolve' : 'reassign';
}

/** The menu of an escalation's messages: resolve with a note, page a chosen person. */
export async function chooseInPagerMenu(press: EscalationPress<'resolve' | 'reassign'>): Promise<void> {
  const { act, escalation, channel, thread } = press;
  const place = writeFormPlace({ escalation: escalation.id, channel, thread });
  await openView(press, act.verb === 'resolve' ? resolveForm(place) : personForm(place, true));
}

export async function resolveWithNote(form: EscalationSubmission<'resolve'>): Promise<void> {
  const { act, escalation, callerName: name, requestId, values, requests } = form;
  const note = readTextValue(values, NOTE_INPUT);
  await replyUnlessTaken(await requests.onCall?.press({ act, escalation, name, requestId, note }), form);
}

export async function confirmPerson(form: RunSubmission<'page'>): Promise<void> {
  const { act, run, requestId, values, reply, requests } = form;
  if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
  const { person } = readPersonForm(values);
  const confirmed = await requests.onCall.confirm({ act, run, requestId, person });
  await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
}

export async function callPerson(form: EscalationSubmission<'reassign'>): Promise<void> {
  const { act, escalation, requestId, values, requests } = form;
  const request = { act, escalation, ...readPersonForm(values), requestId };
  await replyUnlessTaken(await requests.onCall?.callPerson(request), form);
}

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

function readPersonForm(values: unknown) {
  const form = chosen.parse(values);
  const person = form[PERSON_INPUT.block][PERSON_INPUT.action].selected_user;
  const role = form[ROLE_INPUT.block]?.[ROLE_INPUT.action].selected_option.value ?? 'responder';
  return { person, role } as const;
}

/** "Bundle for the vendor": the archive comes below the message with the button. */
export async function bundleEscalation(press: EscalationPress<'bundle'>): Promise<void> {
  const { act, escalation, thread, reply, requests } = press;
  const isThere = await requests.onCall?.bundleEscalation(act, escalation, thread);
  if (isThere !== true) await reply(isThere === false ? goneText : cannotBundleText);
}
