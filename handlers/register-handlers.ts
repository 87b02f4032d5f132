import type { App } from '@slack/bolt';
import type { Log } from '../src/slack/logger.ts';
import { handleAppHome } from './app-home.ts';
import { handleCancel } from './cancel-run.ts';
import { handleCustomerDraft } from './customer-draft.ts';
import { handleDownloadReport } from './download-report.ts';
import { handleEscalate } from './escalate.ts';
import { handleCheckForm } from './handle-check-form.ts';
import { handleLogShortcut } from './log-shortcut.ts';
import { handleMention } from './mention.ts';
import { handleNotHelpful } from './not-helpful.ts';
import { handlePaste } from './paste.ts';
import { handleRecheck } from './recheck.ts';
import type { Services } from './services.ts';
import { handleShowEvidence } from './show-evidence.ts';
import { handleSlashCommand, handleUnknownCommands } from './slash-command.ts';
import { handleUnknownActions } from './unknown-action.ts';

/** Every way in and every button, one file each. */
export function registerHandlers(app: App, services: Services, logger: Log): void {
  handleSlashCommand(app, services, logger);
  handleUnknownCommands(app);
  handleMention(app, services, logger);
  handlePaste(app, services, logger);
  handleLogShortcut(app, services, logger);
  handleCheckForm(app, services, logger);
  handleAppHome(app, services, logger);

  handleRecheck(app, services, logger);
  handleShowEvidence(app, services, logger);
  handleDownloadReport(app, services, logger);
  handleNotHelpful(app, services, logger);
  handleCustomerDraft(app, services, logger);
  handleEscalate(app, services, logger);
  handleCancel(app, services, logger);
  handleUnknownActions(app, logger);
}
