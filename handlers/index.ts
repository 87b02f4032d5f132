import type { App } from '@slack/bolt';
import type { Requests } from '../src/bot/requests/ports.ts';
import type { Log } from '../src/bot/slack/logger.ts';
import { ACTIONS, VIEWS } from '../src/report/block-kit/action-ids.ts';
import { PAGER_ACTIONS, PAGER_VIEW, PERSON_VIEW, RESOLVE_VIEW } from '../src/report/block-kit/pager-ids.ts';
import * as answer from './actions/answer-actions.ts';
import { handleChooseDevice, handleUnknownActions } from './actions/choose-device.ts';
import * as pager from './actions/pager-actions.ts';
import { proveFix, recheck, watchAgain } from './actions/recheck.ts';
import { handleDeviceOptions, showDevice } from './actions/show-device.ts';
import { handleSlashCommand, handleUnknownCommands } from './commands/ftm-check.ts';
import { handleAppHome } from './events/app-home-opened.ts';
import { handleMention } from './events/app-mention.ts';
import { handlePaste } from './events/message.ts';
import { type Listening, onEscalationPress, onForm, onPlainPress, onRunPress } from './shared/listeners.ts';
import { handleLogShortcut } from './shortcuts/check-log.ts';
import { handleCheckForm } from './views/submit-check-form.ts';

/** Registers all listeners. Of a press and a form: its id, who may, and what is done. */
export function registerHandlers(app: App, requests: Requests, logger: Log): void {
  const listening: Listening = { app, requests, logger };
  handleSlashCommand(listening);
  handleUnknownCommands(listening);
  handleMention(listening);
  handlePaste(listening);
  handleLogShortcut(listening);
  handleCheckForm(listening);
  handleAppHome(listening);
  handleChooseDevice(listening);
  handleDeviceOptions(listening);
  handleUnknownActions(listening);

  onRunPress(listening, ACTIONS.recheck, 'check', async (press) => void (await recheck(press)));
  onRunPress(listening, ACTIONS.pasted, 'check', proveFix);
  onRunPress(listening, ACTIONS.watch, 'check', watchAgain);
  onRunPress(listening, ACTIONS.showDevice, 'read', showDevice);
  onRunPress(listening, ACTIONS.evidence, 'read', answer.showEvidence);
  onRunPress(listening, ACTIONS.report, 'report', answer.sendReport);
  onRunPress(listening, ACTIONS.notHelpful, 'feedback', answer.askWhyNotHelpful);
  onForm(listening, VIEWS.notHelpful, { run: { verb: 'feedback', submit: answer.takeFeedback } });
  onRunPress(listening, ACTIONS.more, answer.answerMenuVerb, answer.chooseInAnswerMenu);
  onRunPress(listening, ACTIONS.cancel, 'cancel', answer.cancelRun);

  onRunPress(listening, ACTIONS.escalate, 'page', pager.previewPage);
  onForm(listening, PAGER_VIEW, { run: { verb: 'page', submit: pager.confirmPage } });
  onEscalationPress(listening, PAGER_ACTIONS.acknowledge, 'acknowledge', pager.pressPagerButton);
  onEscalationPress(listening, PAGER_ACTIONS.resolve, 'resolve', pager.pressPagerButton);
  onEscalationPress(listening, PAGER_ACTIONS.more, pager.pagerMenuVerb, pager.chooseInPagerMenu);
  onForm(listening, RESOLVE_VIEW, { escalation: { verb: 'resolve', submit: pager.resolveWithNote } });
  onForm(listening, PERSON_VIEW, {
    run: { verb: 'page', submit: pager.confirmPerson },
    escalation: { verb: 'reassign', submit: pager.callPerson },
  });
  onEscalationPress(listening, PAGER_ACTIONS.bundle, 'bundle', pager.bundleEscalation);
  onPlainPress(listening, PAGER_ACTIONS.handoverDone, 'take over', pager.takeOverShift);
}
