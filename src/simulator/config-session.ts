import type { ConfigScope } from '../fortios/config/types.ts';
import { atLeast } from '../fortios/version.ts';
import type { ConfigWrite, DeviceState } from './device-state.ts';
import { type CliReply, failed, incomplete, NOTHING, unknownAction } from './reply.ts';

/** One `config <path>` from its opening to the `end` or `abort` that leaves it. */
export interface ConfigSession {
  /** Innermost name, for the prompt. */
  readonly context: () => string;
  /** `undefined` while it goes on. */
  readonly type: (verb: string, words: readonly string[], line: string) => CliReply;
  readonly finished: () => boolean;
}

interface Frame {
  readonly kind: 'block' | 'entry';
  readonly name: string;
}

/**
 * Keeps what is typed and merges it at the outermost `end`, as FortiOS commits. Every line that would change
 * something is recorded when it is typed: a client that only reads types none.
 */
export function openConfig(
  state: DeviceState,
  scope: ConfigScope,
  path: string,
  record: (write: ConfigWrite) => void,
): ConfigSession {
  const frames: Frame[] = [{ kind: 'block', name: path.split(' ').at(-1) ?? path }];
  const script = [`config ${path}`];
  const removed: string[] = [];

  function write(line: string): CliReply {
    record({ scope, path, line });
    script.push(line);
    return NOTHING;
  }

  function edit(key: string | undefined, line: string): CliReply {
    if (key === undefined) return incomplete();
    const isNew = frames.length === 1 && !state.block(scope, path)?.entries.some((each) => each.key === key);
    frames.push({ kind: 'entry', name: key });
    if (!isNew) {
      script.push(line);
      return NOTHING;
    }
    write(line);
    return { lines: [`new entry '${key}' added`] };
  }

  function end(line: string): CliReply {
    if (frames.at(-1)?.kind === 'entry') {
      frames.pop();
      script.push('next');
    }
    frames.pop();
    script.push(line);
    if (frames.length > 0) return NOTHING;
    const refused = refusePush(state, scope, path, script);
    if (refused) return refused;
    state.apply(scope, script);
    for (const key of removed) state.remove(scope, path, key);
    return NOTHING;
  }

  return {
    context: () => frames.at(-1)?.name ?? '',
    finished: () => frames.length === 0,
    type(verb, words, line) {
      const inEntry = frames.at(-1)?.kind === 'entry';
      switch (verb) {
        case 'set':
        case 'append':
        case 'select':
        case 'unselect':
          return words.length < 2 ? incomplete() : write(line);
        case 'unset':
          return words.length < 1 ? incomplete() : write(line);
        case 'edit':
          return inEntry ? unknownAction() : edit(words[0], line);
        case 'delete':
          if (words[0] === undefined) return incomplete();
          record({ scope, path, line });
          if (frames.length === 1) removed.push(words[0]);
          return NOTHING;
        case 'config':
          frames.push({ kind: 'block', name: words.at(-1) ?? '' });
          script.push(line);
          return NOTHING;
        case 'next':
          if (!inEntry) return unknownAction();
          frames.pop();
          script.push(line);
          return NOTHING;
        case 'end':
          return end(line);
        case 'abort':
          frames.length = 0;
          return NOTHING;
        default:
          return unknownAction();
      }
    },
  };
}

/** FortiOS refuses to switch push on without an address the phone could answer to (KB 195578). */
function refusePush(
  state: DeviceState,
  scope: ConfigScope,
  path: string,
  script: readonly string[],
): CliReply | undefined {
  if (path !== 'system ftm-push') return undefined;
  const typed = (name: string) =>
    script.findLast((line) => line.startsWith(`set ${name} `) || line === `unset ${name}`);
  const value = (name: string) => {
    const line = typed(name);
    if (line === undefined) return state.value(scope, path, name) ?? '';
    return line.startsWith('set ') ? line.slice(`set ${name} `.length).replaceAll('"', '').trim() : '';
  };
  if (value('status') !== 'enable') return undefined;
  const byName = atLeast(state.version, '6.4.10');
  const address = byName
    ? value('server') || value('interface')
    : value('server-ip').replace(/^0\.0\.0\.0$/, '');
  if (address) return undefined;
  return failed(-56, 'Missing server address.', 'object check operator error, -56, discard the setting');
}
