import { type CliError, classifyOutput } from '../fortios/cli-error.ts';
import type { CommandId } from '../fortios/commands.ts';
import { parseVdomList } from '../fortios/output/vdom-list.ts';
import { promptStandsFor } from '../fortios/prompt.ts';
import { protocolError } from './device-errors.ts';
import type { Exchange } from './send-command.ts';
import type { Session } from './session.ts';
import { checkVdom } from './write-command.ts';

export type CliScope =
  | { readonly kind: 'root' }
  | { readonly kind: 'global' }
  | { readonly kind: 'vdom'; readonly name: string };

/** Why the session is not where it was to go. `unlisted`: the device did not list this VDOM just now. */
export type NotThere = CliError | { readonly kind: 'unlisted'; readonly line: string };

/** What the device answered when it was asked for its VDOMs. */
export interface VdomListing {
  /** Empty where the account cannot list them. */
  readonly names: readonly string[];
  readonly id: CommandId;
  readonly lines: readonly string[];
}

/** Where the session stands in the CLI, and the only way to move it. */
export interface Navigator {
  /** `undefined` once there; otherwise what the device said, and the session stands at its root. */
  readonly go: (place: CliScope) => Promise<NotThere | undefined>;
  /** Asks the device, every time; `CliError` where the account cannot enter global scope. */
  readonly listVdoms: () => Promise<VdomListing | CliError>;
  /** Runs a command where the session stands; `timeout` leaves a fresh session at the root. */
  readonly run: (id: CommandId) => Promise<Exchange | 'timeout'>;
  /** The one that stands there now. */
  readonly session: () => Session;
  readonly leave: () => Promise<void>;
}

const ROOT: CliScope = { kind: 'root' };
/** The second is for accounts without `diagnose`. */
const LISTINGS = ['vdom-list', 'vdom-property'] as const satisfies readonly CommandId[];

/** `reopen` gives a new session: one that ran out of time is out of step and is never used again. */
export function createNavigator(first: Session, reopen: () => Promise<Session>): Navigator {
  let session = first;
  let place: CliScope = ROOT;
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

  /**
   * The VDOMs are listed right before: `edit` of one that is gone meanwhile would create it, and a list from before a
   * reconnect says nothing about now.
   */
  async function enterVdom(name: string): Promise<NotThere | undefined> {
    const listing = await listVdoms();
    if ('kind' in listing) return listing;
    const vdom = checkVdom(name, listing.names);
    await toRoot();
    if (!vdom) return { kind: 'unlisted', line: unlisted(name, listing) };
    const list = await session.move({ kind: 'move', to: 'config vdom' });
    if (list.prompt.context !== 'vdom') return refusal(list.lines);
    const { prompt, lines } = await session.move({ kind: 'edit-vdom', vdom });
    if (prompt.context === undefined || !promptStandsFor(prompt.context, name)) {
      // `abort`, not `end`: whatever happened, nothing of it may be saved.
      await session.move({ kind: 'move', to: 'abort' });
      return refusal(lines);
    }
    place = { kind: 'vdom', name };
    context = prompt.context;
    return undefined;
  }

  async function listVdoms(): Promise<VdomListing | CliError> {
    let listing: VdomListing = { names: [], id: 'vdom-list', lines: [] };
    for (const id of LISTINGS) {
      const refused = await go({ kind: 'global' });
      if (refused) return refused as CliError;
      const exchange = await run(id);
      const lines = exchange === 'timeout' ? [] : exchange.lines;
      listing = { names: parseVdomList(lines), id, lines };
      if (listing.names.length > 0) break;
    }
    return listing;
  }

  async function go(target: CliScope): Promise<NotThere | undefined> {
    if (samePlace(place, target)) return undefined;
    if (target.kind === 'vdom') return enterVdom(target.name);
    await toRoot();
    return target.kind === 'global' ? enterGlobal() : undefined;
  }

  async function run(id: CommandId): Promise<Exchange | 'timeout'> {
    const exchange = await session.ask(id);
    if (exchange === 'timeout') {
      session = await reopen();
      place = ROOT;
      context = session.prompt.context;
    } else if (exchange.prompt.context !== context) {
      throw protocolError('The device moved to another configuration mode by itself.');
    }
    return exchange;
  }

  return {
    go,
    listVdoms,
    run,
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

function unlisted(name: string, { names }: VdomListing): string {
  return names.length === 0
    ? 'the account cannot list the VDOMs, and an unlisted VDOM is never entered, because that would create it'
    : `the device has no VDOM ${name} now; it has ${names.join(', ')}`;
}

function refusal(lines: readonly string[]): CliError {
  return classifyOutput(lines) ?? { kind: 'failed', line: lines.at(-1) ?? '' };
}

function samePlace(a: CliScope, b: CliScope): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.name === b.name);
}
