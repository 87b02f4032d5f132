import type { Quote, Section } from '../../evidence/types.ts';
import { type CommandId, commandSpec, isKnownTo } from '../../fortios/commands.ts';
import type { FortiosVersion } from '../../fortios/version.ts';
import { type Fact, type Known, known, type Unknown, unknown } from '../fact.ts';
import { FACTS, type FactKey } from '../facts.ts';
import type { ConfigView, PlacedBlock } from './config-view.ts';

/** Why a fact is unknown: the device refused the command, or it was not run. */
export function notSeen(key: FactKey, sections: readonly Section[]): Unknown {
  const { commands } = FACTS[key];
  const texts = commands.map((id) => commandSpec(id).text);
  const refused = sections.find(({ command = '', failure }) => failure && matchesCommand(command, texts));
  if (refused?.failure) return { ...unknown(refused.failure.reason, commands), failed: true };
  const other = sections.find(({ command = '' }) => texts.includes(command));
  if (other) {
    const reason = `the answer to \`${other.command}\` in ${other.source} is not what that command prints, or not all of it`;
    return { ...unknown(reason, commands), failed: true };
  }
  return texts.length === 0
    ? unknown('the evidence contains nothing about it')
    : unknown(`the evidence does not contain \`${texts.join('` or `')}\``, commands);
}

/** What a release without the object refuses: it shows it with defaults or without, and configures it. */
function matchesCommand(command: string, texts: readonly string[]): boolean {
  return (
    texts.includes(
      command.replace(/^(?:config|show(?: full-configuration)?) /, 'show full-configuration '),
    ) || texts.includes(command)
  );
}

/** `notSeen` for an object or table that may be missing only because a backup is truncated. */
export function notShown(key: FactKey, view: ConfigView, path: string): Unknown {
  const cut = view.blocks(path).find(({ block }) => !block.closed);
  return cut ? cutOff(cut, FACTS[key].commands) : beyondEnd(view, path, notSeen(key, view.sections));
}

/** The output ends inside this block: the rest was requested and is unknown. */
export function cutOff({ source, block }: PlacedBlock, commands: readonly CommandId[]): Unknown {
  return { ...unknown(`${source} is cut off inside \`config ${block.path}\``, commands), failed: true };
}

/** A truncated backup shows only part of a table. */
export function upToEnd<T>(view: ConfigView, path: string, fact: Fact<T>): Fact<T> {
  const ends = fact.state === 'known' ? view.endsBefore(path) : undefined;
  return ends === undefined || fact.state !== 'known' ? fact : { ...fact, partial: ends };
}

/** For a fact from several commands, marks as partial what a command without an answer would have added. */
export function upToRefusal<T>(
  key: FactKey,
  sections: readonly Section[],
  version: FortiosVersion | undefined,
  fact: Known<T>,
): Known<T> {
  const specs = FACTS[key].commands.map(commandSpec).filter((spec) => isKnownTo(version, spec));
  const texts = specs.map(({ text }) => text);
  const refused = sections.find(({ command, failure }) => failure && texts.includes(command ?? ''));
  return refused?.failure ? { ...fact, partial: refused.failure.reason } : fact;
}

export function beyondEnd(view: ConfigView, path: string, otherwise: Unknown): Unknown {
  const ends = view.endsBefore(path);
  return ends === undefined ? otherwise : unknown(ends, otherwise.commands);
}

/** Claims of several sources about one thing: equal ones are merged, different ones conflict. */
export interface Claim<T> {
  readonly source: string;
  readonly value: T;
  readonly quotes: readonly Quote[];
  readonly bounds?: readonly Quote[];
}

export function agree<T>(claims: readonly Claim<T>[], what: string, otherwise: () => Unknown): Fact<T> {
  const [first, ...others] = claims;
  if (!first) return otherwise();
  if (others.length === 0) return known(first.value, first.quotes, first.bounds);
  const shape = comparable(first.value);
  const against = others.find((claim) => comparable(claim.value) !== shape);
  if (!against) return known(first.value, first.quotes, first.bounds);
  return {
    state: 'conflicting',
    reason: `${first.source} and ${against.source} say different things about ${what}`,
    quotes: [...first.quotes.slice(0, 3), ...against.quotes.slice(0, 3)],
  };
}

/** Of several claims by one source the last counts: a session shows a setting before and after its change. */
export function latestPerSource<T>(claims: readonly Claim<T>[]): readonly Claim<T>[] {
  return [...new Map(claims.map((claim) => [claim.source, claim])).values()];
}

const PROVENANCE = new Set(['quotes', 'explicit', 'partial']);

/** Compares two values without their provenance. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (key, part) =>
    PROVENANCE.has(key) ? undefined : part instanceof Map ? [...part] : part,
  );
}
