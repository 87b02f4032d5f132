import type { TimedLine } from './behaviour.ts';
import { type CliReply, failed, incomplete, NOTHING, parseErrorBefore } from './reply.ts';

/** The debug of one session: what runs in the background, and whether it is printed. */
export interface DebugSession {
  /** `words` after `diagnose debug`; `undefined` where it is no debug command that is known here. */
  readonly run: (words: readonly string[]) => CliReply | undefined;
  readonly close: () => void;
}

export interface DebugOptions {
  /** Lines by daemon; their times count from the moment the daemon's debug was set. */
  readonly streams: Readonly<Record<string, readonly TimedLine[]>>;
  readonly print: (line: string) => void;
  readonly now: () => Date;
}

const OFF_LEVELS = new Set(['0']);
/** Settings of the session that print nothing and start nothing. */
const SILENT = new Set(['duration', 'cli', 'authd']);

/**
 * `disable` only stops the printing: the daemons go on, their lines are lost, and a later `enable` prints what comes
 * then. `reset` stops them (the field notes on the CLI, section 11).
 */
export function createDebugSession({ streams, print, now }: DebugOptions): DebugSession {
  const running = new Map<string, { readonly level: string; readonly timers: readonly NodeJS.Timeout[] }>();
  const show = { enabled: false, timestamps: false };

  function start(daemon: string, level: string): CliReply {
    stop(daemon);
    if (OFF_LEVELS.has(level)) return NOTHING;
    const timers = (streams[daemon] ?? []).map(({ afterMs = 0, text }) =>
      setTimeout(() => say(text), afterMs),
    );
    running.set(daemon, { level, timers });
    return NOTHING;
  }

  function say(text: string): void {
    if (show.enabled) print(show.timestamps ? `${stamp(now())} ${text}` : text);
  }

  function stop(daemon: string): void {
    for (const timer of running.get(daemon)?.timers ?? []) clearTimeout(timer);
    running.delete(daemon);
  }

  function close(): void {
    for (const daemon of running.keys()) stop(daemon);
    show.enabled = false;
    show.timestamps = false;
  }

  function info(): CliReply {
    const daemons = [...running].map(([daemon, { level }]) => `${daemon} debug level:\t${level}`);
    return {
      lines: [
        `debug output:\t\t${show.enabled ? 'enable' : 'disable'}`,
        `console timestamp:\t${show.timestamps ? 'enable' : 'disable'}`,
        'console no user log message:\tdisable',
        ...daemons,
        'CLI debug level:\t3',
      ],
    };
  }

  function flow(words: readonly string[]): CliReply {
    const [what, how] = words;
    if (what === 'trace' && how === 'start') return start('flow', words[2] ?? '1');
    if (what === 'trace' && how === 'stop') {
      stop('flow');
      return NOTHING;
    }
    // Gone since 5.6, and still in many recipes.
    if (what === 'show' && how === 'console') return parseErrorBefore('console');
    return what === undefined ? incomplete() : NOTHING;
  }

  return {
    close,
    run(words) {
      const [what, argument, level] = words;
      switch (what) {
        case undefined:
          return incomplete();
        case 'enable':
        case 'disable':
          show.enabled = what === 'enable';
          return NOTHING;
        case 'reset':
          close();
          return NOTHING;
        case 'info':
          return info();
        case 'console':
          if (argument !== 'timestamp' || level === undefined)
            return failed(-160, 'incomplete command in the end');
          show.timestamps = level === 'enable';
          return NOTHING;
        case 'application':
          return argument === undefined ? incomplete() : start(argument, level ?? '-1');
        case 'flow':
          return flow(words.slice(1));
        default:
          return SILENT.has(what) ? NOTHING : undefined;
      }
    },
  };
}

/** `2026-01-07 14:30:09`, as after `diagnose debug console timestamp enable`. */
function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}
