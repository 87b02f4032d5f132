import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import {
  commandsIntro,
  DEBUG_OFF_TEXT,
  debugIntro,
  hopNames,
  QUESTIONS,
  unlocksText,
} from '../../documents/answer/next-step-texts.ts';
import { type NextSteps, nextSteps } from '../../documents/answer/next-steps.ts';
import { groupUnchecked } from '../../documents/answer/unchecked.ts';
import { plural } from '../../documents/printable.ts';
import { copyBlock } from './copy-block.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

/** Commands that would allow a better answer. */
export function nextStepsSection(diagnosis: Diagnosis, place: SectionPlace): readonly Markup[] {
  const plan = nextSteps(diagnosis);
  const steps = [commandParts(plan, place), debugParts(plan, diagnosis, place)];
  const parts = [...(plan.debugFirst ? steps.toReversed() : steps), questionParts(plan)].flat();
  if (parts.length === 0) return [];
  return [
    element(
      'section',
      { 'aria-labelledby': place.id('next') },
      element(place.heading(2), { id: place.id('next') }, 'Next step'),
      ...parts,
    ),
  ];
}

function commandParts({ commands }: NextSteps, place: SectionPlace): readonly Markup[] {
  if (!commands) return [];
  return [
    element('p', {}, proseMarkup(commandsIntro(commands))),
    copyBlock(place.id('next-commands'), commands.lines, 'commands'),
    ...unlocks(unlocksText(commands.unlocks)),
  ];
}

function debugParts({ debug }: NextSteps, diagnosis: Diagnosis, place: SectionPlace): readonly Markup[] {
  if (!debug) return [];
  return [
    element('p', {}, proseMarkup(debugIntro(debug, diagnosis))),
    copyBlock(place.id('next-debug'), debug.lines, 'debug on'),
    ...(debug.after.length === 0
      ? []
      : [element('p', {}, DEBUG_OFF_TEXT), copyBlock(place.id('next-debug-off'), debug.after, 'debug off')]),
    ...unlocks(unlocksText(debug.unlocks)),
  ];
}

function unlocks(text: string): readonly Markup[] {
  return text === '' ? [] : [element('p', { class: 'muted' }, text)];
}

function questionParts({ questions }: NextSteps): readonly Markup[] {
  if (questions.length === 0) return [];
  return [
    element('p', {}, QUESTIONS),
    element(
      'ul',
      {},
      ...questions.map(({ text, unlocks: hops }) =>
        element('li', {}, proseMarkup(text), ` (${hopNames(hops)})`),
      ),
    ),
  ];
}

/** Reasons for undecided and conflicting checks; equal reasons are one line. */
export function notCheckedSection({ checks }: Diagnosis, place: SectionPlace): readonly Markup[] {
  const open = groupUnchecked(checks, 'unknown');
  const contradictory = groupUnchecked(checks, 'conflicting');
  return [
    ...groupSection('unchecked', 'Not checked', open, place),
    ...groupSection('contradictory', 'The evidence contradicts itself', contradictory, place),
  ];
}

function groupSection(
  name: string,
  title: string,
  groups: ReturnType<typeof groupUnchecked>,
  place: SectionPlace,
): readonly Markup[] {
  if (groups.length === 0) return [];
  const id = place.id(name);
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return [
    element(
      'section',
      { 'aria-labelledby': id },
      element(place.heading(2), { id }, `${title} (${total})`),
      element(
        'ul',
        {},
        ...groups.map(({ reason, count, hops }) =>
          element('li', {}, proseMarkup(reason), ` (${plural(count, 'check')} of ${hopNames(hops)})`),
        ),
      ),
    ),
  ];
}
