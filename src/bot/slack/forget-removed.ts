import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Installations } from './installation-store.ts';

const revokedTokens = z.object({ event_time: z.number() });
const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) });

/** Deletes the stored installation when the app is removed or its token revoked. */
export function forgetRemoved(app: App, installations: Installations): void {
  app.event('app_uninstalled', async ({ context, body }) => {
    await installations.remove(queryOf(context), timeOf(body));
  });
  app.event('tokens_revoked', async ({ context, body, event }) => {
    const { tokens } = revoked.parse(event);
    // User tokens are not used.
    if (tokens.bot?.length) await installations.remove(queryOf(context), timeOf(body));
  });
}

function queryOf(context: {
  readonly teamId?: string;
  readonly enterpriseId?: string;
  readonly isEnterpriseInstall: boolean;
}) {
  const { teamId, enterpriseId, isEnterpriseInstall } = context;
  return { teamId, enterpriseId, isEnterpriseInstall };
}

/** Milliseconds since the Unix epoch. */
function timeOf(body: unknown): number {
  return revokedTokens.parse(body).event_time * 1000;
}
