import { printPaged } from './pager.ts';
import type { CliReply, ReplyStream } from './reply.ts';
import type { Pty, Terminal } from './terminal.ts';

/** What a command prints between its echo and the empty line before the next prompt. */
export async function printReply(
  reply: CliReply,
  terminal: Terminal,
  pty: Pty | undefined,
  interruption?: string,
): Promise<void> {
  const inserted = interruption === undefined ? [] : [interruption];
  const lines = [...reply.lines.slice(0, 1), ...inserted, ...reply.lines.slice(1)];
  if (reply.paged && pty) await printPaged(terminal, lines, pty);
  else if (lines.length > 0) await terminal.write(`${lines.join('\r\n')}\r\n`);
  if (reply.stream) await printStream(reply.stream, terminal);
}

async function printStream({ lines, endless, footer }: ReplyStream, terminal: Terminal): Promise<void> {
  let printed = 0;
  let elapsed = 0;
  let stopped = false;
  for (const { text, afterMs = 0 } of lines) {
    stopped = !(await terminal.wait(Math.max(0, afterMs - elapsed)));
    if (stopped) break;
    elapsed = Math.max(elapsed, afterMs);
    await terminal.write(`${text}\r\n`);
    printed += 1;
  }
  if (endless && !stopped) await terminal.wait(Number.POSITIVE_INFINITY);
  await terminal.write(
    footer(printed)
      .map((line) => `${line}\r\n`)
      .join(''),
  );
}
