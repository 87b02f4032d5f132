import type { App } from '@slack/bolt';
import type { RequestService } from '../src/bot/requests/ports.ts';
import type { Log } from '../src/bot/slack/logger.ts';
import { handleCancel } from './actions/cancel.ts';
import { handleChooseDevice } from './actions/choose-device.ts';
import { handleDownloadReport } from './actions/download-report.ts';
import { handleEscalate } from './actions/escalate.ts';
import { handleMoreMenu } from './actions/more-menu.ts';
import { handleNotHelpful } from './actions/not-helpful.ts';
import { handlePageBundle } from './actions/page-bundle.ts';
import { handlePageMenu } from './actions/page-menu.ts';
import { handleRecheck } from './actions/recheck.ts';
import { handleShowDevice } from './actions/show-device.ts';
import { handleShowEvidence } from './actions/show-evidence.ts';
import { handleUnknownActions } from './actions/unknown-action.ts';
import { handleSlashCommand, handleUnknownCommands } from './commands/ftm-check.ts';
import { handleAppHome } from './events/app-home-opened.ts';
import { handleMention } from './events/app-mention.ts';
import { handlePaste } from './events/message.ts';
import { handleLogShortcut } from './shortcuts/check-log.ts';
import { handleCheckForm } from './views/submit-check-form.ts';

/** Registers all listeners, one file each. */
export function registerHandlers(app: App, services: RequestService, logger: Log): void {
  handleSlashCommand(app, services, logger);
  handleUnknownCommands(app);
  handleMention(app, services, logger);
  handlePaste(app, services, logger);
  handleLogShortcut(app, services, logger);
  handleCheckForm(app, services, logger);
  handleAppHome(app, services, logger);

  handleRecheck(app, services, logger);
  handleShowDevice(app, services, logger);
  handleShowEvidence(app, services, logger);
  handleDownloadReport(app, services, logger);
  handleNotHelpful(app, services, logger);
  handleMoreMenu(app, services, logger);
  handleEscalate(app, services, logger);
  handlePageMenu(app, services, logger);
  handlePageBundle(app, services, logger);
  handleCancel(app, services, logger);
  handleChooseDevice(app, services, logger);
  handleUnknownActions(app, logger);
}
