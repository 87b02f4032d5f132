import { formRunId, messageRunId, recheckRunId, triggerRunId } from '../src/bot/requests/run-ids.ts';
import { CHECK_LOG_SHORTCUT, SLASH_COMMAND } from '../src/bot/slack/manifest.ts';
import { ACTIONS } from '../src/report/block-kit/action-ids.ts';
import { IMPACT_INPUT } from '../src/report/block-kit/pager-ids.ts';
import { TWO_USERS_LOG } from '../src/stand-ins/fortigate/two-users-log.ts';
import type { LocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import type { EventDelivery, SlackMessage } from '../src/stand-ins/slack/types.ts';
import { sendAlert } from './alerts.ts';
import { LOGGING_IN } from './devices.ts';
import type { Asked, Part, PlannedRequest, Sent } from './planned-request.ts';
import { PASTE_SECRETS } from './secrets.ts';

/** Where requests come in. */
export interface Entries {
  readonly slack: LocalSlack;
  /** Address of the hooks for alerts. */
  readonly hooks: string;
}

type Sender = (entries: Entries, planned: PlannedRequest) => Promise<Sent>;

/** One way of asking each. What a request consists of is in `PlannedRequest`; a further kind is one entry here. */
export const SENDERS = {
  slash,
  alertmanager: ({ hooks }, planned) => sendAlert('alertmanager', hooks, planned),
  pagerduty: ({ hooks }, planned) => sendAlert('pagerduty', hooks, planned),
  generic: ({ hooks }, planned) => sendAlert('generic', hooks, planned),
  joined: slash,
  mention: async ({ slack }, planned) => {
    const { user, channel, alias } = planned;
    const thread = findRoot(slack, planned);
    const sentAt = Date.now();
    const said = await slack.mention({ user, channel, thread, text: alias });
    // A mention comes as two events, and Slack is content when both are acknowledged; the app answers one of them.
    const deliveries = said.deliveries.filter(({ payload }) => getType(payload) === 'app_mention');
    return { kind: 'mention', thread, sentAt, ...findMessage(slack, said.message), deliveries };
  },
  paste: async ({ slack }, planned) => {
    const { user, channel } = planned;
    const thread = findRoot(slack, planned);
    const sentAt = Date.now();
    const { message, deliveries } = await slack.message({ user, channel, thread, text: createPaste(user) });
    return { kind: 'paste', thread, sentAt, ...findMessage(slack, message), deliveries };
  },
  part: async ({ slack }, { user, channel, part = { thread: '', nth: 0 } }) => {
    const sentAt = Date.now();
    const { thread } = part;
    const { message, deliveries } = await slack.message({
      user,
      channel,
      thread,
      text: createPart(user, part),
    });
    return { kind: 'part', thread, sentAt, ...findMessage(slack, message), deliveries };
  },
  file: async ({ slack }, planned) => {
    const { user, channel } = planned;
    const thread = findRoot(slack, planned);
    const sentAt = Date.now();
    const files = [{ name: 'debug.log', content: createLog(user) }];
    const { message, deliveries } = await slack.message({ user, channel, thread, text: '', files });
    return { kind: 'file', thread, sentAt, ...findMessage(slack, message), deliveries };
  },
  direct: async ({ slack }, { user, alias }) => {
    const channel = slack.workspace.directMessage(user).id;
    const sentAt = Date.now();
    const { message, deliveries } = await slack.message({ user, channel, text: alias });
    return { kind: 'direct', thread: message.ts, sentAt, ...findMessage(slack, message), deliveries };
  },
  live: async ({ slack }, planned) => {
    const { user, channel, alias } = planned;
    const sentAt = Date.now();
    const text = `${alias} --live 10 --user ${LOGGING_IN} --client 203.0.113.41`;
    const delivery = await slack.slash({ command: SLASH_COMMAND, text, user, channel });
    return { kind: 'live', channel, runId: runOfTrigger(delivery), sentAt, deliveries: [delivery] };
  },
  shortcut: async ({ slack }, planned) => {
    const { user, channel } = planned;
    const thread = findRoot(slack, planned);
    // An app said it: the bot reads an app's message only when asked.
    const log = slack.workspace.add({
      channel,
      user: 'U0OTHERAPP',
      bot_id: 'B0OTHER',
      subtype: 'bot_message',
      text: createPaste(user),
      thread_ts: thread,
    });
    const sentAt = Date.now();
    const delivery = await slack.shortcut({ callbackId: CHECK_LOG_SHORTCUT, user, channel, ts: log.ts });
    return {
      kind: 'shortcut',
      channel,
      thread,
      runId: runOfTrigger(delivery),
      sentAt,
      deliveries: [delivery],
    };
  },
  form: async (entries, planned) => {
    const { slack } = entries;
    const { user, channel, alias } = planned;
    await slack.slash({ command: SLASH_COMMAND, text: '', user, channel });
    const form = slack.views().findLast((view) => view.user === user);
    // Slack did not open it, as it may; the person asks in words instead.
    if (form === undefined) return await slash(entries, planned);
    const values = {
      device: { ftm_pick_device: { selected_option: { value: alias } } },
      user: { user: { value: null } },
      vdom: { vdom: { value: null } },
    };
    const sentAt = Date.now();
    const delivery = await slack.submit({ user, viewId: form.id, values });
    return { kind: 'form', channel, runId: formRunId(form.id), sentAt, deliveries: [delivery] };
  },
} as const satisfies Record<string, Sender>;

async function slash({ slack }: Entries, { kind, user, channel, alias }: PlannedRequest): Promise<Sent> {
  const sentAt = Date.now();
  const delivery = await slack.slash({ command: SLASH_COMMAND, text: alias, user, channel });
  const asked = kind === 'joined' ? 'joined' : 'slash';
  return { kind: asked, channel, runId: runOfTrigger(delivery), sentAt, deliveries: [delivery] };
}

/** The button that asks again, below an answer. */
export async function pressRecheck(
  slack: LocalSlack,
  { runId, channel }: Pick<Asked, 'runId' | 'channel'>,
  user: string,
): Promise<Sent | undefined> {
  const answer = answerWith(slack, { runId, channel }, ACTIONS.recheck);
  if (answer === undefined) return undefined;
  const sentAt = Date.now();
  const action = { type: 'button', action_id: ACTIONS.recheck, value: runId };
  const delivery = await slack.action({ user, channel, ts: answer.ts, action });
  const thread = answer.thread_ts ?? answer.ts;
  return {
    kind: 'recheck',
    channel,
    thread,
    runId: recheckRunId(runId, 0, { live: false }),
    sentAt,
    deliveries: [delivery],
  };
}

/** The button that asks whom to page, and the form that pages. Nothing where the form does not come: it is pressed again. */
export async function pressEscalate(
  slack: LocalSlack,
  { runId, channel }: Pick<Asked, 'runId' | 'channel'>,
  user: string,
): Promise<Sent | undefined> {
  const answer = answerWith(slack, { runId, channel }, ACTIONS.escalate);
  if (answer === undefined) return undefined;
  const action = { type: 'button', action_id: ACTIONS.escalate, value: runId };
  await slack.action({ user, channel, ts: answer.ts, action });
  const form = slack.views().findLast((view) => view.user === user);
  if (form === undefined) return undefined;
  const values = { [IMPACT_INPUT.block]: { [IMPACT_INPUT.action]: { value: null } } };
  const sentAt = Date.now();
  const delivery = await slack.submit({ user, viewId: form.id, values });
  const thread = answer.thread_ts ?? answer.ts;
  return { kind: 'escalate', channel, thread, runId, sentAt, deliveries: [delivery] };
}

function answerWith(
  slack: LocalSlack,
  { runId, channel }: Pick<Asked, 'runId' | 'channel'>,
  button: string,
): SlackMessage | undefined {
  return slack.messages(channel).find(({ metadata, blocks }) => {
    const mark = metadata?.event_payload;
    const isAnswer = mark?.run_id === runId && mark.role === 'answer';
    return isAnswer && JSON.stringify(blocks ?? []).includes(`"${button}"`);
  });
}

/** Stored without being told to the app: its acknowledgement does not matter. */
export function findRoot(
  slack: LocalSlack,
  { user, channel }: Pick<PlannedRequest, 'user' | 'channel'>,
): string {
  return slack.workspace.add({ channel, user, text: 'Push does not work for somebody here.' }).ts;
}

function findMessage(slack: LocalSlack, { channel, ts }: SlackMessage): Pick<Sent, 'channel' | 'runId'> {
  return { channel, runId: messageRunId(slack.workspace.team, channel, ts) };
}

function getType(payload: Readonly<Record<string, unknown>>): unknown {
  return (payload.event as { readonly type?: unknown } | undefined)?.type;
}

function runOfTrigger({ payload }: EventDelivery): string {
  return triggerRunId(String(payload.trigger_id));
}

function createPaste(user: string): string {
  return `\`\`\`\n${createLog(user)}\`\`\``;
}

/** As Slack cuts a long paste; the last of three looks like nothing by itself. */
function createPart(user: string, { nth }: Pick<Part, 'nth'>): string {
  if (nth === 2)
    return Array.from({ length: 9 }, (_, index) => `        set option-${index} enable`).join('\n');
  const lines = createLog(user).split('\n');
  const half = Math.ceil(lines.length / 2);
  return (nth === 0 ? lines.slice(0, half) : lines.slice(half)).join('\n');
}

function createLog(user: string): string {
  return `${TWO_USERS_LOG}
[2210:root:1a]Cookie: SVPNCOOKIE=${PASTE_SECRETS.cookie}
{"sender":"FGT-FGT60F0000000001-root","registration_id":"${PASTE_SECRETS.registration}","app":"FTM","platform":"ios","message":"{}"}
config vpn ipsec phase1-interface
    edit "dialup-${user}"
        set psksecret ${PASTE_SECRETS.psk}
    next
end
`;
}
