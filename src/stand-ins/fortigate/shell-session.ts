import type { SimulatorBehaviour } from './behaviour.ts';
import type { Cli } from './cli.ts';
import { printReply } from './print-reply.ts';
import type { CliReply } from './reply.ts';
import { type Pty, pauseOutput, type Terminal } from './terminal.ts';

export interface ShellSessionOptions {
  readonly terminal: Terminal;
  readonly cli: Cli;
  /** Current size: a client may change it during the session. */
  readonly pty: () => Pty | undefined;
  readonly behaviour: SimulatorBehaviour;
  readonly logLine: (line: string) => void;
  /** A key pressed at a question before the first prompt or at `(y/n)`. */
  readonly logKey: (key: string) => void;
  /** False if the connection is to stay open. */
  readonly cut: () => boolean;
}

const CONTINUATION = '> ';

/** From the opened shell to `exit`. Resolves when the session is over. */
export async function runShell(options: ShellSessionOptions): Promise<void> {
  const { terminal, cli, behaviour, logLine } = options;
  if (behaviour.silentAfter === 'authentication') terminal.fallSilent();
  if (behaviour.firstByteDelayMs !== undefined) await pauseOutput(behaviour.firstByteDelayMs);
  if (!(await passDialogues(options))) return;
  if (behaviour.silentAfter === 'prompt') terminal.fallSilent();

  let deafTimes = behaviour.deafAfterPrompt?.times ?? Number.POSITIVE_INFINITY;
  let last: string | undefined;
  const history: string[] = [];
  for (;;) {
    await printPrompt(options);
    if (last !== undefined && last === behaviour.dropAfterPrompt && (await cutSoon(options))) return;
    const deaf = deafTimes > 0 ? deafMs(behaviour, last) : 0;
    if (deaf > 0) deafTimes -= 1;
    const typed = await terminal.line(cli, { history, swallow: eaten(behaviour, last), deafMs: deaf });
    if (typed === undefined) return;
    if (typed.kind === 'left') continue;
    const line = typed.text;
    last = line;
    logLine(line);
    if (line.trim() !== '') history.push(line);
    if (await endsHere(line, options)) return;
    if (behaviour.commandDelayMs !== undefined) await pauseOutput(behaviour.commandDelayMs);
    const reply = await answerQuestion(cli.execute(line), options);
    if (reply.hangUp) return;
    if (line.trim() !== '') await print(reply, options);
    if (line === behaviour.askAfterCommand) {
      const key = await ask(options, 'Do you want to continue? (y/n)');
      await terminal.write(`${key ?? ''}\r\n\r\n`);
    }
  }
}

function eaten({ eatFirstChar, eatChars }: SimulatorBehaviour, last: string | undefined): number {
  if (last !== 'get system status') return 0;
  return eatChars ?? (eatFirstChar === true ? 1 : 0);
}

function deafMs({ deafAfterPrompt }: SimulatorBehaviour, last: string | undefined): number {
  if (!deafAfterPrompt) return 0;
  const { ms, command } = deafAfterPrompt;
  return command === undefined || command === last ? ms : 0;
}

/** Lets the prompt be sent before the connection goes silent. */
async function cutSoon({ cut }: ShellSessionOptions): Promise<boolean> {
  await pauseOutput(5);
  return cut();
}

async function printPrompt({ terminal, cli, behaviour }: ShellSessionOptions): Promise<void> {
  await terminal.write(cli.prompt());
  const interruption = behaviour.asyncLine;
  if (interruption === undefined || interruption.when === 'in-output') return;
  // `before-echo` is late enough for the client to have seen the prompt, also on a busy machine.
  if (interruption.when === 'before-echo') await pauseOutput(100);
  await terminal.write(`\r\n${interruption.text}\r\n`);
}

async function endsHere(line: string, options: ShellSessionOptions): Promise<boolean> {
  const { terminal, behaviour, cut } = options;
  if (line === behaviour.dropAfterCommand && cut()) return true;
  const silence = behaviour.silentAfter;
  if (typeof silence === 'object' && line === silence.command) terminal.fallSilent();
  return false;
}

async function print(reply: CliReply, { terminal, cli, pty, behaviour }: ShellSessionOptions): Promise<void> {
  // A line that continues in the next one has no answer.
  if (cli.prompt() === CONTINUATION) return;
  const interruption = behaviour.asyncLine?.when === 'in-output' ? behaviour.asyncLine.text : undefined;
  await printReply(reply, terminal, pty(), interruption);
  await terminal.write('\r\n');
}

async function answerQuestion(reply: CliReply, options: ShellSessionOptions): Promise<CliReply> {
  const { question } = reply;
  if (!question) return reply;
  await options.terminal.write(question.text.join('\r\n'));
  const key = await options.terminal.key();
  if (key !== undefined) options.logKey(key);
  await options.terminal.write(`${key ?? ''}\r\n`);
  return question.answer(key ?? 'n');
}

/** Texts and questions of a device before the first prompt. False: the session ends without one. */
async function passDialogues(options: ShellSessionOptions): Promise<boolean> {
  const { behaviour } = options;
  if (behaviour.maxAdmins) {
    await ask(options, 'Reached maximum number of logged in administrators.\r\nLog out a session? (1-3): ');
    return false;
  }
  if (behaviour.tokenPrompt === 'shell') {
    await ask(options, 'Please input your FortiToken code: ');
    return false;
  }
  if (behaviour.postLoginBanner !== undefined) {
    const text = behaviour.postLoginBanner.replace(/\r?\n/g, '\r\n');
    const key = await ask(options, `${text}\r\n\r\n(Press 'a' to accept):`);
    if (key !== 'a') return false;
    await options.terminal.write('\r\n');
  }
  if (behaviour.forcePasswordChange) {
    await ask(
      options,
      `You are forced to change your password. Please input a new password.\r\n${
        behaviour.forcePasswordChange === 'after-upgrade' ? 'Old password:' : 'New Password:'
      }`,
    );
    return false;
  }
  if (behaviour.loginWarning !== undefined) await options.terminal.write(`${behaviour.loginWarning}\r\n\r\n`);
  return true;
}

async function ask({ terminal, logKey }: ShellSessionOptions, text: string): Promise<string | undefined> {
  await terminal.write(text);
  const key = await terminal.key();
  if (key !== undefined) logKey(key);
  return key;
}
