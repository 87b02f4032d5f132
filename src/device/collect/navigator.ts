import { type CliError, classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { parseVdomList } from '../../engine/fortios/output/vdom-list.ts';
import { promptMatchesHost } from '../../engine/fortios/prompt.ts';
import { protocolError } from '../device-errors.ts';
import { holdsBothEnds } from '../session/find-echo.ts';
import { createSendAllowance, type SendAllowance } from '../session/send-allowance.ts';
import { answersTo, DROPPED_INPUT_ADVICE, GarbledEdit } from '../session/send-command.ts';
import type { CommandOutput, Session } from '../session/session.ts';
import { type CheckedVdom, type CommandForm, checkVdom, isForSudo } from '../session/write-command.ts';
import { isClean, isPrintedSo, type Reading, toReading, unreadable } from './reading.ts';
import { createSudoTrust } from './sudo-trust.ts';

export type CliScope =
  | { readonly kind: 'root' }
  | { readonly kind: 'global' }
  | { readonly kind: 'vdom'; readonly name: string };

/** Why the session did not enter the scope. `unlisted`: the device did not list this VDOM just now. */
export type NotThere = CliError | { readonly kind: 'unlisted'; readonly line: string };

/** The device's answer to the request for its VDOMs. */
export interface VdomListing {
  /** Empty if the account cannot list them. */
  readonly names: readonly string[];
  readonly id: CommandId;
  readonly lines: readonly string[];
}

/** The current scope of the session in the CLI. Nothing else changes it. */
export interface Navigator {
  /** `undefined` if the scope was entered; otherwise the answer of the device, and the session is at the root. */
  readonly go: (scope: CliScope) => Promise<NotThere | undefined>;
  /** Asks the device every time; `CliError` if the account cannot enter global scope. */
  readonly listVdoms: () => Promise<VdomListing | CliError>;
  /** Runs a command in the current scope; `timeout` leaves a new session at the root. */
  readonly run: (id: CommandId) => Promise<Reading | 'timeout'>;
  /**
   * Runs a command of a VDOM that the device listed in this session: with `sudo`, which saves six round trips for
   * each VDOM, or, if the device does not answer that, inside the VDOM. `NotThere` if it cannot be entered.
   */
  readonly runInVdom: (name: string, id: CommandId) => Promise<Reading | 'timeout' | NotThere>;
  /** The current one. */
  readonly session: () => Session;
  /** After a lost connection, once: the new session is at the root. */
  readonly reconnect: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

const ROOT: CliScope = { kind: 'root' };
const MAX_EDITS = 4;
/** The second is for accounts without `diagnose`. */
const LISTINGS = ['vdom-list', 'vdom-property'] as const satisfies readonly CommandId[];

const ASKED_ANEW: ReadonlySet<CommandId> = new Set(['system-status', ...LISTINGS]);

export interface NewSessions {
  /** On the same connection: a session that ran out of time is out of step and is never used again. */
  readonly reopen: () => Promise<Session>;
  /** On a new connection. */
  readonly reconnect: () => Promise<Session>;
}

export function createNavigator(first: Session, { reopen, reconnect }: NewSessions): Navigator {
  let session = first;
  let scope: CliScope = ROOT;
  let context = first.prompt.context;
  /** The last list of this session. */
  let listed: readonly string[] = [];
  const sudo = createSudoTrust();
  const allowances = new Map<string, SendAllowance>();
  /** Of the command that is being run. */
  let running: SendAllowance | undefined;

  function startIn(fresh: Session): void {
    session = fresh;
    scope = ROOT;
    context = fresh.prompt.context;
    listed = [];
  }

  async function toRoot(): Promise<void> {
    if (scope.kind === 'root') return;
    const { prompt } = await session.move({ kind: 'move', to: 'end' });
    scope = ROOT;
    context = prompt.context;
    if (context !== session.prompt.context)
      throw protocolError('The device did not leave its configuration mode.', {
        advice: 'Nothing was changed there. Try again in a minute.',
      });
  }

  async function enterGlobal(): Promise<CliError | undefined> {
    const { prompt, lines } = await session.move({ kind: 'move', to: 'config global' });
    if (prompt.context !== 'global') return refusal(lines);
    scope = { kind: 'global' };
    context = prompt.context;
    return undefined;
  }

  /** After dropped input the `edit` is sent again, each time after a new list. */
  async function enterVdom(name: string): Promise<NotThere | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await listAndEnter(name);
      } catch (error) {
        if (!(error instanceof GarbledEdit) || tries >= MAX_EDITS) throw asProtocolError(error);
        // `abort`, not `end`: nothing may be saved.
        const { prompt } = await session.move({ kind: 'move', to: 'abort' });
        scope = ROOT;
        context = prompt.context;
        if (context !== session.prompt.context) throw asProtocolError(error);
      }
    }
  }

  /**
   * The VDOMs are listed directly before: `edit` of one that was deleted meanwhile would create it, and a list from
   * before a reconnect may be outdated.
   */
  async function listAndEnter(name: string): Promise<NotThere | undefined> {
    const listing = await listVdoms();
    if ('kind' in listing) return listing;
    const vdom = checkVdom(name, listing.names);
    await toRoot();
    if (!vdom) return { kind: 'unlisted', line: unlisted(name, listing) };
    const list = await session.move({ kind: 'move', to: 'config vdom' });
    if (list.prompt.context !== 'vdom') return refusal(list.lines);
    const { prompt, lines } = await session.move({ kind: 'edit-vdom', vdom });
    if (prompt.context === undefined || !promptMatchesHost(prompt.context, name)) {
      await session.move({ kind: 'move', to: 'abort' });
      return refusal(lines);
    }
    scope = { kind: 'vdom', name };
    context = prompt.context;
    return undefined;
  }

  async function listVdoms(): Promise<VdomListing | CliError> {
    let listing: VdomListing = { names: [], id: 'vdom-list', lines: [] };
    for (const id of LISTINGS) {
      const refused = await go({ kind: 'global' });
      if (refused) return refused as CliError;
      const exchange = await run(id);
      const lines = exchange === 'timeout' || exchange.isUnreadable ? [] : exchange.lines;
      listing = { names: parseVdomList(lines), id, lines };
      listed = listing.names;
      if (listing.names.length > 0) break;
    }
    return listing;
  }

  async function go(target: CliScope): Promise<NotThere | undefined> {
    if (sameScope(scope, target)) return undefined;
    if (target.kind === 'vdom') return enterVdom(target.name);
    await toRoot();
    return target.kind === 'global' ? enterGlobal() : undefined;
  }

  async function runInVdom(name: string, id: CommandId): Promise<Reading | 'timeout' | NotThere> {
    const answer = await runBySudo(name, id);
    if (answer && sudo.isTrusted(id, answer)) return answer;
    const refused = await go({ kind: 'vdom', name });
    if (refused) return refused;
    const inside = await run(id);
    if (answer) sudo.compare(id, answer, inside);
    return inside;
  }

  async function runBySudo(name: string, id: CommandId): Promise<Reading | 'timeout' | undefined> {
    if (!sudo.isWorthTrying() || !isForSudo(id) || sameScope(scope, { kind: 'vdom', name })) return undefined;
    if (await go({ kind: 'global' })) return undefined;
    const vdom = checkVdom(name, listed);
    return vdom && (await run(id, vdom));
  }

  /** Per scope: a VDOM may be entered again to repeat a command in it. */
  function allowanceOf(id: CommandId, inVdom: CheckedVdom | undefined, form: CommandForm): SendAllowance {
    const where = inVdom ? `sudo ${inVdom.name}` : scopeName(scope);
    const key = `${where} ${id} ${form}`;
    // These answers are about the current state, so each request is sent again.
    const known = ASKED_ANEW.has(id) ? undefined : allowances.get(key);
    const allowance = known ?? createSendAllowance();
    allowances.set(key, allowance);
    return allowance;
  }

  /** Nothing printed by the short form is no answer: an account without permission gets the same. */
  async function run(id: CommandId, inVdom?: CheckedVdom): Promise<Reading | 'timeout'> {
    const { short, text, filter } = commandSpec(id);
    if (filter) return await runFiltered(id, filter.length - 1);
    const reading = short === undefined ? undefined : await runForm(id, inVdom, 'short');
    const isAnswer =
      reading === 'timeout' || (reading && !reading.isUnreadable && answersTo(text, reading.lines));
    return reading && isAnswer ? reading : await runForm(id, inVdom, 'whole');
  }

  /** `last`: index of the line that undoes the others. */
  async function runFiltered(id: CommandId, last: number): Promise<Reading | 'timeout'> {
    for (let index = 0; index < last; index += 1) {
      const answer = await session.move({ kind: 'filter', id, index });
      if (classifyOutput(answer.lines)) {
        return toReading({ ...answer, irregular: [] }, { wasRepeated: true, isUnreadable: false });
      }
    }
    const reading = await runForm(id, undefined, 'whole');
    if (reading !== 'timeout') await session.move({ kind: 'filter', id, index: last });
    return reading;
  }

  async function runForm(
    id: CommandId,
    inVdom: CheckedVdom | undefined,
    form: CommandForm,
  ): Promise<Reading | 'timeout'> {
    const allowance = allowanceOf(id, inVdom, form);
    if (allowance.isSpent()) return unreadable(session.prompt);
    const first = await runOnce(id, inVdom, allowance, form);
    if (first === 'timeout') return first;
    const isFine = isClean(id, first);
    if (isFine || allowance.isSpent())
      return toReading(first, { wasRepeated: allowance.wasRepeated(), isUnreadable: !isFine });
    const again = await runOnce(id, inVdom, allowance, form);
    if (again === 'timeout') return again;
    return toReading(again, {
      wasRepeated: true,
      isUnreadable: !isClean(id, again) && !isPrintedSo(id, first, again),
    });
  }

  async function runOnce(
    id: CommandId,
    inVdom: CheckedVdom | undefined,
    allowance: SendAllowance,
    form: CommandForm,
  ): Promise<CommandOutput | 'timeout'> {
    running = allowance;
    const answer = await session.ask(id, inVdom, allowance, form);
    running = undefined;
    if (answer === 'timeout') {
      startIn(await reopen());
    } else if (!isContext(answer.prompt.context, context)) {
      throw protocolError('The device moved to another configuration mode by itself.', {
        advice: 'Nothing was changed there. Try again; another person may be working in the same session.',
      });
    }
    return answer;
  }

  return {
    go,
    listVdoms,
    run: (id) => run(id),
    runInVdom,
    session: () => session,
    async reconnect() {
      // Its answer was lost with the connection.
      running?.giveBack();
      running = undefined;
      startIn(await reconnect());
    },
    async leave() {
      try {
        await toRoot();
        await session.leave();
      } catch {
        // All outputs were read, and nothing was changed that would have to be undone.
      }
    },
  };
}

function scopeName(scope: CliScope): string {
  return scope.kind === 'vdom' ? `vdom ${scope.name}` : scope.kind;
}

function unlisted(name: string, { names }: VdomListing): string {
  return names.length === 0
    ? 'the account cannot list the VDOMs, and an unlisted VDOM is never entered, because that would create it'
    : `the device has no VDOM ${name} now; it has ${names.join(', ')}`;
}

function asProtocolError(error: unknown): unknown {
  if (!(error instanceof GarbledEdit)) return error;
  return protocolError('The device drops a part of what is typed, and a VDOM could not be entered.', {
    advice: DROPPED_INPUT_ADVICE,
    cause: error,
  });
}

/** Also if a message is in the middle of the context; no scope that is entered here has a space in its name. */
function isContext(printed: string | undefined, expected: string | undefined): boolean {
  if (printed === expected) return true;
  if (printed === undefined || expected === undefined) return false;
  return printed.includes(' ') && holdsBothEnds(printed, expected);
}

function refusal(lines: readonly string[]): CliError {
  return classifyOutput(lines) ?? { kind: 'failed', line: lines.at(-1) ?? '' };
}

function sameScope(a: CliScope, b: CliScope): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.name === b.name);
}
