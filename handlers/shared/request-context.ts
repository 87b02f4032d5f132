import type { ModalView } from '@slack/types';
import type { Asker, ReplyTo } from '../../src/platform/runs/run.ts';
import type { AskingPerson } from './authorise.ts';

/** Who asks, from where, and how to answer, for a request of any entry point. */
export interface RequestContext extends AskingPerson {
  readonly runId: string;
  /** The name that Slack reports. */
  readonly callerName?: string;
  readonly replyTo: ReplyTo;
  /** Present if Slack provided a trigger. */
  readonly openForm?: (view: ModalView) => Promise<void>;
}

/** A request that may come again. */
export interface TimedRequest extends RequestContext {
  /** When it was made, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
}

export function toAsker({ caller, callerName }: Pick<RequestContext, 'caller' | 'callerName'>): Asker {
  const { user: id, home } = caller;
  return { id, name: callerName, home };
}
