import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { hopNames } from '../../documents/answer/next-step-texts.ts';
import { ruleHops } from '../../documents/answer/next-steps.ts';
import { clip, formatNumber, plural, printable } from '../../documents/printable.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

type Check = Diagnosis['checks'][number];

/** In the order in which they matter to a reader. */
const VERDICTS: readonly (readonly [Check['verdict'], string])[] = [
  ['broken', 'broken'],
  ['conflicting', 'contradictory'],
  ['healthy', 'fine'],
  ['unknown', 'not checked'],
  ['not-applicable', 'not applicable'],
];
const WORDS: Readonly<Record<string, string>> = Object.fromEntries(VERDICTS);
const QUOTE_LIMIT = 300;

/** Every check that concerns the question in one table; radio buttons choose which are shown, without a script. */
export function checksSection(diagnosis: Diagnosis, place: SectionPlace): readonly Markup[] {
  const checks = diagnosis.checks.filter(({ unasked }) => !unasked);
  if (checks.length === 0) return [];
  const groups = VERDICTS.map(([verdict, word]) => ({
    verdict,
    word,
    checks: checks.filter((check) => check.verdict === verdict),
  })).filter((group) => group.checks.length > 0);
  return [
    element(
      'section',
      { 'aria-labelledby': place.id('checks'), class: 'checks' },
      element(place.heading(2), { id: place.id('checks') }, 'All checks'),
      element(
        'details',
        element(
          'summary',
          groups.map(({ word, checks: { length } }) => `${formatNumber(length)} ${word}`).join(', '),
        ),
        element(
          'fieldset',
          element('legend', 'Show'),
          choice('all', `all (${formatNumber(checks.length)})`, place),
          ...groups.map(({ verdict, word, checks: { length } }) =>
            choice(verdict, `${word} (${formatNumber(length)})`, place),
          ),
        ),
        element(
          'table',
          element('caption', 'What ftm-check looked at, and what it found'),
          element(
            'thead',
            element(
              'tr',
              ...['Check', 'Verdict', 'Reason'].map((name) => element('th', { scope: 'col' }, name)),
            ),
          ),
          element('tbody', ...groups.flatMap((group) => group.checks.map(checkRow))),
        ),
      ),
    ),
  ];
}

function choice(name: string, text: string, place: SectionPlace): Markup {
  const id = place.id(`only-${name}`);
  const checked = name === 'all';
  const input = { type: 'radio', name: place.id('shown'), class: `only-${name}`, id, checked };
  return element('label', { for: id }, element('input', input), text);
}

function checkRow({ rule, verdict, reason, evidence = [] }: Check): Markup {
  return element(
    'tr',
    { class: verdict },
    element(
      'th',
      { scope: 'row' },
      element('code', rule),
      element('br'),
      element('span', { class: 'muted' }, hopNames(ruleHops([rule]))),
    ),
    element('td', { class: `v-${verdict}` }, WORDS[verdict] ?? verdict),
    element('td', proseMarkup(reason), evidence.length === 0 ? undefined : quotes(evidence)),
  );
}

function quotes(evidence: NonNullable<Check['evidence']>): Markup {
  return element(
    'details',
    element('summary', plural(evidence.length, 'line')),
    element(
      'ul',
      ...evidence.map(({ source, line, text }) =>
        element(
          'li',
          `${printable(source)}, line ${line}: `,
          element('code', clip(printable(text), QUOTE_LIMIT)),
        ),
      ),
    ),
  );
}
