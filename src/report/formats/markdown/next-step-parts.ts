import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import {
  commandsIntro,
  DEBUG_OFF_TEXT,
  debugIntro,
  hopNames,
  QUESTIONS,
  unlocksText,
} from '../../documents/answer/next-step-texts.ts';
import { nextSteps } from '../../documents/answer/next-steps.ts';
import { groupUnchecked } from '../../documents/answer/unchecked.ts';
import { plural } from '../../documents/printable.ts';
import { codeBlock, markdownProse } from './escape.ts';

type Part = readonly string[];

export function nextStepsMarkdown(diagnosis: Diagnosis): readonly Part[] {
  const { commands, debug, debugFirst, questions } = nextSteps(diagnosis);
  const steps: readonly (readonly Part[])[] = [
    commands
      ? [[markdownProse(commandsIntro(commands))], codeBlock(commands.lines), unlocks(commands.unlocks)]
      : [],
    debug
      ? [
          [markdownProse(debugIntro(debug, diagnosis))],
          codeBlock(debug.lines),
          ...(debug.after.length === 0 ? [] : [[DEBUG_OFF_TEXT], codeBlock(debug.after)]),
          unlocks(debug.unlocks),
        ]
      : [],
  ];
  const asked = questions.map(({ text, unlocks: hops }) => `- ${markdownProse(text)} (${hopNames(hops)})`);
  const all = [
    ...(debugFirst ? steps.toReversed() : steps).flat(),
    ...(asked.length === 0 ? [] : [[QUESTIONS], asked]),
  ];
  return all.length === 0 ? [] : [['## Next step'], ...all];
}

function unlocks(hops: Parameters<typeof unlocksText>[0]): Part {
  const text = unlocksText(hops);
  return text === '' ? [] : [text];
}

export function uncheckedParts(checks: Diagnosis['checks']): readonly Part[] {
  return [
    ...groupParts('Not checked', groupUnchecked(checks, 'unknown')),
    ...groupParts('The evidence contradicts itself', groupUnchecked(checks, 'conflicting')),
  ];
}

function groupParts(title: string, groups: ReturnType<typeof groupUnchecked>): readonly Part[] {
  if (groups.length === 0) return [];
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return [
    [`## ${title} (${total})`],
    groups.map(
      ({ reason, count, hops }) =>
        `- ${markdownProse(reason)} (${plural(count, 'check')} of ${hopNames(hops)})`,
    ),
  ];
}
