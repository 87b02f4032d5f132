import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { commandsIntro, debugIntro, hopNames, QUESTIONS, unlocksText } from '../next-step-texts.ts';
import { type NextSteps, nextSteps } from '../next-steps.ts';
import { clip, list, plural, printable, printableProse } from '../printable.ts';
import { collapsible } from './collapsible.ts';
import {
  bullets,
  code,
  italic,
  paragraph,
  plain,
  preformatted,
  prose,
  type RichTextPart,
  richText,
} from './rich-text.ts';

type Verdict = Diagnosis['verdict'];

const QUESTION_LIMIT = 600;

interface Step {
  readonly title: string;
  readonly parts: readonly RichTextPart[];
}

/**
 * What to run next. Where nothing is decided the step that tells most stands open and the others are behind their titles;
 * where something is, all of it is behind one.
 */
export function nextStepBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const { verdict } = diagnosis;
  const plan = nextSteps(diagnosis);
  const steps = [...commandStep(plan, verdict), ...debugStep(plan, verdict)];
  const [first, ...others] = [...(plan.debugFirst ? steps.toReversed() : steps), ...questionStep(plan)];
  if (first === undefined) return [];
  if (verdict === 'inconclusive') {
    return [richText(first.parts), ...others.map(({ title, parts }) => collapsible(capital(title), parts))];
  }
  const all = [first, ...others];
  const purpose = verdict === 'healthy' ? 'If push fails all the same' : 'To check what is left';
  return [
    collapsible(
      `${purpose}: ${list(all.map((step) => step.title))}`,
      all.flatMap((step) => step.parts),
    ),
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function commandStep({ commands }: NextSteps, verdict: Verdict): readonly Step[] {
  if (!commands) return [];
  return [
    {
      title: `${plural(commands.count, 'command')} to run`,
      parts: [
        paragraph([plain(commandsIntro(verdict, commands))]),
        preformatted(commands.lines),
        ...unlockParts(unlocksText(commands.unlocks)),
      ],
    },
  ];
}

function debugStep({ debug }: NextSteps, verdict: Verdict): readonly Step[] {
  if (!debug) return [];
  const off = debug.after.flatMap((line, index) => [
    ...(index === 0 ? [] : [plain(index === debug.after.length - 1 ? ' and ' : ', ')]),
    code(printable(line)),
  ]);
  return [
    {
      title: 'the debug of one login',
      parts: [
        paragraph([plain(debugIntro(verdict, debug))]),
        preformatted(debug.lines),
        paragraph([
          ...(off.length === 0 ? [] : [plain('then '), ...off, plain('. ')]),
          italic(unlocksText(debug.unlocks)),
        ]),
      ],
    },
  ];
}

function unlockParts(text: string): readonly RichTextPart[] {
  return text === '' ? [] : [paragraph([italic(text)])];
}

function questionStep({ questions }: NextSteps): readonly Step[] {
  if (questions.length === 0) return [];
  const items = questions.map(({ text, unlocks }) => [
    ...prose(clip(printableProse(text), QUESTION_LIMIT)),
    plain(` (${hopNames(unlocks)})`),
  ]);
  return [{ title: 'what only you can find out', parts: [paragraph([plain(QUESTIONS)]), bullets(items)] }];
}
