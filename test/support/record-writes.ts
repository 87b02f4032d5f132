import { Redis } from 'ioredis';

/** What was sent to a server so far. */
export interface RecordedWrites extends Disposable {
  soFar(): string;
}

/** Every command that any client sends to the server: also what was deleted again before somebody could look. */
export async function recordWrites(url: string): Promise<RecordedWrites> {
  const redis = new Redis(url);
  const monitor = await redis.monitor();
  const commands: string[] = [];
  // The server may be stopped first.
  for (const each of [redis, monitor]) each.on('error', () => undefined);
  monitor.on('monitor', (_time: string, args: readonly string[]) => commands.push(args.join(' ')));
  return {
    soFar: () => commands.join('\n'),
    [Symbol.dispose]() {
      monitor.disconnect();
      redis.disconnect();
    },
  };
}
