import type { ModalView } from '@slack/types';
import type { Caller } from '../../src/requests/ports.ts';
import type { ReplyTo } from '../../src/runs/run.ts';
import type { PrivateReply } from './private-reply.ts';

/** What somebody asked for in words, whatever the door it came through. */
export interface Request {
  readonly runId: string;
  readonly caller: Caller;
  /** As Slack spells it. */
  readonly callerName?: string;
  readonly replyTo: ReplyTo;
  readonly reply: PrivateReply;
  /** Where Slack lets us open one. */
  readonly openForm?: (view: ModalView) => Promise<void>;
}
