import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface LogLine {
  readonly msg: string;
  readonly port?: number;
  readonly internalPort?: number;
  readonly anchor?: string;
}

export interface Served extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly log: readonly string[];
  /** The first line with this message; fails when the process ends before. */
  line(message: string): Promise<LogLine>;
  /** Sends SIGTERM and waits for the exit status. */
  end(): Promise<number | null>;
}

export interface ServeOptions {
  /** Program and arguments before `serve`. */
  readonly entry: readonly string[];
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** `ftm-check serve` as a process of its own. */
export function startServing({ entry, args = [], cwd, env, uid }: ServeOptions): Served {
  const [program = process.execPath, ...before] = entry;
  const child = spawn(program, [...before, 'serve', ...args], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    uid,
    gid: uid,
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const log: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const each of waiting) each();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.push(line);
      wake();
    });
  }
  child.once('exit', wake);

  return {
    child,
    log,
    async line(message) {
      for (;;) {
        const found = log.find((line) => line.includes(`"msg":"${message}"`));
        if (found !== undefined) return JSON.parse(found) as LogLine;
        if (child.exitCode !== null) throw new Error(`it ended before "${message}":\n${log.join('\n')}`);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
    async end() {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
