import type { App } from '@slack/bolt';
import type { Requests } from '../src/bot/requests/ports.ts';
import type { Log } from '../src/bot/slack/logger.ts';
import { handleCancel } from './actions/cancel.ts';
import { handleChooseDevice } from './actions/choose-device.ts';
import { handleDownloadReport } from './actions/download-report.ts';
import { handleEscalate } from './actions/escalate.ts';
import { handleMoreMenu, handleShowEvidence } from './actions/more-menu.ts';
import { handleNotHelpful } from './actions/not-helpful.ts';
import { handlePagerBundle, handlePagerMenu } from './actions/pager-menu.ts';
import { handleRecheck } from './actions/recheck.ts';
import { handleShowDevice } from './actions/show-device.ts';
import { handleUnknownActions } from './actions/unknown-action.ts';
import { handleSlashCommand, handleUnknownCommands } from './commands/ftm-check.ts';
import { handleAppHome } from './events/app-home-opened.ts';
import { handleMention } from './events/app-mention.ts';
import { handlePaste } from './events/message.ts';
import type { Listening } from './shared/listeners.ts';
import { handleLogShortcut } from './shortcuts/check-log.ts';
import { handleCheckForm } from './views/submit-check-form.ts';

const LISTENERS: readonly ((listening: Listening) => void)[] = [
  handleSlashCommand,
  handleUnknownCommands,
  handleMention,
  handlePaste,
  handleLogShortcut,
  handleCheckForm,
  handleAppHome,

  handleRecheck,
  handleShowDevice,
  handleShowEvidence,
  handleDownloadReport,
  handleNotHelpful,
  handleMoreMenu,
  handleEscalate,
  handlePagerMenu,
  handlePagerBundle,
  handleCancel,
  handleChooseDevice,
  handleUnknownActions,
];

/** Registers all listeners, one file each. */
export function registerHandlers(app: App, requests: Requests, logger: Log): void {
  for (const listen of LISTENERS) listen({ app, requests, logger });
}
