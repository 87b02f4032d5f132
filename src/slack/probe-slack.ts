import { webApi } from '@slack/bolt';
import { boltLogger } from './logger.ts';
import { webClientOptions } from './web-client.ts';

/** How Slack answers somebody who only asks whether it would. */
export type Probe<T> =
  | ({ readonly kind: 'ok' } & T)
  /** Slack's word for it. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Slack cannot be reached from here. */
  | { readonly kind: 'away' };

export interface SlackProbe {
  /** Whose token it is, and what it may do. */
  botToken(): Promise<
    Probe<{ readonly team: string; readonly bot: string; readonly scopes: readonly string[] }>
  >;
  /** Whether Socket Mode would get a connection. */
  appToken(token: string): Promise<Probe<object>>;
  userGroup(id: string): Promise<Probe<{ readonly members: number }>>;
}

const SILENT = boltLogger({ info() {}, warn() {}, error() {} });

/** Asks, and changes nothing. */
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

async function probe<T extends object>(ask: () => Promise<T>): Promise<Probe<T>> {
  try {
    return { kind: 'ok', ...(await ask()) };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return { kind: 'refused', error: error.data.error };
    return { kind: 'away' };
  }
}
