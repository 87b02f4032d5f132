import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import {
  commandsIntro,
  commandsTitle,
  DEBUG_OFF_TEXT,
  debugIntro,
  debugTitle,
  hopNames,
  QUESTIONS,
  questionsTitle,
  unlocksText,
} from '../../documents/answer/next-step-texts.ts';
import { type NextSteps, nextSteps } from '../../documents/answer/next-steps.ts';
import { clipProse, printableProse } from '../../documents/printable.ts';
import { collapsible } from './collapsible.ts';
import {
  bullets,
  italic,
  paragraph,
  plain,
  preformatted,
  prose,
  type RichTextPart,
  richText,
} from './rich-text.ts';

const QUESTION_LIMIT = 600;

interface Step {
  readonly title: string;
  readonly parts: readonly RichTextPart[];
}

/** For an undecided case: the most useful step is open, the others are collapsed. */
export function nextStepBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const [first, ...others] = steps(diagnosis);
  if (first === undefined) return [];
  return [richText(first.parts), ...others.map(({ title, parts }) => collapsible(title, parts))];
}

/** All steps, for one collapsed block. */
export function nextStepElements(diagnosis: Diagnosis): readonly RichTextPart[] {
  return steps(diagnosis).flatMap(({ parts }) => parts);
}

function steps(diagnosis: Diagnosis): readonly Step[] {
  const plan = nextSteps(diagnosis);
  const both = [...commandStep(plan), ...debugStep(plan, diagnosis)];
  return [...(plan.debugFirst ? both.toReversed() : both), ...questionStep(plan)];
}

function commandStep({ commands }: NextSteps): readonly Step[] {
  if (!commands) return [];
  return [
    {
      title: commandsTitle(commands),
      parts: [
        paragraph([plain(commandsIntro(commands))]),
        preformatted(commands.lines),
        ...unlockParts(unlocksText(commands.unlocks)),
      ],
    },
  ];
}

function debugStep({ debug }: NextSteps, diagnosis: Diagnosis): readonly Step[] {
  if (!debug) return [];
  return [
    {
      title: debugTitle(debug),
      parts: [
        paragraph(prose(debugIntro(debug, diagnosis))),
        preformatted(debug.lines),
        ...(debug.after.length === 0 ? [] : [paragraph([plain(DEBUG_OFF_TEXT)]), preformatted(debug.after)]),
        ...unlockParts(unlocksText(debug.unlocks)),
      ],
    },
  ];
}

function unlockParts(text: string): readonly RichTextPart[] {
  return text === '' ? [] : [paragraph([italic(text)])];
}

function questionStep(plan: NextSteps): readonly Step[] {
  const { questions } = plan;
  if (questions.length === 0) return [];
  const items = questions.map(({ text, unlocks }) => [
    ...prose(clipProse(printableProse(text), QUESTION_LIMIT)),
    plain(` (${hopNames(unlocks)})`),
  ]);
  return [{ title: questionsTitle(plan), parts: [paragraph([plain(QUESTIONS)]), bullets(items)] }];
}
