import type { SimulatorBehaviour } from './behaviour.ts';

/** Debug state shared by all sessions of the device: which daemons have debug enabled. */
export interface DeviceDebug {
  readonly start: (daemon: string, level: string) => void;
  readonly stop: (daemon: string) => void;
  readonly reset: () => void;
  readonly levels: () => readonly { readonly daemon: string; readonly level: string }[];
  /** Criteria of the IKE debug: `dst-addr4` to `203.0.113.7`. */
  readonly ikeFilter: Map<string, string>;
  /** Prints a line if the debug of its daemon is enabled; of IKE only what its filter lets pass. */
  readonly emit: (daemon: string, line: string, client?: string) => void;
  /** Called with every line until it unsubscribes. */
  readonly listen: (listener: (line: string) => void) => () => void;
}

interface Running {
  readonly level: string;
  readonly timers: readonly NodeJS.Timeout[];
}

const FLOOD_TICK_MS = 20;

export function createDeviceDebug({
  debug: streams = {},
  debugFlood,
  ikeFilter: presetFilter = {},
}: Pick<SimulatorBehaviour, 'debug' | 'debugFlood' | 'ikeFilter'>): DeviceDebug {
  const running = new Map<string, Running>();
  const listeners = new Set<(line: string) => void>();
  const ikeFilter = new Map<string, string>(Object.entries(presetFilter));

  function print(text: string): void {
    for (const listener of listeners) listener(text);
  }

  function stop(daemon: string): void {
    for (const timer of running.get(daemon)?.timers ?? []) clearTimeout(timer);
    running.delete(daemon);
  }

  function flood({ line, perSecond }: NonNullable<typeof debugFlood>): NodeJS.Timeout {
    const each = Math.max(1, Math.round((perSecond * FLOOD_TICK_MS) / 1000));
    return setInterval(() => {
      for (let nth = 0; nth < each; nth += 1) print(line);
    }, FLOOD_TICK_MS);
  }

  return {
    stop,
    ikeFilter,
    emit(daemon, line, client) {
      const isFiltered =
        daemon === 'ike' && ikeFilter.size > 0 && ![...ikeFilter.values()].includes(client ?? '');
      if (running.has(daemon) && !isFiltered) print(line);
    },
    start(daemon, level) {
      stop(daemon);
      const timers = (streams[daemon] ?? []).map(({ afterMs = 0, text }) =>
        setTimeout(() => print(text), afterMs),
      );
      if (debugFlood?.daemon === daemon) timers.push(flood(debugFlood));
      running.set(daemon, { level, timers });
    },
    reset() {
      for (const daemon of running.keys()) stop(daemon);
    },
    levels: () => [...running].map(([daemon, { level }]) => ({ daemon, level })),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
