import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { getRule } from '../../engine/rules/all-rules.ts';
import { hasPush } from '../documents/answer/summary.ts';
import { clip } from '../documents/printable.ts';
import { constant, element } from '../formats/html/markup.ts';
import { box, type Drawing, svg } from './drawing.ts';
import { loginsPicture } from './logins-picture.ts';
import { PICTURE_COLOURS, PICTURE_STYLE } from './picture-style.ts';

/** Slack shows a file about this wide on a phone, so that 12 px of the drawing stay 12 px there. */
const WIDTH = 320;
/** More logins would make the picture too high for a preview, and need memory; the report shows them. */
const MAX_LOGINS = 4;
const ALT_TEXT_LIMIT = 1000;

/** The times of the logins as one SVG document with fixed colours. `undefined` if they do not matter, or are not known. */
export function loginsPictureFile(diagnosis: Diagnosis, alias = diagnosis.device.alias) {
  if (!timesDecide(diagnosis)) return undefined;
  const drawing = loginsPicture(diagnosis, WIDTH, MAX_LOGINS);
  if (drawing === undefined) return undefined;
  return {
    svg: standaloneSvg(drawing),
    filename: `ftm-check-${(alias ?? 'paste').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60)}-times.png`,
    altText: clip(`${drawing.title}: ${drawing.description}`, ALT_TEXT_LIMIT),
  };
}

/**
 * Times matter if a timer is the cause, if a login ran out of time without another explanation, and if one user got
 * in and another did not.
 */
export function timesDecide({ attempts, findings }: Diagnosis): boolean {
  const [first] = findings;
  const waited = attempts.filter(hasPush);
  const failed = waited.filter(({ outcome }) => outcome !== 'succeeded');
  if (first !== undefined && getRule(first.rule)?.isTimer) return true;
  if (failed.length === 0) return false;
  if (waited.length > failed.length && failed.some(({ outcome }) => outcome !== 'incomplete')) return true;
  return first === undefined && failed.some(({ outcome }) => outcome === 'timed-out');
}

/** With fixed colours: the renderer does not support custom properties. */
function standaloneSvg(drawing: Drawing): string {
  const { width, height, parts } = drawing;
  const colours = PICTURE_STYLE.replaceAll(
    /var\((--[a-z]+)\)/g,
    (_, name: keyof typeof PICTURE_COLOURS) => PICTURE_COLOURS[name],
  );
  const style = element('style', constant(colours));
  return svg({ ...drawing, parts: [box(0, 0, width, height, 'page'), ...parts] }, 'times', style).markup;
}
