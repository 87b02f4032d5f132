import type { Run } from '../../platform/runs/run.ts';
import { TWO_USERS_LOG } from '../../stand-ins/fortigate/two-users-log.ts';
import { startDemoEnvironment } from './environment.ts';

export interface DemoOptions {
  /** Shows the threads as a reader sees them. */
  readonly show: (text: string) => Promise<void>;
  readonly note: (text: string) => Promise<void>;
  readonly signal: AbortSignal;
}

const ANA = 'U0ANA';
const BEN = 'U0BEN';
const CHANNEL = 'C0SUPPORT';

/** Time limit for both answers together. */
const ANSWER_TIMEOUT_MS = 12_000;

/** Asks both questions in its own environment; `complete` when both final answers arrived. Leaves nothing behind. */
export async function runDemo({ show, note, signal }: DemoOptions): Promise<{ readonly complete: boolean }> {
  const end = Date.now() + ANSWER_TIMEOUT_MS;
  await using stage = await startDemoEnvironment();
  await note(
    `A local Slack, a simulated FortiGate on port ${stage.simulator.port} (SSH), the bot and a worker are running.\n` +
      stage.queueText,
  );

  await note('\nAna types /ftm-check fgt-branch-07\n');
  await stage.slack.slash({ command: '/ftm-check', text: 'fgt-branch-07', user: ANA, channel: CHANNEL });
  const check = await finalAnswer(() => stage.backend.runs.byDevice('fgt-branch-07', 1), end, signal);
  await show(getThread(check) ?? 'No answer arrived.');

  await note('\nBen pastes a debug log into a thread\n');
  const trouble = 'Push fails for marlow since this morning';
  const root = await stage.slack.message({ user: ANA, channel: CHANNEL, text: trouble });
  const thread = root.message.ts;
  const log = `\`\`\`\n${TWO_USERS_LOG}\n\`\`\``;
  await stage.slack.message({ user: BEN, channel: CHANNEL, thread, text: log });
  const paste = await finalAnswer(() => stage.backend.runs.byThread(CHANNEL, thread, 1), end, signal);
  await show(getThread(paste) ?? 'No answer arrived.');

  const complete = check !== undefined && paste !== undefined;
  await note(`\n${complete ? 'Both answers arrived' : 'An answer is missing'}. Stopping everything.`);
  return { complete };

  function getThread(run: Run | undefined): string | undefined {
    const ts = run?.replyTo.thread ?? run?.rootTs;
    return run && ts ? shorten(stage.slack.renderThread(run.replyTo.channel, ts)) : undefined;
  }
}

const LOG_LINES = new Set(TWO_USERS_LOG.split('\n'));
const LOG_LINES_SHOWN = 8;

/** The answer matters: the start of the pasted log is enough. */
function shorten(thread: string): string {
  const lines = thread.split('\n');
  const isPasted = (line: string) => LOG_LINES.has(line.trim());
  const from = lines.findIndex((line) => line.trim() !== '' && isPasted(line));
  if (from === -1) return thread;
  const length = lines.slice(from).findIndex((line) => !isPasted(line));
  const hidden = length - LOG_LINES_SHOWN;
  if (hidden <= 0) return thread;
  const cut = from + LOG_LINES_SHOWN;
  const rest = lines.slice(cut + hidden);
  return [...lines.slice(0, cut), `      … ${hidden} more lines`, '', ...rest].join('\n');
}

/** Returns the run once its answer is in the thread, or `undefined` after the time limit. */
async function finalAnswer(
  find: () => Promise<readonly Run[]>,
  end: number,
  signal: AbortSignal,
): Promise<Run | undefined> {
  while (Date.now() < end && !signal.aborted) {
    const [run] = await find();
    if (run?.answeredAt !== undefined) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
