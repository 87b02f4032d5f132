import { readFileSync } from 'node:fs';
import { Client } from 'ssh2';

/**
 * Sessions that only send lines and wait for the prompt, in a process of its own: what a check cannot do without.
 * Arguments: port, user, password, file with the lines as JSON, sessions, sessions at the same time. Prints milliseconds
 * of processor time for each session.
 */
const [port = '', username = '', password = '', file = '', count = '', width = ''] = process.argv.slice(2);
const lines = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];

const WARM_UP = 30;

/** FortiOS ends its prompt so; the answer to a command is over when one stands there. */
const PROMPT = /[#$] $/;

async function session(): Promise<void> {
  const client = new Client();
  const ended = Promise.withResolvers<void>();
  client.on('error', (error) => ended.reject(error));
  client.on('ready', () => {
    client.shell({ rows: 10_000, cols: 511 }, (error, channel) => {
      if (error) return ended.reject(error);
      let tail = '';
      let next = 0;
      channel.on('close', () => client.end());
      channel.on('data', (data: Buffer) => {
        tail = (tail + data.toString('latin1')).slice(-80);
        if (!PROMPT.test(tail)) return;
        tail = '';
        const line = lines[next];
        next += 1;
        if (line === undefined) client.end();
        else channel.write(`${line}\n`);
      });
      return undefined;
    });
  });
  client.on('close', () => ended.resolve());
  client.connect({ host: '127.0.0.1', port: Number(port), username, password });
  await ended.promise;
}

async function worker(numbers: Iterator<number>): Promise<void> {
  while (numbers.next().done !== true) await session();
}

async function run(sessions: number): Promise<void> {
  const numbers = Array.from({ length: sessions }, (_, number) => number).values();
  await Promise.all(Array.from({ length: Number(width) }, () => worker(numbers)));
}

// The workers are warm, too.
await run(WARM_UP);
const before = process.cpuUsage();
await run(Number(count));
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${(user + system) / 1000 / Number(count)}\n`);
