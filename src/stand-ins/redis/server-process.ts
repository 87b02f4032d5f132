import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface ServerSettings {
  readonly binary: string;
  readonly port: number;
  readonly password: string;
  readonly dataFolder: string;
}

export interface ServerProcess {
  /** Resolves with its last output lines when it ended, for any reason. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
const LAST_OUTPUT = 2_000;

/**
 * A shell runs between this process and the server and holds one end of a pipe. If this process ends, even by
 * SIGKILL, the pipe closes and the shell ends the server. The configuration comes through the same pipe, so that the
 * password is in no argument list and in no file.
 */
const LEASH = `
config=''
while IFS= read -r line && [ -n "$line" ]; do config="$config$line
"; done
exec 3<&0
printf '%s' "$config" | "$1" - 3<&- &
server=$!
(while read -r _; do :; done <&3; kill -TERM "$server" 2>/dev/null) >/dev/null 2>&1 &
leash=$!
exec 3<&-
wait "$server"
kill "$leash" 2>/dev/null
`;

/** Starts without waiting; `answersOn` resolves when the server listens. */
export function startServerProcess(settings: ServerSettings): ServerProcess {
  // A separate process group: Ctrl-C in the terminal is for this process, which stops the server when its work is
  // done.
  const shell = spawn('/bin/sh', ['-c', LEASH, 'sh', settings.binary], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: settings.dataFolder,
  });
  const { stdin, stdout, stderr } = shell;
  stdin.on('error', () => {});
  stdin.write(`${serverConfig(settings)}\n\n`);
  let printed = '';
  for (const stream of [stdout, stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed = (printed + text).slice(-LAST_OUTPUT);
    });
  }
  const exited = whenGone(shell).then((why) => {
    stdin.destroy();
    return why ?? printed;
  });
  letUsEnd(shell);

  return {
    exited,
    async stop() {
      stdin.destroy();
      const timer = setTimeout(() => killGroup(shell), STOP_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

export async function answersOn(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.setTimeout(500, () => socket.destroy(new Error('timeout')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function untilAnswersOn(port: number, answers: boolean, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if ((await answersOn(port)) === answers) return true;
    await pause(25);
  }
  return false;
}

function serverConfig(settings: ServerSettings): string {
  return [
    'bind 127.0.0.1',
    `port ${settings.port}`,
    `requirepass ${settings.password}`,
    `dir ${JSON.stringify(settings.dataFolder)}`,
    'appendonly yes',
    // With the default "everysec", a server that is killed while the disk is slow loses up to two seconds of accepted
    // jobs.
    'appendfsync always',
    'maxmemory-policy noeviction',
    'save ""',
    'daemonize no',
    'loglevel warning',
  ].join('\n');
}

async function whenGone(shell: ChildProcess): Promise<string | undefined> {
  try {
    await once(shell, 'exit');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'it did not start';
  }
}

/** None of this keeps the event loop alive: a command without other work ends, and the server with it. */
function letUsEnd(shell: ChildProcess): void {
  shell.unref();
  for (const stream of shell.stdio) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

function killGroup(shell: ChildProcess): void {
  if (shell.pid === undefined) return;
  try {
    process.kill(-shell.pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
