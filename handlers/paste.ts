import type { App } from '@slack/bolt';
import type { Log } from '../src/slack/logger.ts';
import { isReadableFile } from './fetch-file.ts';
import { gatherUnasked } from './gather-evidence.ts';
import { guarded } from './guarded.ts';
import { isSpoken, readMessage, withoutMention } from './incoming-message.ts';
import { answerAddressed, fileAccess, requestOf } from './mention.ts';
import { mayAnalyse, requestAnalysis } from './request-analysis.ts';
import type { Services } from './services.ts';

/**
 * Messages that nobody addressed to the bot: a paste that looks like FortiGate evidence is read, all other talk is left
 * alone. In a direct message everything is addressed to the bot.
 */
export function handlePaste(app: App, services: Services, logger: Log): void {
  const looksLikeEvidence = (text: string): boolean => services.looksLikeEvidence(text);

  app.event('message', async ({ event, context, client }) => {
    const message = readMessage(event);
    if (!message || !isSpoken(message)) return;
    if (message.channel_type === 'im') {
      await answerAddressed(message, context, client, services, logger);
      return;
    }
    // The same message comes as `app_mention` too.
    if (withoutMention(message.text, context.botUserId).mentioned) return;
    if (!looksLikeEvidence(message.text) && !message.files.some(isReadableFile)) return;

    const request = requestOf(message, context, client, logger);
    await guarded(request.reply, logger, async () => {
      if (!(await mayAnalyse(request, services, { asked: false }))) return;
      const items = await gatherUnasked(message, fileAccess(context, client), looksLikeEvidence);
      if (items.length > 0) await requestAnalysis(items, request, services);
    });
  });
}
