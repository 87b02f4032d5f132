import { type Authorize, type AuthorizeResult, webApi } from '@slack/bolt';
import { kindOfRefusal } from './refusals.ts';

/**
 * Authorises one workspace with one bot token. Asks Slack for the bot's identity on the first event and remembers it,
 * so that the process also starts while Slack is unavailable.
 */
export function authorizeWithToken(token: string, client: webApi.WebClient): Authorize<boolean> {
  let known: Promise<AuthorizeResult> | undefined;
  return async () => {
    known ??= whoAmI(token, client).catch((error: unknown) => {
      known = undefined;
      if (isRefused(error)) return { botToken: token };
      throw error;
    });
    return await known;
  };
}

/** The token is invalid: requests are accepted all the same, and people who can be reached without it are told. */
function isRefused(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && kindOfRefusal(error.data.error) === 'token';
}

async function whoAmI(token: string, client: webApi.WebClient): Promise<AuthorizeResult> {
  const { bot_id: botId, user_id: botUserId, team_id: teamId } = await client.auth.test({ token });
  return {
    botToken: token,
    botId,
    botUserId,
    teamId,
  };
}
