import type { ModalView } from '@slack/types';
import type { Caller } from '../../src/requests/ports.ts';
import type { ReplyTo } from '../../src/runs/run.ts';
import type { PrivateReply } from './private-reply.ts';

/** A typed request from any entry point. */
export interface Request {
  readonly runId: string;
  readonly caller: Caller;
  /** The name that Slack reports. */
  readonly callerName?: string;
  readonly replyTo: ReplyTo;
  readonly reply: PrivateReply;
  /** Present if Slack provided a trigger. */
  readonly openForm?: (view: ModalView) => Promise<void>;
}
