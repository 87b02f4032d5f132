import type { App } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { deviceOptionsOf, GROUP_BLOCK } from '../../src/report/formats/slack/render-group.ts';
import { replyRefused } from '../shared/allowed-device.ts';
import { askerOf } from '../shared/request-context.ts';
import { resultExpiredText, shownBeforeText, shownDeviceText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** The menu of a group's table: the answer about one device goes into the thread, without reading the device again. */
export function handleShowDevice(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.showDevice, async (press) => {
    const { run, choice, caller, reply } = press;
    const number = Number(choice);
    const row = (await requests.past.rowsOf(run)).find((each) => each.number === number);
    if (row === undefined) return await reply(resultExpiredText);
    const permission = await requests.authorise({ ...caller, alias: row.name });
    if (permission.kind === 'refused') {
      return await replyRefused(permission, row.name, { caller, reply }, requests);
    }
    const shown = await requests.past.showDevice(run, number, askerOf(press));
    switch (shown.kind) {
      case 'shown':
        return await reply(shownDeviceText);
      case 'there':
        return await reply(shownBeforeText(await requests.past.linkTo(shown.run)));
      case 'expired':
        return await reply(resultExpiredText);
    }
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: ACTIONS.showDevice },
    async ({ ack, body, payload, context }) => {
      const channel = body.channel?.id ?? '';
      const runId = payload.block_id.slice(GROUP_BLOCK.length);
      const run = await requests.past.find(runId);
      if (run === undefined || run.replyTo.channel !== channel) return await ack({ options: [] });
      const caller = { user: body.user.id, channel, team: body.team?.id, ...homeIn(context) };
      const visible = new Set(await requests.visibleDevices(caller));
      const rows = (await requests.past.rowsOf(run)).filter(({ name }) => visible.has(name));
      await ack({ options: deviceOptionsOf(rows, payload.value, runId) });
    },
  );
}
