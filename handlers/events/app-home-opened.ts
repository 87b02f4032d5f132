import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import type { Listening } from '../shared/listeners.ts';
import { homeView } from '../views/home.ts';

const MAX_RUNS = 5;
const MAX_DEVICES = 15;

export function handleAppHome({ app, requests, logger }: Listening): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const { user } = event;
    const team = context.teamId;
    const person = { user, team, ...getHome(context) };
    try {
      const [aliases, runs] = await Promise.all([
        requests.devicesEverywhere(person),
        requests.past.listByAsker(user, MAX_RUNS),
      ]);
      const shown = aliases.slice(0, MAX_DEVICES);
      const devices = await Promise.all(
        shown.map(async (alias) => {
          const [last] = await requests.past.listByDevice(alias, 1);
          return { alias, last };
        }),
      );
      const history = await requests.past.listChecks(shown);
      const moreDevices = aliases.length - devices.length;
      const view = homeView({ reader: user, runs, devices, moreDevices, history, now: Date.now() });
      await client.views.publish({ user_id: user, view });
    } catch (error) {
      logger.warn({ err: error }, 'the Home tab could not be published');
    }
  });
}
