import type { DeviceDebug } from './device-debug.ts';
import { type CliReply, failed, incomplete, NOTHING, parseErrorBefore } from './reply.ts';

/** Debug of one session: whether it prints what is enabled on the device. */
export interface SessionDebug {
  /** `words` after `diagnose debug`; `undefined` for an unknown debug command. */
  readonly run: (words: readonly string[]) => CliReply | undefined;
  readonly printing: () => boolean;
  readonly device: DeviceDebug;
  readonly close: () => void;
}

export interface SessionDebugOptions {
  readonly device: DeviceDebug;
  readonly print: (line: string) => void;
  readonly now: () => Date;
  /** Whether debug that this session enabled continues without it. */
  readonly outlivesSession: boolean;
  /** Length of a minute of `diagnose debug duration`. */
  readonly minuteMs: number;
}

const OFF_LEVELS = new Set(['0']);
/** Settings of the session that print nothing and start nothing. */
const SILENT = new Set(['cli', 'authd']);
const DEFAULT_MINUTES = 30;

/**
 * `disable` only stops the printing: the daemons continue, their lines are lost, and a later `enable` prints new
 * lines. `reset` stops them. After `duration` minutes both happen
 * automatically.
 */
export function createSessionDebug({
  device,
  print,
  now,
  outlivesSession,
  minuteMs,
}: SessionDebugOptions): SessionDebug {
  const started = new Set<string>();
  const show = { enabled: false, timestamps: false, minutes: DEFAULT_MINUTES };
  const silence = device.listen((text) => {
    if (show.enabled) print(show.timestamps ? `${stamp(now())} ${text}` : text);
  });
  let end: NodeJS.Timeout | undefined;

  function start(daemon: string, level: string): CliReply {
    device.stop(daemon);
    if (OFF_LEVELS.has(level)) return NOTHING;
    device.start(daemon, level);
    started.add(daemon);
    return NOTHING;
  }

  function reset(): void {
    device.reset();
    started.clear();
    show.enabled = false;
    show.timestamps = false;
    show.minutes = DEFAULT_MINUTES;
    clearTimeout(end);
  }

  function enable(): void {
    show.enabled = true;
    clearTimeout(end);
    // Continues without the session, because the device counts. 0 is without end.
    if (show.minutes > 0) end = setTimeout(reset, show.minutes * minuteMs).unref();
  }

  function close(): void {
    show.enabled = false;
    silence();
    if (outlivesSession) return;
    clearTimeout(end);
    for (const daemon of started) device.stop(daemon);
  }

  function info(): CliReply {
    const daemons = device.levels().map(({ daemon, level }) => `${daemon} debug level:\t${level}`);
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

  function duration(minutes: string | undefined): CliReply {
    if (minutes === undefined) return incomplete();
    if (!/^\d{1,5}$/.test(minutes)) return parseErrorBefore(minutes);
    show.minutes = Number(minutes);
    return NOTHING;
  }

  function flow(words: readonly string[]): CliReply {
    const [what, how] = words;
    if (what === 'trace' && how === 'start') return start('flow', words[2] ?? '1');
    if (what === 'trace' && how === 'stop') {
      device.stop('flow');
      return NOTHING;
    }
    // Removed in 5.6, and still in many recipes.
    if (what === 'show' && how === 'console') return parseErrorBefore('console');
    return what === undefined ? incomplete() : NOTHING;
  }

  return {
    close,
    device,
    printing: () => show.enabled,
    run(words) {
      const [what, argument, level] = words;
      switch (what) {
        case undefined:
          return incomplete();
        case 'enable':
          enable();
          return NOTHING;
        case 'disable':
          show.enabled = false;
          return NOTHING;
        case 'reset':
          reset();
          return NOTHING;
        case 'info':
          return info();
        case 'duration':
          return duration(argument);
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
