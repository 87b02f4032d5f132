import { type CliError, classifyOutput } from '../fortios/cli-error.ts';
import type { CommandId } from '../fortios/commands.ts';
import { promptStandsFor } from '../fortios/prompt.ts';
import { protocolError } from './device-errors.ts';
import type { Exchange } from './exchange.ts';
import type { Session } from './session.ts';
import type { CheckedVdom } from './write-command.ts';

export type Place =
  | { readonly kind: 'root' }
  | { readonly kind: 'global' }
  | { readonly kind: 'vdom'; readonly vdom: CheckedVdom };

/** Where the session stands in the CLI, and the only way to move it. */
export interface Navigator {
  /** `undefined` once there; otherwise what the device said, and the session stands at its root. */
  readonly go: (place: Place) => Promise<CliError | undefined>;
  /** Runs a command where the session stands; `timeout` leaves a fresh session at the root. */
  readonly run: (id: CommandId) => Promise<Exchange | 'timeout'>;
  /** The one that stands there now. */
  readonly session: () => Session;
  readonly leave: () => Promise<void>;
}

const ROOT: Place = { kind: 'root' };

/** `reopen` gives a new session: one that ran out of time is out of step and is never used again. */
export function createNavigator(first: Session, reopen: () => Promise<Session>): Navigator {
  let session = first;
  let place: Place = ROOT;
  let context = first.prompt.context;

  async function toRoot(): Promise<void> {
    if (place.kind === 'root') return;
    const { prompt } = await session.move({ kind: 'move', to: 'end' });
    place = ROOT;
    context = prompt.context;
    if (context !== session.prompt.context)
      throw protocolError('The device did not leave its configuration mode.');
  }

  async function enterGlobal(): Promise<CliError | undefined> {
    const { prompt, lines } = await session.move({ kind: 'move', to: 'config global' });
    if (prompt.context !== 'global') return refusal(lines);
    place = { kind: 'global' };
    context = prompt.context;
    return undefined;
  }

  async function enterVdom(vdom: CheckedVdom): Promise<CliError | undefined> {
    const list = await session.move({ kind: 'move', to: 'config vdom' });
    if (list.prompt.context !== 'vdom') return refusal(list.lines);
    const { prompt, lines } = await session.move({ kind: 'edit-vdom', vdom });
    if (prompt.context === undefined || !promptStandsFor(prompt.context, vdom.name)) {
      // `abort`, not `end`: whatever happened, nothing of it may be saved.
      await session.move({ kind: 'move', to: 'abort' });
      return refusal(lines);
    }
    place = { kind: 'vdom', vdom };
    context = prompt.context;
    return undefined;
  }

  return {
    async go(target) {
      if (samePlace(place, target)) return undefined;
      await toRoot();
      if (target.kind === 'global') return enterGlobal();
      return target.kind === 'vdom' ? enterVdom(target.vdom) : undefined;
    },
    async run(id) {
      const exchange = await session.ask(id);
      if (exchange === 'timeout') {
        session = await reopen();
        place = ROOT;
        context = session.prompt.context;
      } else if (exchange.prompt.context !== context) {
        throw protocolError('The device moved to another configuration mode by itself.');
      }
      return exchange;
    },
    session: () => session,
    async leave() {
      try {
        await toRoot();
        await session.leave();
      } catch {
        // Every answer is in hand, and nothing was changed that would have to be undone.
      }
    },
  };
}

function refusal(lines: readonly string[]): CliError {
  return classifyOutput(lines) ?? { kind: 'failed', line: lines.at(-1) ?? '' };
}

function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.vdom.name === b.vdom.name);
}
