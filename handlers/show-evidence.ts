import type { App } from '@slack/bolt';
import { evidenceBlocks } from '../src/report/slack/evidence-view.ts';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { openView } from './open-view.ts';
import { onPress } from './press.ts';
import { noDiagnosisText } from './replies.ts';
import type { Services } from './services.ts';

export function handleShowEvidence(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.evidence, async ({ run, client, triggerId, reply }) => {
    if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
    await openView(client, triggerId, reply, {
      type: 'modal',
      title: { type: 'plain_text', text: 'All evidence' },
      close: { type: 'plain_text', text: 'Close' },
      blocks: [...evidenceBlocks(run.outcome.diagnosis)],
    });
  });
}
