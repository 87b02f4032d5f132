import { setTimeout as sleep } from 'node:timers/promises';
import { type CliError, classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { parseVdomList } from '../../engine/fortios/output/vdom-list.ts';
import { promptMatchesHost } from '../../engine/fortios/prompt.ts';
import type { DeviceConnection } from '../device-connection.ts';
import { protocolError } from '../device-errors.ts';
import { holdsBothEnds } from '../session/find-echo.ts';
import {
  answersTo,
  createSendAllowance,
  DROPPED_INPUT_ADVICE,
  GarbledEdit,
  type SendAllowance,
} from '../session/send-command.ts';
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

export interface VdomListing {
  /** Empty if the account cannot list them. */
  readonly names: readonly string[];
  readonly id: CommandId;
  readonly lines: readonly string[];
}

const ROOT: CliScope = { kind: 'root' };
const MAX_EDITS = 4;
/** The second is for accounts without `diagnose`. */
const LISTINGS = ['vdom-list', 'vdom-property'] as const satisfies readonly CommandId[];

const ASKED_ANEW: ReadonlySet<CommandId> = new Set(['system-status', ...LISTINGS]);

/** A device that closed a session may need a moment to accept another. */
const RECONNECT_DELAY_MS = 500;

/** The current scope of the session in the CLI. Nothing else changes it. */
export class Navigator {
  readonly #connection: DeviceConnection;
  readonly #signal: AbortSignal;
  #session: Session;
  #scope: CliScope = ROOT;
  #context: string | undefined;
  /** The last list of this session. */
  #listed: readonly string[] = [];
  readonly #sudo = createSudoTrust();
  readonly #allowances = new Map<string, SendAllowance>();
  /** Of the command that is being run. */
  #running: SendAllowance | undefined;

  /** `signal`: of everything that its sessions do. */
  constructor(first: Session, connection: DeviceConnection, signal: AbortSignal) {
    this.#session = first;
    this.#context = first.prompt.context;
    this.#connection = connection;
    this.#signal = signal;
  }

  session(): Session {
    return this.#session;
  }

  #startIn(fresh: Session): void {
    this.#session = fresh;
    this.#scope = ROOT;
    this.#context = fresh.prompt.context;
    this.#listed = [];
  }

  async #toRoot(): Promise<void> {
    if (this.#scope.kind === 'root') return;
    const { prompt } = await this.#session.move({ kind: 'move', to: 'end' });
    this.#scope = ROOT;
    this.#context = prompt.context;
    if (this.#context !== this.#session.prompt.context)
      throw protocolError('The device did not leave its configuration mode.', {
        advice: 'Nothing was changed there. Try again in a minute.',
      });
  }

  async #enterGlobal(): Promise<CliError | undefined> {
    const { prompt, lines } = await this.#session.move({ kind: 'move', to: 'config global' });
    if (prompt.context !== 'global') return refusal(lines);
    this.#scope = { kind: 'global' };
    this.#context = prompt.context;
    return undefined;
  }

  /** After dropped input the `edit` is sent again, each time after a new list. */
  async #enterVdom(name: string): Promise<NotThere | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#listAndEnter(name);
      } catch (error) {
        if (!(error instanceof GarbledEdit) || tries >= MAX_EDITS) throw asProtocolError(error);
        // `abort`, not `end`: nothing may be saved.
        const { prompt } = await this.#session.move({ kind: 'move', to: 'abort' });
        this.#scope = ROOT;
        this.#context = prompt.context;
        if (this.#context !== this.#session.prompt.context) throw asProtocolError(error);
      }
    }
  }

  /**
   * The VDOMs are listed directly before: `edit` of one that was deleted meanwhile would create it, and a list from
   * before a reconnect may be outdated.
   */
  async #listAndEnter(name: string): Promise<NotThere | undefined> {
    const listing = await this.listVdoms();
    if ('kind' in listing) return listing;
    const vdom = checkVdom(name, listing.names);
    await this.#toRoot();
    if (!vdom) return { kind: 'unlisted', line: explainUnlistedVdom(name, listing) };
    const list = await this.#session.move({ kind: 'move', to: 'config vdom' });
    if (list.prompt.context !== 'vdom') return refusal(list.lines);
    const { prompt, lines } = await this.#session.move({ kind: 'edit-vdom', vdom });
    if (prompt.context === undefined || !promptMatchesHost(prompt.context, name)) {
      await this.#session.move({ kind: 'move', to: 'abort' });
      return refusal(lines);
    }
    this.#scope = { kind: 'vdom', name };
    this.#context = prompt.context;
    return undefined;
  }

  /** Asks the device every time; `CliError` if the account cannot enter global scope. */
  async listVdoms(): Promise<VdomListing | CliError> {
    let listing: VdomListing = { names: [], id: 'vdom-list', lines: [] };
    for (const id of LISTINGS) {
      const refused = await this.go({ kind: 'global' });
      if (refused) return refused as CliError;
      const exchange = await this.run(id);
      const lines = exchange === 'timeout' || exchange.isUnreadable ? [] : exchange.lines;
      listing = { names: parseVdomList(lines), id, lines };
      this.#listed = listing.names;
      if (listing.names.length > 0) break;
    }
    return listing;
  }

  /** `undefined` if the scope was entered; otherwise the answer of the device, and the session is at the root. */
  async go(target: CliScope): Promise<NotThere | undefined> {
    if (sameScope(this.#scope, target)) return undefined;
    if (target.kind === 'vdom') return this.#enterVdom(target.name);
    await this.#toRoot();
    return target.kind === 'global' ? this.#enterGlobal() : undefined;
  }

  /**
   * Runs a command of a VDOM that the device listed in this session: with `sudo`, which saves six round trips for
   * each VDOM, or, if the device does not answer that, inside the VDOM. `NotThere` if it cannot be entered.
   */
  async runInVdom(name: string, id: CommandId): Promise<Reading | 'timeout' | NotThere> {
    const answer = await this.#runBySudo(name, id);
    if (answer && this.#sudo.isTrusted(id, answer)) return answer;
    const refused = await this.go({ kind: 'vdom', name });
    if (refused) return refused;
    const inside = await this.run(id);
    if (answer) this.#sudo.compare(id, answer, inside);
    return inside;
  }

  async #runBySudo(name: string, id: CommandId): Promise<Reading | 'timeout' | undefined> {
    if (!this.#sudo.isWorthTrying() || !isForSudo(id) || sameScope(this.#scope, { kind: 'vdom', name }))
      return undefined;
    if (await this.go({ kind: 'global' })) return undefined;
    const vdom = checkVdom(name, this.#listed);
    return vdom && (await this.run(id, vdom));
  }

  /** Per scope: a VDOM may be entered again to repeat a command in it. */
  #chooseAllowance(id: CommandId, inVdom: CheckedVdom | undefined, form: CommandForm): SendAllowance {
    const where = inVdom ? `sudo ${inVdom.name}` : JSON.stringify(this.#scope);
    const key = `${where} ${id} ${typeof form === 'object' ? form.word : form}`;
    // These answers are about the current state, so each request is sent again.
    const known = ASKED_ANEW.has(id) ? undefined : this.#allowances.get(key);
    const allowance = known ?? createSendAllowance();
    this.#allowances.set(key, allowance);
    return allowance;
  }

  /** Runs a command in the current scope, or with `sudo` in a VDOM; `timeout` leaves a new session at the root. */
  async run(id: CommandId, inVdom?: CheckedVdom): Promise<Reading | 'timeout'> {
    const { short, text, filter } = commandSpec(id);
    if (filter) return await this.#runFiltered(id, filter.length - 1);
    // Whether `sudo` takes a pipe is not documented.
    const reading = short === undefined || inVdom ? undefined : await this.#runForm(id, inVdom, 'short');
    // Nothing printed by the short form is no answer: an account without permission gets the same.
    const isAnswer =
      reading === 'timeout' || (reading && !reading.isUnreadable && answersTo(text, reading.lines));
    return reading && isAnswer ? reading : await this.#runForm(id, inVdom, 'whole');
  }

  async runWith(id: CommandId, word: string): Promise<Reading | 'timeout'> {
    return await this.#runForm(id, undefined, { word });
  }

  /** `last`: index of the line that undoes the others. */
  async #runFiltered(id: CommandId, last: number): Promise<Reading | 'timeout'> {
    for (let index = 0; index < last; index += 1) {
      const answer = await this.#session.move({ kind: 'filter', id, index });
      if (classifyOutput(answer.lines)) {
        return toReading({ ...answer, irregular: [] }, { wasRepeated: true, isUnreadable: false });
      }
    }
    const reading = await this.#runForm(id, undefined, 'whole');
    if (reading !== 'timeout') await this.#session.move({ kind: 'filter', id, index: last });
    return reading;
  }

  async #runForm(
    id: CommandId,
    inVdom: CheckedVdom | undefined,
    form: CommandForm,
  ): Promise<Reading | 'timeout'> {
    const allowance = this.#chooseAllowance(id, inVdom, form);
    if (allowance.isSpent()) return unreadable(this.#session.prompt);
    const first = await this.#runOnce(id, inVdom, allowance, form);
    if (first === 'timeout') return first;
    const isFine = isClean(id, first);
    if (isFine || allowance.isSpent())
      return toReading(first, { wasRepeated: allowance.wasRepeated(), isUnreadable: !isFine });
    const again = await this.#runOnce(id, inVdom, allowance, form);
    if (again === 'timeout') return again;
    return toReading(again, {
      wasRepeated: true,
      isUnreadable: !isClean(id, again) && !isPrintedSo(id, first, again),
    });
  }

  async #runOnce(
    id: CommandId,
    inVdom: CheckedVdom | undefined,
    allowance: SendAllowance,
    form: CommandForm,
  ): Promise<CommandOutput | 'timeout'> {
    this.#running = allowance;
    const answer = await this.#session.ask(id, inVdom, allowance, form);
    this.#running = undefined;
    if (answer === 'timeout') {
      // A session that ran out of time is out of step and is never used again.
      this.#startIn(await this.#connection.openSession(this.#signal));
    } else if (!isContext(answer.prompt.context, this.#context)) {
      throw protocolError('The device moved to another configuration mode by itself.', {
        advice: 'Nothing was changed there. Try again; another person may be working in the same session.',
      });
    }
    return answer;
  }

  /** After a lost connection, once: the new session is at the root. */
  async reconnect(): Promise<void> {
    // Its answer was lost with the connection.
    this.#running?.giveBack();
    this.#running = undefined;
    await sleep(RECONNECT_DELAY_MS, undefined, { signal: this.#signal }).catch(() => undefined);
    this.#startIn(await this.#connection.connect(this.#signal));
  }

  async leave(): Promise<void> {
    try {
      await this.#toRoot();
      await this.#session.leave();
    } catch {
      // All outputs were read, and nothing was changed that would have to be undone.
    }
  }
}

function explainUnlistedVdom(name: string, { names }: VdomListing): string {
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
