import ssh2, { type ClientChannel } from 'ssh2';
import { SIMULATED_USER, type Simulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import type { Type } from './console.ts';

/** Everything at once, as a clipboard gives it; what the device printed meanwhile. */
export type Paste = (lines: readonly string[]) => Promise<string>;

/** A line of its own behind what is pasted, whose answer tells that all of it was read. */
const LAST = 'get system status | grep Hostname';
const SAID_LAST = /\nHostname: \S+/;
const PROMPT = /(?:^|\n)FGT-EDGE(?: \([^()\n]+\))? # $/;

/** A shell over SSH, as a person has it who pastes a fix. */
export async function withSshConsole<T>(
  simulator: Simulator,
  work: (type: Type, paste: Paste) => Promise<T>,
  rows = 10_000,
): Promise<T> {
  const client = new ssh2.Client();
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject);
      client.connect({
        host: '127.0.0.1',
        port: simulator.port,
        username: SIMULATED_USER.name,
        password: SIMULATED_USER.password,
        hostVerifier: () => true,
      });
    });
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      client.shell({ rows, cols: 511 }, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    const untilPrompt = promptReader(channel);
    await untilPrompt();
    const type: Type = async (line) => {
      channel.write(`${line}\n`);
      const lines = (await untilPrompt()).split('\n');
      return lines.slice(1, -1);
    };
    return await work(type, async (lines) => {
      channel.write(`${[...lines, LAST].join('\n')}\n`);
      return untilPrompt(SAID_LAST);
    });
  } finally {
    client.destroy();
  }
}

function promptReader(channel: ClientChannel): (first?: RegExp) => Promise<string> {
  let text = '';
  let look = () => {};
  channel.setEncoding('utf8');
  channel.on('data', (piece: string) => {
    text += piece.replaceAll('\r', '');
    look();
  });
  return (first) =>
    new Promise((resolve) => {
      look = () => {
        if (!PROMPT.test(text) || (first && !first.test(text))) return;
        const all = text;
        text = '';
        look = () => {};
        resolve(all);
      };
      look();
    });
}
