import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { portLine } from '../../documents/answer/port-line.ts';
import { attemptText, moreAttemptsText, seenSoFar } from '../../documents/answer/summary.ts';
import { loginTimeline } from '../../documents/answer/time-line.ts';
import { printable } from '../../documents/printable.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { svg } from '../../picture/drawing.ts';
import { loginsPicture } from '../../picture/logins-picture.ts';
import { stepsAcross, stepsDown } from '../../picture/steps-picture.ts';
import { evidenceFigures, type SourceLines } from './evidence-section.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

const WIDE = 760;
const NARROW = 380;

/** The hops as a picture, with their evidence. */
export function stepsSection(diagnosis: Diagnosis, linesOf: SourceLines, place: SectionPlace): Markup {
  const shown = diagnosis.hops.filter(({ evidence }) => evidence.length > 0);
  return element(
    'section',
    { 'aria-labelledby': place.id('steps') },
    element(place.heading(2), { id: place.id('steps') }, 'Login path'),
    element('div', { class: 'steps-across' }, svg(stepsAcross(diagnosis), place.id('steps-across'))),
    element('div', { class: 'steps-down' }, svg(stepsDown(diagnosis), place.id('steps-down'))),
    ...paragraphs([seenSoFar(diagnosis), portLine(diagnosis.portMap)]),
    shown.length === 0
      ? undefined
      : element(
          'details',
          {},
          element('summary', {}, 'Evidence of each step'),
          ...shown.flatMap(({ id, status, evidence }) => [
            element(place.heading(3), {}, `${ENGLISH_WORDING.hops[id]}: ${ENGLISH_WORDING.hopWords[status]}`),
            ...evidenceFigures(evidence, [], linesOf),
          ]),
        ),
  );
}

/** Every login with its outcome, and a picture of its times. */
export function loginsSection(diagnosis: Diagnosis, place: SectionPlace): readonly Markup[] {
  const wide = loginsPicture(diagnosis, WIDE);
  const narrow = loginsPicture(diagnosis, NARROW);
  const time = loginTimeline(diagnosis);
  const { attempts } = diagnosis;
  if (!wide && attempts.length === 0 && time === '') return [];
  return [
    element(
      'section',
      { 'aria-labelledby': place.id('logins') },
      element(
        place.heading(2),
        { id: place.id('logins') },
        attempts.length === 0 ? 'Time to approve' : 'Logins',
      ),
      ...(wide && narrow
        ? [
            element('div', { class: 'time-wide' }, svg(wide, place.id('time-wide'))),
            element('div', { class: 'time-narrow' }, svg(narrow, place.id('time-narrow'))),
          ]
        : []),
      attempts.length === 0
        ? undefined
        : element(
            'ul',
            {},
            ...attempts.map((attempt) =>
              element('li', {}, element('strong', {}, printable(attempt.user)), `: ${attemptText(attempt)}`),
            ),
          ),
      ...paragraphs([moreAttemptsText(diagnosis), time]),
    ),
  ];
}

function paragraphs(texts: readonly string[]): readonly Markup[] {
  return texts.filter((text) => text !== '').map((text) => element('p', {}, proseMarkup(text)));
}
