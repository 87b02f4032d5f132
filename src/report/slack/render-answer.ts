import type { RunOutcome } from '../../runs/run.ts';
import { renderFailureSlack } from './render-failure.ts';
import { renderSlack, type SlackAnswer } from './render-slack.ts';

/** What of a request the answer repeats. */
export interface AnswerSubject {
  readonly asker: { readonly name?: string };
  readonly alias?: string;
}

/** The final answer of a run, whatever its outcome. */
export function renderAnswer(outcome: RunOutcome, { asker, alias }: AnswerSubject): SlackAnswer {
  const subject = {
    ...(asker.name === undefined ? {} : { askerName: asker.name }),
    ...(alias === undefined ? {} : { alias }),
  };
  if (outcome.kind === 'failed') return renderFailureSlack(outcome, subject);
  return renderSlack(outcome.diagnosis, { ...subject, tookMs: outcome.tookMs });
}
