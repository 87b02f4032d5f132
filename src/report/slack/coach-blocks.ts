import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { openQuestions } from '../../diagnosis/open-questions.ts';
import { coach, type PasteCoach } from '../paste-coach.ts';
import { clip, list, plural, printable, printableProse } from '../printable.ts';
import { hopNames } from '../text/coach.ts';
import { fold } from './fold.ts';
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

const QUESTIONS = 5;
const QUESTION_LIMIT = 600;

interface Step {
  readonly title: string;
  readonly parts: readonly RichTextPart[];
}

/**
 * What to run next, unless push works here. Where nothing is decided the step that tells most stands open and the others
 * are behind their titles; where something is, all of it is behind one.
 */
export function coachBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  if (diagnosis.verdict === 'healthy') return [];
  const plan = coach(openQuestions(diagnosis));
  const steps = [...commandStep(plan), ...debugStep(plan)];
  const [first, ...others] = [
    ...(diagnosis.attempts.length > 0 ? steps.toReversed() : steps),
    ...questionStep(plan),
  ];
  if (first === undefined) return [];
  if (diagnosis.verdict === 'inconclusive') {
    return [richText(first.parts), ...others.map(({ title, parts }) => fold(capital(title), parts))];
  }
  const all = [first, ...others];
  const title = `To check what is left: ${list(all.map((step) => step.title))}`;
  const parts = all.flatMap((step) => step.parts);
  return [fold(title, parts)];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function commandStep({ commands }: PasteCoach): readonly Step[] {
  if (!commands) return [];
  return [
    {
      title: `${plural(commands.lines.length, 'line')} to run and paste`,
      parts: [
        paragraph([plain('To see more, run this on the FortiGate and paste what it prints:')]),
        preformatted(commands.lines),
        paragraph([italic(`This unlocks: ${hopNames(commands.unlocks)}.`)]),
      ],
    },
  ];
}

function debugStep({ debug }: PasteCoach): readonly Step[] {
  if (!debug) return [];
  const off = debug.after.flatMap((line, index) => [
    ...(index === 0 ? [] : [plain(' and ')]),
    code(printable(line)),
  ]);
  return [
    {
      title: 'the debug of one login',
      parts: [
        paragraph([
          plain(
            'To see where a login stops, run this on the FortiGate (global), let the user log in once, and paste what it prints:',
          ),
        ]),
        preformatted(debug.lines),
        paragraph([
          ...(off.length === 0 ? [] : [plain('then '), ...off, plain('. ')]),
          italic(`This unlocks: ${hopNames(debug.unlocks)}.`),
        ]),
      ],
    },
  ];
}

function questionStep({ questions }: PasteCoach): readonly Step[] {
  if (questions.length === 0) return [];
  const items = questions
    .slice(0, QUESTIONS)
    .map((question) => prose(clip(printableProse(question), QUESTION_LIMIT)));
  return [
    {
      title: 'what only you can look at',
      parts: [paragraph([plain('What only you can look at:')]), bullets(items)],
    },
  ];
}
