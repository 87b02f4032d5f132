import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import { sinceHealthyLines, workedAt } from '../../documents/changes/since-healthy-text.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

/** What changed since the device was healthy. */
export function sinceHealthySection(since: SinceHealthy | undefined, place: SectionPlace): readonly Markup[] {
  if (since === undefined) return [];
  const lines = sinceHealthyLines(since);
  return [
    element(
      'section',
      { 'aria-labelledby': place.id('changed') },
      element(place.heading(2), { id: place.id('changed') }, 'Changed since it worked'),
      element('p', {}, `Compared with the check of ${workedAt(since)}, when it worked.`),
      lines.length === 0
        ? element('p', {}, 'No setting that push needs has changed.')
        : element('ul', {}, ...lines.map((line) => element('li', {}, proseMarkup(line)))),
    ),
  ];
}
