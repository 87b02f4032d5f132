const CHECK_INTERVAL_MS = 500;

/**
 * Sends this process SIGTERM once its parent is gone, if npm started it: npm passes a SIGTERM (`npx ftm-check serve`) only
 * to the shell in between, which ends without passing it on. Without npm, a process outlives its shell (`nohup`, `setsid`).
 */
export function endWithParent(
  source: Pick<NodeJS.Process, 'env' | 'pid' | 'kill'> & { readonly ppid: number },
): void {
  if (source.env.npm_command === undefined) return;
  const parent = source.ppid;
  const timer = setInterval(() => {
    if (source.ppid === parent) return;
    clearInterval(timer);
    source.kill(source.pid, 'SIGTERM');
  }, CHECK_INTERVAL_MS);
  timer.unref();
}
