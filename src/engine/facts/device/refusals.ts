import type { Section } from '../../evidence/types.ts';
import { AREAS, type Area, findArea } from '../../fortios/access-areas.ts';
import type { ConfigView } from '../config/config-view.ts';
import { commandQuote } from '../config/quote-output.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { Refusals } from '../values.ts';

/** One refused command may be a typing error, or one that its release lacks. */
const MIN_COMMANDS = 2;
/** Of everything: the commands of one area say nothing about the others. */
const MIN_AREAS = 2;

/** Says nothing about rights: the command was wrong, was not sent, or was not waited for. */
const NO_REFUSAL = new Set(['parse-error', 'incomplete', 'not-run', 'timeout']);

/** The areas of the access profile of which every `show` and `get` was refused, or printed nothing. */
export function readRefusals(view: ConfigView): Fact<Refusals> {
  const refused = new Map<Area, Section[]>();
  const answered = new Set<Area>();
  for (const { document } of view.documents) {
    for (const { path } of document.blocks) {
      const area = findArea(`show ${path}`);
      if (area) answered.add(area);
    }
  }
  for (const section of view.sections) {
    const area = section.command === undefined ? undefined : findArea(section.command);
    if (!area || section.kind !== 'output' || NO_REFUSAL.has(section.failure?.kind ?? '')) continue;
    if (!section.failure && !isSilent(section)) answered.add(area);
    else if (!refused.get(area)?.push(section)) refused.set(area, [section]);
  }
  const areas = AREAS.filter((area) => !answered.has(area) && refused.has(area));
  const isEverything = answered.size === 0 && areas.length >= MIN_AREAS;
  const whole = isEverything
    ? areas
    : areas.filter((area) => countCommands(refused.get(area)) >= MIN_COMMANDS);
  if (whole.length === 0) return unknown('the evidence contains no refused area of an access profile');
  const quotes = whole.flatMap((area) => (refused.get(area) ?? []).map(commandQuote));
  return known({ areas: whole, everything: isEverything }, quotes);
}

function countCommands(sections: readonly Section[] = []): number {
  return new Set(sections.map(({ command }) => command)).size;
}

/** Complete, and empty: FortiOS prints `config …` and `end` even where there is nothing to show. */
function isSilent({ ended, collected, lines, command = '' }: Section): boolean {
  if (!ended && !collected) return false;
  return lines.every((line) => line.trim() === '' || line.trimEnd().endsWith(command));
}
