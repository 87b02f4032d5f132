/**
 * Aborted by the first SIGINT, SIGTERM or SIGHUP, so that work can end in order. A second SIGINT means "now", and ends
 * the process as if nobody listened.
 */
export function endSignal(source: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted && signal === 'SIGINT') source.exit(130);
    controller.abort(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, stop);
  return controller.signal;
}
