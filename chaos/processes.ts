import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Role } from '../src/platform/config/load-config.ts';
import type { Balancer } from './balancer.ts';

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');

export interface Member {
  readonly role: Exclude<Role, 'all'>;
  readonly name: string;
  /** Resolves when it takes work. */
  readonly ready: Promise<void>;
  isReady(): boolean;
  readonly exited: Promise<void>;
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface ProcessGroup extends AsyncDisposable {
  start(role: Member['role']): Member;
  /** Those that have not been told to end. */
  members(role: Member['role']): readonly Member[];
  readonly logFile: string;
  /** When a request was in the queue, by run; milliseconds since the Unix epoch, by the bot's log. */
  readonly acceptedAt: ReadonlyMap<string, number>;
  /** Ends that were not asked for, with the last output. */
  readonly crashes: readonly string[];
  /** Ends at start because there was no queue. */
  readonly restarts: { readonly count: number };
}

export interface ProcessGroupOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly balancer: Balancer;
}

interface LogLine {
  readonly msg?: string;
  readonly port?: number;
  readonly run?: string;
  readonly state?: string;
  readonly time?: number | string;
}

/** Real `serve` processes, as an orchestrator runs them. */
export function createProcessGroup({ folder, env, balancer }: ProcessGroupOptions): ProcessGroup {
  const logFile = join(folder, 'log.jsonl');
  const living = new Set<Member>();
  const children = new Set<ChildProcess>();
  const acceptedAt = new Map<string, number>();
  const crashes: string[] = [];
  const restarts = { count: 0 };
  let started = 0;
  let isOver = false;
  const killAll = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.on('exit', killAll);

  function start(role: Member['role']): Member {
    started += 1;
    const name = `${role}-${started}`;
    const child = spawn(process.execPath, [MAIN, 'serve', '--role', role], {
      cwd: folder,
      env: { ...env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    const ready = Promise.withResolvers<void>();
    let port = 0;
    let isEnding = false;
    let isReady = false;
    let last = '';
    function read(line: string): void {
      last = line;
      appendFileSync(logFile, `${name} ${line}\n`);
      const entry = parse(line);
      const isNew = entry.msg === 'request accepted' && entry.state !== 'duplicate';
      if (isNew && entry.run !== undefined) {
        acceptedAt.set(entry.run, new Date(entry.time ?? 0).getTime());
      }
      if (entry.msg !== 'ready') return;
      isReady = true;
      port = entry.port ?? 0;
      if (role === 'bot' && !isEnding) balancer.add(port);
      ready.resolve();
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
    const exited = untilExit();
    const member: Member = {
      role,
      name,
      ready: ready.promise,
      isReady: () => isReady,
      exited,
      async stop(signal) {
        isEnding = true;
        living.delete(member);
        // A killed process leaves the balancer when a probe notices; one that is told to stop leaves it at once.
        if (signal === 'SIGTERM') balancer.remove(port);
        child.kill(signal);
        await exited;
      },
    };
    living.add(member);
    return member;

    async function untilExit(): Promise<void> {
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      children.delete(child);
      balancer.remove(port);
      living.delete(member);
      ready.resolve();
      const end = `(${code ?? signal}): ${last.slice(0, 300)}`;
      if (isEnding) {
        // Before it is ready, a process does not handle the signal yet, and ends with 4 where it finds no queue.
        const isYoung = !isReady && (signal === 'SIGTERM' || code === 4);
        if (code !== 0 && signal !== 'SIGKILL' && !isYoung) crashes.push(`${name} did not end well ${end}`);
        return;
      }
      // Without a queue it says so and ends; its supervisor starts it again.
      if (code === 4 && !isReady) restarts.count += 1;
      else crashes.push(`${name} ended by itself ${end}`);
      if (!isOver) start(role);
    }
  }

  return {
    start,
    members: (role) => [...living].filter((member) => member.role === role),
    logFile,
    acceptedAt,
    crashes,
    restarts,
    async [Symbol.asyncDispose]() {
      isOver = true;
      await Promise.all([...living].map((member) => member.stop('SIGTERM')));
      process.off('exit', killAll);
    },
  };
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
