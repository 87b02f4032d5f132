import {
  createSlackApp,
  type SlackApp,
  type SlackAppOptions,
} from '../../../src/bot/slack/create-slack-app.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

export interface HttpApp extends AsyncDisposable {
  readonly slack: LocalSlack;
  readonly app: SlackApp;
  readonly port: number;
}

/** An app in HTTP mode on a free port of loopback, with a local Slack. */
export async function startHttpApp(
  more: Pick<SlackAppOptions, 'customRoutes' | 'recordPendingAck'> = {},
): Promise<HttpApp> {
  const slack = await startLocalSlack();
  const app = createSlackApp({
    mode: 'http',
    signingSecret: slack.signingSecret,
    botToken: slack.botToken,
    slackApiUrl: slack.apiUrl,
    logger: silentLogger,
    port: 0,
    host: '127.0.0.1',
    ...more,
  });
  const { port = 0 } = await app.start();
  return {
    slack,
    app,
    port,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await slack.close();
    },
  };
}
