import { webApi } from '@slack/bolt';
import { boltLogger } from './logger.ts';
import { webClientOptions } from './web-client.ts';

/** Result of a call that only tests access. */
export type Probe<T> =
  | ({ readonly kind: 'ok' } & T)
  /** Slack's error code. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Slack is unreachable. */
  | { readonly kind: 'away' };

export interface SlackProbe {
  /** Workspace, bot and scopes of the token. */
  botToken(): Promise<
    Probe<{ readonly team: string; readonly bot: string; readonly scopes: readonly string[] }>
  >;
  /** Whether Socket Mode would get a connection. */
  appToken(token: string): Promise<Probe<object>>;
  userGroup(id: string): Promise<Probe<{ readonly members: number }>>;
}

const SILENT = boltLogger({ info() {}, warn() {}, error() {} });

/** Makes read-only calls. */
export function createSlackProbe(token: string, slackApiUrl?: string): SlackProbe {
  const options = {
    ...webClientOptions({ logger: SILENT, slackApiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  const client = new webApi.WebClient(token, options);
  return {
    botToken: () =>
      probe(async () => {
        const { team = '', user = '', response_metadata: more } = await client.auth.test();
        return { team, bot: user, scopes: more?.scopes ?? [] };
      }),
    appToken: (appToken) =>
      probe(async () => {
        await new webApi.WebClient(appToken, options).apps.connections.open();
        return {};
      }),
    userGroup: (usergroup) =>
      probe(async () => {
        const { users = [] } = await client.usergroups.users.list({ usergroup });
        return { members: users.length };
      }),
  };
}

async function probe<T extends object>(callSlack: () => Promise<T>): Promise<Probe<T>> {
  try {
    return { kind: 'ok', ...(await callSlack()) };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return { kind: 'refused', error: error.data.error };
    return { kind: 'away' };
  }
}
