import type { Writable } from 'node:stream';
import { cutMessages } from '../../engine/fortios/async-messages.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { outputShape } from '../../engine/fortios/output-shape.ts';
import { createPromptMatcher } from '../../engine/fortios/prompt.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import { openBudget, openIdleBudget } from '../budget.ts';
import type { ByteBudget } from '../byte-budget.ts';
import { sessionLost, timedOut } from '../device-errors.ts';
import type { Connection } from '../transport/connect.ts';
import { awaitFirstPrompt } from './first-prompt.ts';
import { withoutBlankEnds } from './read-output.ts';
import { CommandChannel, type Exchange, type SendAllowance } from './send-command.ts';
import { createShell } from './shell.ts';
import { type CheckedVdom, type CommandForm, type WireLine, wireId, wireText } from './write-command.ts';

/** A command's output without the messages of daemons. */
export interface CommandOutput extends Exchange {
  /** Lines that the command does not print: text of other sources, or output split by it. */
  readonly irregular: readonly string[];
}

export interface SessionOptions {
  readonly connection: Connection;
  readonly device: Device;
  readonly logger: Pick<Logger, 'debug'>;
  /** Opening the shell and logging in. */
  readonly connectSignal: AbortSignal;
  /** The whole job. */
  readonly signal: AbortSignal;
  /** Called with everything that is written into the shell, before it is. */
  readonly onSent?: ((text: string) => void) | undefined;
  readonly byteBudget: ByteBudget;
}

/**
 * A slow device may print for minutes (`show full-configuration` on an FG-40C: seven): the command budget limits its
 * silences, and this multiple of it a whole command.
 */
const COMMAND_BUDGETS = 4;
/** Devices close the session on `exit`; if not, the client closes it after this time. */
const EXIT_GRACE_MS = 1_000;

export async function openSession(options: SessionOptions) {
  const { device, logger, signal } = options;
  const channel = await options.connection.openShell(options.connectSignal);
  if (options.onSent) reportWrites(channel, options.onSent);
  const shell = createShell(channel, { alias: device.alias, byteBudget: options.byteBudget });
  const prompt = await awaitFirstPrompt(shell, device, options.connectSignal);
  const { context, privilege } = prompt;
  // Without the device's name, which is the serial number by default.
  logger.debug(
    { device: device.alias, context, privilege, nameLength: prompt.host.length },
    'prompt learned',
  );
  const matcher = createPromptMatcher(prompt.host);
  const commands = new CommandChannel(shell, matcher);

  /** The span has the id of the command, its duration and outcome, never its output. */
  function send(line: WireLine, allowance?: SendAllowance): Promise<Exchange | 'timeout'> {
    const attributes = { 'ftm.command': wireId(line) };
    return inSpan('device command', { kind: 'client', attributes }, async (span) => {
      const result = await sendLine(line, allowance);
      const outcome = result === 'timeout' ? result : (classifyOutput(result.lines)?.kind ?? 'answered');
      span.set({ 'ftm.outcome': outcome });
      return result;
    });
  }

  async function sendLine(line: WireLine, allowance?: SendAllowance): Promise<Exchange | 'timeout'> {
    const idleMs = device.timeouts.command;
    const [began, receivedBefore] = [performance.now(), shell.screen.received()];
    const tooSlow = () => timedOut(device, 'command');
    using budget = openIdleBudget(idleMs, idleMs * COMMAND_BUDGETS, tooSlow, signal);
    shell.channel.on('data', budget.touch);
    try {
      const result = await commands.exchange(line, budget.signal, idleMs, allowance);
      if (result === 'closed') throw sessionLost(device);
      logger.debug(
        {
          device: device.alias,
          sent: wireText(line),
          lines: result.lines.length,
          characters: shell.screen.received() - receivedBefore,
          ms: Math.round(performance.now() - began),
        },
        'device answered',
      );
      return result;
    } catch (error) {
      if (!budget.signal.aborted || signal.aborted) throw error;
      shell.channel.close();
      return 'timeout';
    } finally {
      shell.channel.off('data', budget.touch);
    }
  }

  /** Rejects with `ftm_device_timeout` after the command budget. */
  async function move(line: WireLine): Promise<Exchange> {
    const result = await send(line);
    if (result === 'timeout') throw timedOut(device, 'command');
    return { ...result, lines: cutMessages(result.lines) };
  }

  /**
   * `timeout` after the command budget: the session is out of step then and must not be used again. `inVdom`: by `sudo`.
   */
  async function ask(
    id: CommandId,
    inVdom: CheckedVdom | undefined,
    allowance: SendAllowance,
    form: CommandForm,
  ): Promise<CommandOutput | 'timeout'> {
    const line: WireLine = inVdom ? { kind: 'sudo', vdom: inVdom, id } : { kind: 'command', id, form };
    const exchange = await send(line, allowance);
    return exchange === 'timeout' ? exchange : withoutForeignText(exchange, commandSpec(id).text, form);
  }

  return {
    device,
    prompt,
    /** For output that is not read line by line: that of a debug session. */
    wire: { shell, matcher },
    move,
    ask,
    /** Sends `exit` at the root of the CLI; never throws. */
    leave: () => exitQuietly(commands, device, signal),
  };
}

export type Session = Awaited<ReturnType<typeof openSession>>;

/** `    set groups "vpn-users" <---`: `grep -f` marks the lines that match. */
const GREP_MARK = / <---$/;

function withoutForeignText(exchange: Exchange, command: string, form: CommandForm): CommandOutput {
  const shape = outputShape(command);
  const printed =
    form === 'short' ? exchange.lines.map((line) => line.replace(GREP_MARK, '')) : exchange.lines;
  const lines = withoutBlankEnds(cutMessages(printed, shape?.fits));
  return { ...exchange, lines, irregular: shape?.irregular(lines) ?? [] };
}

/** A reset instead of a clean close is common here, and all answers were received. */
async function exitQuietly(commands: CommandChannel, device: Device, signal: AbortSignal): Promise<void> {
  using budget = openBudget(EXIT_GRACE_MS, () => timedOut(device, 'command'), signal);
  await commands.exchange({ kind: 'move', to: 'exit' }, budget.signal, EXIT_GRACE_MS).catch(() => undefined);
}

/** On the channel itself and not in the functions that write, so that nothing can be sent without an audit record. */
function reportWrites(channel: Pick<Writable, 'write'>, onSent: (text: string) => void): void {
  const write = channel.write.bind(channel);
  channel.write = ((...args: Parameters<Writable['write']>) => {
    onSent(String(args[0]));
    return write(...args);
  }) as Writable['write'];
}
