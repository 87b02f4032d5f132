import type { DeviceDebug } from './device-debug.ts';
import { type CliReply, failureReply, incomplete, NOTHING, parseErrorBefore } from './reply.ts';

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
 * Debug of one session: whether it prints what is enabled on the device. `disable` only stops the printing: the daemons
 * continue, their lines are lost, and a later `enable` prints new lines. `reset` stops them. After `duration` minutes
 * both happen automatically.
 */
export class SessionDebug {
  readonly device: DeviceDebug;
  readonly #options: SessionDebugOptions;
  readonly #started = new Set<string>();
  readonly #show = { enabled: false, timestamps: false, minutes: DEFAULT_MINUTES };
  readonly #silence: () => void;
  #end: NodeJS.Timeout | undefined;

  constructor(options: SessionDebugOptions) {
    const { device, print, now } = options;
    this.device = device;
    this.#options = options;
    this.#silence = device.listen((text) => {
      if (this.#show.enabled) print(this.#show.timestamps ? `${stamp(now())} ${text}` : text);
    });
  }

  close(): void {
    this.#show.enabled = false;
    this.#silence();
    if (this.#options.outlivesSession) return;
    clearTimeout(this.#end);
    for (const daemon of this.#started) this.device.stop(daemon);
  }

  printing(): boolean {
    return this.#show.enabled;
  }

  /** `words` after `diagnose debug`; `undefined` for an unknown debug command. */
  run(words: readonly string[]): CliReply | undefined {
    const [what, argument, level] = words;
    switch (what) {
      case undefined:
        return incomplete();
      case 'enable':
        this.#enable();
        return NOTHING;
      case 'disable':
        this.#show.enabled = false;
        return NOTHING;
      case 'reset':
        this.#reset();
        return NOTHING;
      case 'info':
        return this.#info();
      case 'duration':
        return this.#duration(argument);
      case 'console':
        if (argument !== 'timestamp' || level === undefined)
          return failureReply(-160, 'incomplete command in the end');
        this.#show.timestamps = level === 'enable';
        return NOTHING;
      case 'application':
        return argument === undefined ? incomplete() : this.#start(argument, level ?? '-1');
      case 'flow':
        return this.#flow(words.slice(1));
      default:
        return SILENT.has(what) ? NOTHING : undefined;
    }
  }

  #start(daemon: string, level: string): CliReply {
    this.device.stop(daemon);
    if (OFF_LEVELS.has(level)) return NOTHING;
    this.device.start(daemon, level);
    this.#started.add(daemon);
    return NOTHING;
  }

  #reset(): void {
    this.device.reset();
    this.#started.clear();
    this.#show.enabled = false;
    this.#show.timestamps = false;
    this.#show.minutes = DEFAULT_MINUTES;
    clearTimeout(this.#end);
  }

  #enable(): void {
    this.#show.enabled = true;
    clearTimeout(this.#end);
    // Continues without the session, because the device counts. 0 is without end.
    if (this.#show.minutes > 0)
      this.#end = setTimeout(() => this.#reset(), this.#show.minutes * this.#options.minuteMs).unref();
  }

  #info(): CliReply {
    const daemons = this.device.levels().map(({ daemon, level }) => `${daemon} debug level:\t${level}`);
    return {
      lines: [
        `debug output:\t\t${this.#show.enabled ? 'enable' : 'disable'}`,
        `console timestamp:\t${this.#show.timestamps ? 'enable' : 'disable'}`,
        'console no user log message:\tdisable',
        ...daemons,
        'CLI debug level:\t3',
      ],
    };
  }

  #duration(minutes: string | undefined): CliReply {
    if (minutes === undefined) return incomplete();
    if (!/^\d{1,5}$/.test(minutes)) return parseErrorBefore(minutes);
    this.#show.minutes = Number(minutes);
    return NOTHING;
  }

  #flow(words: readonly string[]): CliReply {
    const [what, how] = words;
    if (what === 'trace' && how === 'start') return this.#start('flow', words[2] ?? '1');
    if (what === 'trace' && how === 'stop') {
      this.device.stop('flow');
      return NOTHING;
    }
    // Removed in 5.6, and still in many recipes.
    if (what === 'show' && how === 'console') return parseErrorBefore('console');
    return what === undefined ? incomplete() : NOTHING;
  }
}

/** `2026-01-07 14:30:09`, as after `diagnose debug console timestamp enable`. */
function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}
