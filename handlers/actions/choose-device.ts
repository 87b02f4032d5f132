import type { BlockAction } from '@slack/bolt';
import { z } from 'zod';
import { choiceRunId } from '../../src/bot/requests/run-ids.ts';
import { details } from '../../src/platform/runs/run-schema.ts';
import { ACTIONS, CHOOSE_DEVICE } from '../../src/report/block-kit/action-ids.ts';
import { PAGER_ACTIONS } from '../../src/report/block-kit/pager-ids.ts';
import { answerRequest } from '../commands/answer-request.ts';
import { answerPress, type Listening } from '../shared/listeners.ts';
import { replyByResponseUrl } from '../shared/private-reply.ts';
import { unknownButtonText } from '../text/replies.ts';

const choice = z.object({
  alias: z.string(),
  user: z.string().optional(),
  vdom: z.string().optional(),
  live: z.number().optional(),
  details: details.optional(),
  thread: z.string().optional(),
});

/** A button of the question which of several devices is meant: checks that one, if the person may. */
export function handleChooseDevice({ app, requests, logger }: Listening): void {
  app.action<BlockAction>(new RegExp(`^${CHOOSE_DEVICE}_\\d+$`), async (args) => {
    const { body, action, respond } = args;
    const value = 'value' in action ? String(action.value) : '';
    // A button of an answer is in the thread that is meant; the value of a button of a question names the thread.
    const { thread = body.message?.thread_ts ?? body.message?.ts, ...target } = choice.parse(
      JSON.parse(value),
    );
    await answerPress(args, thread, { requests, logger }, async (press) => {
      const { channel, caller } = press;
      const question = String(body.container.message_ts ?? body.trigger_id);
      const runId = choiceRunId(channel, question, target.alias);
      const replyTo = { channel, thread, team: caller.team };
      await answerRequest({ kind: 'check', ...target }, { ...press, runId, replyTo });
      if (body.container.is_ephemeral !== true) return;
      // The question is answered. Where Slack does not remove it, a second press does the same once.
      await respond({ delete_original: true }).catch((error: unknown) => {
        logger.warn({ err: error }, 'the question about the device could not be removed');
      });
    });
  });
}

/** Answers buttons of other versions; otherwise Slack shows a warning sign after 3 s without explanation. */
export function handleUnknownActions({ app, logger }: Listening): void {
  const ids = [...Object.values(ACTIONS), ...Object.values(PAGER_ACTIONS), `${CHOOSE_DEVICE}_\\d+`];
  app.action<BlockAction>(new RegExp(`^(?!(?:${ids.join('|')})$)`), async ({ ack, action, respond }) => {
    await ack();
    if (action.type === 'button') await replyByResponseUrl(respond, logger)(unknownButtonText);
  });
}
