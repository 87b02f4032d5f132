import type { App } from '@slack/bolt';
import type { Log } from '../src/slack/logger.ts';
import { handleLogShortcut } from './log-shortcut.ts';
import { handleMention } from './mention.ts';
import { handlePaste } from './paste.ts';
import type { Services } from './services.ts';
import { handleSlashCommand, handleUnknownCommands } from './slash-command.ts';

/** Every way in, one file each. */
export function registerHandlers(app: App, services: Services, logger: Log): void {
  handleSlashCommand(app, services, logger);
  handleUnknownCommands(app);
  handleMention(app, services, logger);
  handlePaste(app, services, logger);
  handleLogShortcut(app, services, logger);
}
