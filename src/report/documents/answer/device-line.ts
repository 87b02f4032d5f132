import { excludedRules } from '../../../engine/diagnosis/compare.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { placeText } from '../places.ts';
import { clip, joinTexts, list, plural, printable, printableProse } from '../printable.ts';
import { startTimes } from './logins.ts';
import { tookText } from './summary.ts';

/** What was requested, by whom, and how long the answer took. */
export interface RequestDetails {
  readonly askerName?: string;
  readonly alias?: string;
  readonly user?: string;
  readonly vdom?: string;
  readonly tookMs?: number;
  /** Whether the inventory allows live checks of this device. */
  readonly canWatch?: boolean;
}

/**
 * Parts of the line below the headline: the device or the text that was read, then the request. Code is in backticks.
 */
export function deviceLine(diagnosis: Diagnosis, question: RequestDetails = {}): string {
  const { askerName, user = diagnosis.askedUser?.name, vdom, tookMs } = question;
  return joinTexts([
    printableProse(diagnosis.whoFails ?? ''),
    ...nameParts(diagnosis, question),
    placeText(diagnosis.device),
    ...deviceParts(diagnosis),
    ...textParts(diagnosis),
    ...healthyParts(diagnosis),
    askedText({ askerName, user, vdom }),
    narrowPart(diagnosis),
    tookMs === undefined ? '' : tookText(tookMs),
  ]);
}

/** Same for a failed request, which has no diagnosis. */
export function questionLine(question: RequestDetails): string {
  const { alias, tookMs } = question;
  return joinTexts([
    alias === undefined ? '' : name(alias),
    askedText(question),
    tookMs === undefined ? '' : tookText(tookMs),
  ]);
}

const NAME_LIMIT = 100;
const MAX_VDOMS = 4;

function name(text: string): string {
  return `\`${clip(printable(text).replaceAll('`', 'ˋ'), NAME_LIMIT)}\``;
}

function nameParts({ device }: Diagnosis, { alias = device.alias }: RequestDetails): readonly string[] {
  const names = [alias, device.hostname === alias ? undefined : device.hostname];
  return names.flatMap((shown) => (shown ? [name(shown)] : []));
}

function deviceParts({ device, sources }: Diagnosis): readonly string[] {
  const inCluster = device.haMode !== undefined && !/standalone/i.test(device.haMode);
  return [
    device.version === undefined ? '' : `FortiOS ${printableProse(device.version)}`,
    device.vdomMode === 'multi' ? vdomsText(sources) : '',
    inCluster ? `HA ${printableProse(device.haMode ?? '')}` : '',
    device.algorithms === 'legacy' ? 'read over old SSH algorithms' : '',
  ];
}

/** A check names the VDOM of each command that it ran in one. */
const OF_VDOM = /^(?:show|get|diagnose) .+ \(vdom (\S+)\)$/;

function vdomsText(sources: Diagnosis['sources']): string {
  const read = [...new Set(sources.flatMap(({ name: each }) => OF_VDOM.exec(each)?.[1] ?? []))];
  if (read.length === 0) return 'several VDOMs';
  const shown = read.slice(0, MAX_VDOMS).map(name);
  const rest = read.length - shown.length;
  const names = list(rest > 0 ? [...shown, `${rest} more`] : shown);
  return `${read.length === 1 ? 'VDOM' : 'VDOMs'} ${names}`;
}

/** `debug log · logins 09:12:04–09:14:31 · 5,212 lines`, if no device was identified. */
function textParts(diagnosis: Diagnosis): readonly string[] {
  const { device, sources } = diagnosis;
  if (device.model !== undefined || sources.length === 0) return [];
  const kinds = [...new Set(sources.flatMap((source) => source.kinds))].map(printableProse);
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return [kinds.join(' + '), loginTimes(diagnosis), plural(lines, 'line')];
}

function loginTimes({ attempts }: Diagnosis): string {
  const starts = startTimes(attempts);
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined) return '';
  return first === last ? `login ${first}` : `logins ${first}–${last}`;
}

/** `only logins from 203.0.113.7 since 09:12`, `upgrade to 7.4.9`. */
function narrowPart({ narrowedTo, upgradeTo }: Diagnosis): string {
  if (upgradeTo !== undefined) return `upgrade to ${name(upgradeTo)}`;
  if (!narrowedTo) return '';
  const { client, since, until, symptom } = narrowedTo;
  const logins = [
    client === undefined ? '' : ` from ${name(client)}`,
    since === undefined ? '' : ` since ${printableProse(since)}`,
    until === undefined ? '' : ` until ${printableProse(until)}`,
  ].join('');
  return joinTexts([
    logins === '' ? '' : `only logins${logins}`,
    symptom === undefined ? '' : `FortiClient shows ${name(symptom)}`,
  ]);
}

/** A green answer shows what it is based on. */
function healthyParts(diagnosis: Diagnosis): readonly string[] {
  const { verdict, attempts, live, upgradeTo } = diagnosis;
  if (verdict !== 'healthy') return [];
  const asked = diagnosis.checks.filter(({ unasked }) => !unasked);
  const excluded = excludedRules({ checks: asked }).size;
  const isUnwatched = attempts.length === 0 && live === undefined && upgradeTo === undefined;
  return [
    excluded === 0 ? '' : `${plural(excluded, 'cause')} excluded`,
    isUnwatched && !diagnosis.headline.includes(UNWATCHED) ? UNWATCHED : '',
  ];
}

const UNWATCHED = 'no login was watched';

/** ``asked by Ana Ruiz for `marlow` in VDOM `edge` ``. */
function askedText({ askerName, user, vdom }: RequestDetails): string {
  const who = askerName === undefined ? '' : clip(printableProse(askerName).replaceAll('`', 'ˋ'), NAME_LIMIT);
  const whom = user === undefined ? '' : name(user);
  const where = vdom === undefined ? '' : `VDOM ${name(vdom)}`;
  const about = whom !== '' && where !== '' ? `${whom} in ${where}` : `${whom}${where}`;
  if (who === '') return about === '' ? '' : `asked for ${about}`;
  return about === '' ? `asked by ${who}` : `asked by ${who} for ${about}`;
}
