import { ACTIONS } from '../src/report/block-kit/action-ids.ts';
import { readTogetherText } from '../src/report/documents/read-together-text.ts';
import type { LocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import type { ApiCall, SlackFile, SlackMessage } from '../src/stand-ins/slack/types.ts';

/** What stands in Slack at a moment, by the run it belongs to, wherever it stands. */
export interface SlackSeen {
  /** With the mark of this role. */
  messages(runId: string, role: 'root' | 'answer'): readonly SlackMessage[];
  /** Said to one person alone: in a channel, or by direct message. */
  privately(channel: string, user: string): readonly SlackMessage[];
  /** About pages: how they stand, and calls of who is on call. */
  pages(channel: string, thread: string): readonly { readonly kind: 'status' | 'call' }[];
  /** The copies of a run's report, or of its picture, whichever are more. */
  files(runId: string): number;
  /** How often a final answer was edited into something that is none, and into another answer. */
  edits(message: SlackMessage): {
    readonly undone: number;
    readonly rewritten: number;
    /** The final answers that it was, in their order. */
    readonly answers: readonly string[];
  };
}

export function lookAtSlack(slack: LocalSlack): SlackSeen {
  const all = slack.workspace.allMessages();
  const marked = Map.groupBy(all, ({ metadata }) => metadata?.event_payload.run_id);
  const files = Map.groupBy(
    all.flatMap(({ files: attached = [] }) => attached),
    ({ title }) => /(?:run|alert)-[0-9a-f]+/.exec(title)?.[0] ?? '',
  );
  const edits = Map.groupBy(
    slack.calls('chat.update').filter(({ failure }) => failure === undefined || failure === 'dropped'),
    ({ args }) => String(args.ts),
  );
  return {
    messages: (runId, role) =>
      (marked.get(runId) ?? []).filter(({ metadata }) => metadata?.event_payload.role === role),
    privately: (channel, user) => [
      ...slack.ephemeral(channel, user),
      ...slack.messages(slack.workspace.directMessage(user).id).filter(({ bot_id }) => bot_id !== undefined),
    ],
    pages: (channel, thread) =>
      all
        .filter((message) => message.channel === channel && message.thread_ts === thread)
        .filter(({ metadata }) => metadata?.event_type === 'ftm_check_page')
        .map(({ metadata }) => ({
          kind: String(metadata?.event_payload.mark).endsWith('/status') ? 'status' : 'call',
        })),
    files: (runId) => mostCopies(files.get(runId) ?? []),
    edits: ({ ts }) => countEdits(edits.get(ts) ?? []),
  };
}

function mostCopies(files: readonly SlackFile[]): number {
  const byTitle = Map.groupBy(files, ({ title }) => title);
  return Math.max(0, ...Array.from(byTitle.values(), ({ length }) => length));
}

function countEdits(edits: readonly ApiCall[]): ReturnType<SlackSeen['edits']> {
  const finals = edits.filter(({ args }) => isFinal(args.blocks));
  const undone = edits.filter(
    (edit, index) => index > 0 && !finals.includes(edit) && finals.includes(edits[index - 1] ?? edit),
  );
  const answers = finals.map(({ args }) => String(args.text));
  const texts = new Set(answers.filter((text) => !isFolded(text) && !CHECKED_AGAIN.test(text)));
  return { undone: undone.length, rewritten: Math.max(0, texts.size - 1), answers: [...texts] };
}

/** In place of an answer whose paste went on, and was read again as a whole. */
export function isFolded(text: string): boolean {
  return text.startsWith(readTogetherText.slice(0, 20));
}

/** In place of an answer that a re-check answered anew. */
const CHECKED_AGAIN = /he newer answer is further down in this thread\./;

/** Progress has a button to cancel; an answer has not. */
export function isFinal(blocks: unknown): boolean {
  return !JSON.stringify(blocks ?? []).includes(ACTIONS.cancel);
}
