import type { ServerChannel } from 'ssh2';
import type { Cli } from './cli.ts';
import type { CliReply } from './reply.ts';

export interface ExecOptions {
  readonly channel: ServerChannel;
  readonly cli: Cli;
  /** Several lines are typed one after another. */
  readonly command: string;
  readonly hasPty: boolean;
  /** Cannot be accepted here: the message is printed, and the session ends. */
  readonly postLoginBanner?: string;
  readonly logLine: (line: string) => void;
}

/** Rows of a page without a requested terminal. */
const PAGE = 22;
const MARKER = `--More-- \r${' '.repeat(9)}\r`;
const PROCESS = 6694;

/**
 * One exec request: prompt, output, prompt, without echo. Without a PTY lines
 * end with LF, errors go to standard error with the process number before them, and the pager prints its marker
 * without waiting. The exit status is always 0.
 */
export function runExec({ channel, cli, command, hasPty, postLoginBanner, logLine }: ExecOptions): void {
  const end = hasPty ? '\r\n' : '\n';
  if (postLoginBanner !== undefined) {
    channel.write(`${postLoginBanner}${end}(Press 'a' to accept):`);
  } else if (command.startsWith('scp ')) {
    // Without `admin-scp enable` SCP is refused; with it the simulator does not serve SCP either.
    channel.write('\x01501-Permission Denied\n');
  } else {
    channel.write(cli.prompt());
    for (const line of command.split('\n')) {
      if (line.trim() === '') continue;
      logLine(line);
      const reply = cli.execute(line);
      if (reply.hangUp) break;
      printReply(reply);
      channel.write(`${end}${cli.prompt()}`);
    }
  }
  channel.exit(0);
  channel.end();

  function printReply(reply: CliReply): void {
    const lines = [...reply.lines, ...readStream(reply)];
    if (!reply.error || hasPty) {
      channel.write(
        addPageMarks(lines, reply.paged === true && !hasPty)
          .map((line) => line + end)
          .join(''),
      );
      return;
    }
    const [first = '', ...rest] = lines.filter((line) => line !== '');
    channel.stderr.write([`${PROCESS}: ${first}`, ...rest].map((line) => `${line}\n`).join(''));
  }
}

function addPageMarks(lines: readonly string[], marks: boolean): readonly string[] {
  return marks ? lines.map((line, at) => (at > 0 && at % PAGE === 0 ? `${MARKER}${line}` : line)) : lines;
}

function readStream({ stream }: CliReply): readonly string[] {
  if (!stream) return [];
  return [...stream.lines.map((line) => line.text), ...stream.footer(stream.lines.length)];
}
