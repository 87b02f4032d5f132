import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { GROUP_BLOCK, listDeviceOptions } from '../../src/report/formats/slack/render-group.ts';
import type { Listening, RunPress } from '../shared/listeners.ts';
import { authorise } from '../shared/request-context.ts';
import { answerLink } from '../text/past-runs.ts';
import { resultExpiredText, shownBeforeText, shownDeviceText } from '../text/replies.ts';

/** The menu of a group's table: the answer about one device goes into the thread, without reading the device again. */
export async function showDevice(press: RunPress<'read'>): Promise<void> {
  const { run, choice, caller, callerName: name, reply, requests } = press;
  const number = Number(choice);
  const row = (await requests.past.listRows(run)).find((each) => each.number === number);
  if (row === undefined) return await reply(resultExpiredText);
  const act = await authorise('read', { alias: row.name }, press);
  if (act === undefined) return;
  const asker = { id: caller.user, name, home: caller.home };
  const shown = await requests.past.showDevice(act, run, number, asker);
  switch (shown.kind) {
    case 'shown':
      return await reply(shownDeviceText);
    case 'there':
      return await reply(shownBeforeText(answerLink(shown.run)));
    case 'expired':
      return await reply(resultExpiredText);
  }
}

/** The options of that menu: devices that the person may check. */
export function handleDeviceOptions({ app, requests }: Listening): void {
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: ACTIONS.showDevice },
    async ({ ack, body, payload, context }) => {
      const channel = body.channel?.id ?? '';
      const runId = payload.block_id.slice(GROUP_BLOCK.length);
      const run = await requests.past.find(runId);
      if (run === undefined || run.replyTo.channel !== channel) return await ack({ options: [] });
      const caller = { user: body.user.id, channel, team: body.team?.id, ...getHome(context) };
      const visible = new Set(await requests.visibleDevices(caller));
      const rows = (await requests.past.listRows(run)).filter(({ name }) => visible.has(name));
      await ack({ options: listDeviceOptions(rows, payload.value, runId) });
    },
  );
}
