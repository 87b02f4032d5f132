import type { AttemptSummary, Diagnosis } from '../diagnosis/diagnosis.ts';
import { foldFindings } from './folded-findings.ts';
import { clip, formatNumber, list, plural, printable, printableProse } from './printable.ts';
import { ENGLISH_WORDING, type Wording } from './wording.ts';

/** `FortiGate-60F · FortiOS 7.2.8 · 1 broken, 34 fine, 3 could not be checked`. */
export function summaryParts(diagnosis: Diagnosis): readonly string[] {
  return [...deviceParts(diagnosis), ...sourceParts(diagnosis), countsPart(diagnosis.checks)].filter(
    (part) => part !== '',
  );
}

function deviceParts({ device, sources }: Diagnosis): readonly string[] {
  const host = device.hostname === device.alias ? undefined : device.hostname;
  const high =
    device.haMode === undefined || /standalone/i.test(device.haMode) ? undefined : `HA ${device.haMode}`;
  return [
    host,
    device.model,
    device.version && `FortiOS ${device.version}`,
    device.vdomMode === 'multi' ? vdomsText(sources) : undefined,
    high,
    device.algorithms === 'legacy' ? 'read over old SSH algorithms' : undefined,
  ].flatMap((part) => (part ? [printableProse(part)] : []));
}

/** A check reads one VDOM of several, and names it behind the commands that it sent there. */
const OF_VDOM = /^(?:show|get|diagnose) .+ \(vdom (\S+)\)$/;

function vdomsText(sources: Diagnosis['sources']): string {
  const read = new Set(sources.flatMap(({ name }) => OF_VDOM.exec(name)?.[1] ?? []));
  return read.size === 0 ? 'several VDOMs' : `of its VDOMs only ${list([...read])} was read`;
}

/** What was read, where no device tells: `debug log, 5,212 lines`. */
function sourceParts({ device, sources }: Diagnosis): readonly string[] {
  if (device.model !== undefined || sources.length === 0) return [];
  const kinds = [...new Set(sources.flatMap((source) => source.kinds))];
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return [`${kinds.map(printableProse).join(' + ')}, ${plural(lines, 'line')}`];
}

function countsPart(checks: Diagnosis['checks']): string {
  const count = (verdict: Diagnosis['checks'][number]['verdict']) =>
    checks.filter((check) => check.verdict === verdict).length;
  const counts: readonly (readonly [number, string])[] = [
    [count('broken'), 'broken'],
    [count('healthy'), 'fine'],
    [count('conflicting'), 'contradictory'],
    [count('unknown'), 'could not be checked'],
  ];
  return counts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

/** `94 s of 80 s`: how long the user took, of how long the VPN waits. */
export function waitedText({ waitedSeconds, allowedSeconds, outcome }: AttemptSummary): string {
  if (waitedSeconds === undefined) return '–';
  const waited = `${formatNumber(waitedSeconds)} s`;
  return allowedSeconds === undefined || outcome === 'succeeded'
    ? waited
    : `${waited} of ${formatNumber(allowedSeconds)} s`;
}

/** `timed out · waited 94 s of 80 s · broke at approval · started 09:12:04`. */
export function attemptText(attempt: AttemptSummary): string {
  const { outcome, startedAt } = attempt;
  const waited = waitedText(attempt);
  const broke = brokeAt(attempt);
  return [
    ENGLISH_WORDING.outcomes[outcome],
    waited === '–' ? '' : `waited ${waited}`,
    broke === '–' ? '' : `broke at ${broke}`,
    startedAt === undefined ? '' : `started ${clip(printable(startedAt), 40)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Empty where `attempts` holds every login of the evidence. */
export function moreAttemptsText({ moreAttempts = 0, otherLogins }: Diagnosis): string {
  const notListed = (count: number) =>
    `${plural(count, 'more login')} in the log ${count === 1 ? 'is' : 'are'} not listed`;
  return [
    moreAttempts > 0 ? `${notListed(moreAttempts)}: of each outcome the first and the last stand here.` : '',
    otherLogins
      ? `${notListed(otherLogins.count)}: by this log no VPN asked for ${otherLogins.count === 1 ? 'it' : 'them'}. An administrator, a portal or a proxy may have, or a VPN whose debug was off.`
      : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/**
 * How far evidence goes that does not say why: `In order so far: login and token. Nothing here shows whether a push was
 * sent.` Empty where nothing is in order, or all is.
 */
export function seenSoFar(diagnosis: Diagnosis, words: Wording = ENGLISH_WORDING): string {
  if (diagnosis.verdict !== 'inconclusive') return '';
  return [inOrderText(diagnosis, words), withoutTimesText(diagnosis)].filter((text) => text !== '').join(' ');
}

function inOrderText({ hops }: Diagnosis, words: Wording): string {
  const last = hops.findLastIndex(({ status }) => status === 'ok');
  const next = hops.slice(last + 1).find(({ status }) => status === 'unknown');
  if (last === -1 || next === undefined) return '';
  const fine = hops.filter(({ status }) => status === 'ok').map(({ id }) => words.hops[id]);
  return `In order so far: ${list(fine)}. Nothing here shows ${words.hopSigns[next.id]}.`;
}

/** An answer that came too late is known by its time alone. */
function withoutTimesText({ attempts, firstBrokenHop }: Diagnosis): string {
  if (firstBrokenHop !== 'approval' || attempts.some(({ startedAt }) => startedAt !== undefined)) return '';
  return attempts.length === 0
    ? ''
    : 'The log has no times, so it cannot show whether the answer came too late.';
}

/** Where several things break one step of the device, mending the first moves nothing by itself. */
export function allNeededText(
  { findings, firstBrokenHop }: Diagnosis,
  words: Wording = ENGLISH_WORDING,
): string {
  const stopped = firstBrokenHop === null ? undefined : words.hopStops[firstBrokenHop];
  const count = foldFindings(findings).filter(({ finding }) => finding.hop === firstBrokenHop).length;
  if (stopped === undefined || count < 2) return '';
  if (count === 2) return `Findings 1 and 2 can each stop ${stopped}: mend both.`;
  return `Findings 1 to ${count} can each stop ${stopped}: mend all of them.`;
}

/** The hop an attempt broke at, or that nobody saw it break. */
export function brokeAt(attempt: AttemptSummary, words: Wording = ENGLISH_WORDING): string {
  const broken = attempt.hops.find((hop) => hop.status === 'broken');
  return broken ? words.hops[broken.id] : '–';
}

/** `3 password hashes and 1 serial number`, or empty when nothing was hidden. */
export function redactionText({ byKind }: Diagnosis['redactions'], words: Wording = ENGLISH_WORDING): string {
  return list(
    Object.entries(byKind)
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .map(([kind, count]) => {
        const [one, many] = words.secrets[kind] ?? [printableProse(kind), printableProse(kind)];
        return plural(count, one, many);
      }),
  );
}

export function tookText(tookMs: number): string {
  return `${(tookMs / 1000).toFixed(tookMs < 10_000 ? 1 : 0)} s`;
}
