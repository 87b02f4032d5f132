import { userInfo } from 'node:os';
import { join } from 'node:path';
import { openAuditTarget } from '../../platform/audit/file-sink.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import { type Io, printNow } from '../terminal/io.ts';

export interface TerminalAct {
  readonly verb: 'forget' | 'export' | 'export feedback' | 'replay';
  /** A run's id. A name is given as `name`. */
  readonly about?: string;
  /** Recorded as a hash: what is to be forgotten must not stay on the trail. */
  readonly name?: string;
}

/**
 * Records what a person is about to do with the data of the bot, in a chain of its own where `serve` with the same
 * settings keeps its trail; standard output belongs to the command, so a trail that goes there is written to standard
 * error. Throws if it cannot be recorded: nothing must be done then.
 */
export function recordAct(
  { env, stderr, now }: Pick<Io, 'env' | 'stderr' | 'now'>,
  { verb, about, name }: TerminalAct,
): void {
  const target = env.FTM_CHECK_AUDIT || join(env.FTM_CHECK_DATA || '.ftm-check', 'audit');
  const trail = openAuditTarget(target, now, {
    write(bytes) {
      printNow(stderr, bytes.toString('utf8').trimEnd());
      return bytes.length;
    },
    close() {},
  });
  trail.record({
    event: 'person.acted',
    actor: { user: `terminal:${userInfo().username}` },
    verb,
    way: 'terminal',
    about: about ?? (name === undefined ? undefined : sha256(name.toLowerCase()).slice(0, 16)),
    outcome: 'begun',
  });
  trail.close();
}
