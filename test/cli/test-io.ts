import { PassThrough, Readable } from 'node:stream';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** When every command of a test runs. */
const NOW = Date.UTC(2026, 0, 7, 14, 30);

/** One command line in this process, with streams of its own. */
export async function ftmCheck(
  args: readonly string[],
  options: {
    readonly stdin?: string | Buffer;
    readonly tty?: boolean;
    readonly stderrIsTty?: boolean;
    readonly env?: Record<string, string>;
    /** Milliseconds since the Unix epoch. */
    readonly now?: number;
  } = {},
): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: options.stderrIsTty ?? false });
  const out = collect(stdout);
  const err = collect(stderr);
  const status = await run(args, {
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [options.stdin]), {
      isTTY: options.tty ?? false,
    }),
    stdout,
    stderr,
    env: options.env ?? {},
    now: () => options.now ?? NOW,
    signal: new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { status, stdout: await out, stderr: await err };
}

async function collect(stream: PassThrough): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
