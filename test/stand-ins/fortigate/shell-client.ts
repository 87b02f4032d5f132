import type { ClientChannel, ConnectConfig, PseudoTtyOptions } from 'ssh2';
import ssh2 from 'ssh2';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../../src/stand-ins/fortigate/start-simulator.ts';

export interface ShellOptions {
  readonly pty?: PseudoTtyOptions;
  readonly behaviour?: SimulatorBehaviour;
  readonly configText?: string;
  readonly login?: Partial<ConnectConfig>;
}

/** A client of no product in particular, signed in. */
export async function withClient(
  { behaviour, configText, login }: ShellOptions,
  work: (client: ssh2.Client, simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({
    configText: configText ?? sampleConfig('branch-07'),
    behaviour,
  });
  const client = new ssh2.Client();
  client.on('error', () => {});
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject);
      client.connect({
        host: '127.0.0.1',
        port: simulator.port,
        username: SIMULATED_USER.name,
        password: SIMULATED_USER.password,
        hostVerifier: () => true,
        ...login,
      });
    });
    await work(client, simulator);
  } finally {
    client.destroy();
    await simulator.close();
  }
}

const PROMPT_END = ' # ';

export interface Shell {
  readonly channel: ClientChannel;
  /** Resolves with all that came since the last call, once it ends in `end`. */
  readonly until: (end: string) => Promise<string>;
  /** Types a line and resolves with its echo and answer, up to the next prompt. */
  readonly say: (line: string) => Promise<string>;
  /** All that came since the last `until`, once the channel is closed. */
  readonly closed: Promise<string>;
  readonly simulator: Simulator;
}

/** A bare shell, as another client would have it. */
export async function withShell(options: ShellOptions, work: (shell: Shell) => Promise<void>): Promise<void> {
  await withClient(options, async (client, simulator) => {
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      client.shell(options.pty ?? { rows: 24, cols: 80 }, (error, opened) => {
        if (error) reject(error);
        else resolve(opened);
      });
    });
    let text = '';
    let look = () => {};
    channel.setEncoding('utf8');
    channel.on('data', (piece: string) => {
      text += piece;
      look();
    });
    const closed = new Promise<string>((resolve) => {
      channel.once('close', () => resolve(text));
    });
    const until = (end: string) =>
      new Promise<string>((resolve) => {
        look = () => {
          if (!text.endsWith(end)) return;
          const all = text;
          text = '';
          look = () => {};
          resolve(all);
        };
        look();
      });
    const say = (line: string) => {
      channel.write(`${line}\n`);
      return until(PROMPT_END);
    };
    await work({ channel, until, say, closed, simulator });
  });
}
