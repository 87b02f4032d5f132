import type { App, BlockAction } from '@slack/bolt';
import { ACTIONS, VIEWS } from '../../src/block-kit/action-ids.ts';
import type { Caller, RequestService } from '../../src/requests/ports.ts';
import { formRunId } from '../../src/requests/run-ids.ts';
import { homeIn } from '../../src/slack/foreign-workspace.ts';
import type { Log } from '../../src/slack/logger.ts';
import { clientForTrigger } from '../../src/slack/web-client.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { requestCheck } from '../shared/request-check.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { checkForm, deviceOptions, type FormPlace, placeOf, readCheckForm } from './check-form.ts';

/** The form's button in the App Home, its search, and what comes back from it. */
export function handleCheckForm(app: App, services: RequestService, logger: Log): void {
  app.action<BlockAction>(ACTIONS.openCheck, async ({ ack, body, client, context }) => {
    await ack();
    const team = body.team?.id;
    const place: FormPlace = team === undefined ? {} : { team };
    const devices = await devicesFor({ user: body.user.id, ...homeIn(context) }, place, services);
    const view = checkForm(devices, place);
    await clientForTrigger(client).views.open({ trigger_id: body.trigger_id, view });
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: ACTIONS.pickDevice },
    async ({ ack, body, payload, context }) => {
      const metadata = 'view' in body ? body.view?.private_metadata : undefined;
      const devices = await devicesFor(
        { user: body.user.id, ...homeIn(context) },
        metadata ? placeOf(metadata) : {},
        services,
      );
      await ack({ options: deviceOptions(devices, payload.value) });
    },
  );

  app.view(VIEWS.check, async ({ ack, body, view, client, context }) => {
    await ack();
    const { team, ...place } = placeOf(view.private_metadata);
    const form = readCheckForm(view.state.values);
    const channel = place.channel ?? form?.channel;
    if (form === undefined || channel === undefined) return;
    const { id: user, name } = body.user;
    const inTeam = team === undefined ? {} : { team };
    const reply = replyBesideMessage(client, { channel, user }, logger);
    const request = {
      runId: formRunId(view.id),
      caller: { user, channel, ...inTeam, ...homeIn(context) },
      callerName: name,
      replyTo: { channel, ...inTeam },
      reply,
    };
    await withErrorReply(reply, logger, () => requestCheck(form.check, request, services));
  });
}

/** What the form offers. Where no channel is known yet: what the person may use anywhere. */
async function devicesFor(
  caller: Pick<Caller, 'user' | 'home'>,
  { channel, team }: FormPlace,
  services: RequestService,
): Promise<readonly string[]> {
  const person = { ...caller, team };
  return channel === undefined
    ? await services.devicesEverywhere(person)
    : await services.visibleDevices({ ...person, channel });
}
