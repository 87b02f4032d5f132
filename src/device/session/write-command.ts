import type { Writable } from 'node:stream';
import { COMMANDS, type CommandId, commandSpec, commandWith } from '../../engine/fortios/commands.ts';
import { type DebugCommand, debugLine } from '../../engine/fortios/debug-commands.ts';
import { isVdomName } from '../../engine/fortios/vdom-name.ts';
import { FtmError } from '../../engine/ftm-error.ts';

/**
 * Everything a device can ever be sent. Lines are catalogue entries or changes of scope; keys are the three answers
 * to the CLI's own dialogues, a space that is erased at once, and Enter alone. No member carries free text.
 */
export type WireLine =
  | { readonly kind: 'command'; readonly id: CommandId; readonly form?: CommandForm }
  /** A line of `CommandSpec.filter`. */
  | { readonly kind: 'filter'; readonly id: CommandId; readonly index: number }
  /** Only the debug session of a live check sends these (`debug-session.ts`). */
  | { readonly kind: 'debug'; readonly command: DebugCommand }
  | { readonly kind: 'move'; readonly to: 'config global' | 'config vdom' | 'end' | 'abort' | 'exit' }
  | { readonly kind: 'edit-vdom'; readonly vdom: CheckedVdom }
  /** Reads a VDOM without entering it; FortiOS does not create one by it. */
  | { readonly kind: 'sudo'; readonly vdom: CheckedVdom; readonly id: CommandId };

/** `short`: that of `CommandSpec.short`. `word`: what stands for `CommandSpec.argument`. */
export type CommandForm = 'whole' | 'short' | { readonly word: string };

export type WireKey = 'next-page' | 'accept-banner' | 'decline' | 'keep-awake' | 'enter';

/** A VDOM name that the device itself listed. Only `checkVdom` makes one, and `edit` takes it once. */
export interface CheckedVdom {
  readonly name: string;
}

const MOVES: ReadonlySet<string> = new Set(['config global', 'config vdom', 'end', 'abort', 'exit']);
const KEYS: Readonly<Record<WireKey, string>> = {
  'next-page': ' ',
  'accept-banner': 'a',
  decline: 'n',
  // FortiOS counts input, not output: without it a long debug session ends at `admintimeout`.
  'keep-awake': ' \b',
  // Requests a new prompt if the last one cannot be read; never sent at a question.
  enter: '\n',
};
/** Membership, not shape, is the proof: an object that merely has the right shape is refused. */
const checked = new WeakSet<CheckedVdom>();
/** Used already: to enter the VDOM again, the device has to list it again. */
const spent = new WeakSet<CheckedVdom>();

/**
 * `edit` of an unknown VDOM creates it, so a name may be sent only after the device listed it. `undefined` if the
 * name is not a VDOM name, or not in the list.
 */
export function checkVdom(name: string, listed: readonly string[]): CheckedVdom | undefined {
  if (!isVdomName(name) || !listed.includes(name)) return undefined;
  const vdom = Object.freeze({ name });
  checked.add(vdom);
  return vdom;
}

/** The text of a line; throws `ftm_command_not_allowed` for anything outside the type, whatever its shape. */
export function wireText(line: WireLine): string {
  switch (line.kind) {
    case 'command':
      if (Object.hasOwn(COMMANDS, line.id)) {
        const chosen = commandText(line.id, line.form);
        if (chosen) return chosen;
      }
      break;
    case 'filter': {
      const text = Object.hasOwn(COMMANDS, line.id) && commandSpec(line.id).filter?.at(line.index);
      if (text) return text;
      break;
    }
    case 'debug': {
      const text = line.command && debugLine(line.command);
      if (text) return text;
      break;
    }
    case 'move':
      if (MOVES.has(line.to)) return line.to;
      break;
    case 'sudo':
      if (checked.has(line.vdom) && isForSudo(line.id) && line.vdom.name !== 'global')
        return `sudo ${line.vdom.name} ${COMMANDS[line.id].text}`;
      break;
    case 'edit-vdom':
      if (checked.has(line.vdom) && isVdomName(line.vdom.name)) return `edit ${line.vdom.name}`;
      break;
    default:
  }
  throw notAllowed();
}

function commandText(id: CommandId, form: CommandForm = 'whole'): string | undefined {
  const { text, short, argument } = commandSpec(id);
  if (typeof form === 'object') return commandWith(id, form.word);
  if (argument !== undefined) return undefined;
  return form === 'short' ? short : text;
}

/** Reading commands that are valid in a VDOM. */
export function isForSudo(id: CommandId): boolean {
  if (!Object.hasOwn(COMMANDS, id)) return false;
  const { scope, text, argument } = commandSpec(id);
  return scope === 'vdom' && argument === undefined && /^(?:get|show|diagnose) /.test(text);
}

function notAllowed(): FtmError {
  return new FtmError('ftm_command_not_allowed', 'That is not one of the commands this program may send.');
}

/** For traces: the command, without user-defined names. */
export function wireId(line: WireLine): string {
  if (line.kind === 'command' || line.kind === 'sudo' || line.kind === 'filter') return line.id;
  if (line.kind === 'debug') return line.command.id;
  return line.kind === 'move' ? line.to : line.kind;
}

/** With `writeKey`, the only place where bytes leave for a device. */
export function writeLine(channel: Writable, line: WireLine): void {
  const text = wireText(line);
  if (line.kind === 'edit-vdom') {
    if (spent.has(line.vdom)) throw notAllowed();
    spent.add(line.vdom);
  }
  // The list may be outdated by now.
  if (line.kind === 'sudo') spent.add(line.vdom);
  // `\n` alone: FortiOS treats `\r\n` as two Enters.
  channel.write(`${text}\n`);
}

export function writeKey(channel: Writable, key: WireKey): void {
  const byte = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (byte === undefined) {
    throw new FtmError('ftm_command_not_allowed', 'That is not one of the keys this program may press.');
  }
  channel.write(byte);
}
