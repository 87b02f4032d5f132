import type { BlockAction, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Caller } from '../../src/bot/requests/act.ts';
import type { Permission, Requests } from '../../src/bot/requests/ports.ts';
import { formRunId } from '../../src/bot/requests/run-ids.ts';
import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import { clientForTrigger } from '../../src/bot/slack/web-client.ts';
import { ACTIONS, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { plainFromMrkdwn } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';
import type { Listening } from '../shared/listeners.ts';
import { type PrivateReply, replyBesideMessage, withErrorReply } from '../shared/private-reply.ts';
import { acceptRun } from '../shared/request-context.ts';
import { refusedText } from '../text/replies.ts';
import {
  type CheckFormPlace,
  checkForm,
  deviceOptions,
  parsePlace,
  readCheckForm,
  type WrongInput,
} from './check-form.ts';

const ERROR_LIMIT = 300;

export function handleCheckForm({ app, requests, logger }: Listening): void {
  app.action<BlockAction>(ACTIONS.openCheck, async ({ ack, body, client, context }) => {
    await ack();
    const team = body.team?.id;
    const devices = await devicesFor({ user: body.user.id, ...getHome(context) }, { team }, requests);
    const view = checkForm(devices, { team });
    await clientForTrigger(client).views.open({ trigger_id: body.trigger_id, view });
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: ACTIONS.pickDevice },
    async ({ ack, body, payload, context }) => {
      const metadata = 'view' in body ? body.view?.private_metadata : undefined;
      const place = metadata ? parsePlace(metadata) : {};
      const devices = await devicesFor({ user: body.user.id, ...getHome(context) }, place, requests);
      await ack({ options: deviceOptions(devices, payload.value) });
    },
  );

  app.view<ViewSubmitAction>(VIEWS.check, async ({ ack, body, view, client, context }) => {
    const { team, ...place } = parsePlace(view.private_metadata);
    const form = readCheckForm(view.state.values);
    if (form === undefined) return await ack(errorAt('device', 'Choose a device.'));
    if ('block' in form) return await ack(errorAt(form.block, form.reason));
    const channel = place.channel ?? form.channel;
    if (channel === undefined) return await ack(errorAt('channel', 'Choose a channel for the answer.'));
    const { id: user, name } = body.user;
    const caller: Caller = { user, channel, team, ...getHome(context) };
    const { reply, refuse, close } = replyInForm(ack, replyBesideMessage(client, { channel, user }, logger));
    await withErrorReply(reply, logger, async () => {
      const { check } = form;
      const { alias, live } = check;
      const permission = await requests.authorise({ ...caller, verb: 'check', way: 'form', alias, live });
      if (permission.kind === 'refused') {
        const [reason = ''] = refusedText(permission, { alias }).split('\n');
        return await refuse(chooseBlock(permission, place.channel === undefined), reason);
      }
      const asking = { caller, callerName: name, way: 'form', reply, requests } as const;
      await acceptRun({ runId: formRunId(view.id), replyTo: { channel, team }, ...check }, asking);
    });
    await close();
  });
}

type Block = 'device' | 'live' | 'channel' | WrongInput['block'];

/** The input that the person can change to be allowed. */
function chooseBlock({ reason }: Extract<Permission, { kind: 'refused' }>, asksForChannel: boolean): Block {
  if (reason === 'live-not-here' || reason === 'live-out-of-bounds') return 'live';
  return reason === 'not-this-person-or-channel' && asksForChannel ? 'channel' : 'device';
}

type AckForm = (response?: ViewResponseAction) => Promise<void>;

function replyInForm(ack: AckForm, otherwise: PrivateReply) {
  let isOpen = true;
  /**
   * The first reply is shown in the form, at an input, and keeps it open; later ones and late ones are posted in the
   * channel.
   */
  async function refuse(block: Block, text: string): Promise<void> {
    const isFirst = isOpen;
    isOpen = false;
    if (!isFirst) return await otherwise(text);
    try {
      await ack(errorAt(block, plainFromMrkdwn(text)));
    } catch {
      await otherwise(text);
    }
  }
  return {
    refuse,
    reply: (text: string) => refuse('device', text),
    /** Closes the form, unless it shows an error. */
    close: async () => {
      if (isOpen) await ack();
      isOpen = false;
    },
  };
}

function errorAt(block: Block, text: string): ViewResponseAction {
  return { response_action: 'errors', errors: { [block]: truncate(text, ERROR_LIMIT) } };
}

/** The choices of the form. If no channel is known yet: the devices that the person may check in any channel. */
async function devicesFor(
  caller: Pick<Caller, 'user' | 'home'>,
  { channel, team }: CheckFormPlace,
  requests: Requests,
): Promise<readonly string[]> {
  const person = { ...caller, team };
  return channel === undefined
    ? await requests.devicesEverywhere(person)
    : await requests.visibleDevices({ ...person, channel });
}
