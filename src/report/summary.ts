import type { AttemptSummary, Diagnosis } from '../diagnosis/diagnosis.ts';
import { clip, formatNumber, list, plural, printable, printableProse } from './printable.ts';
import { ENGLISH, type Wording } from './wording.ts';

/** `FortiGate-60F · FortiOS 7.2.8 · 1 broken, 34 fine, 3 could not be checked`. */
export function summaryParts(diagnosis: Diagnosis): readonly string[] {
  return [...deviceParts(diagnosis.device), ...sourceParts(diagnosis), countsPart(diagnosis.checks)].filter(
    (part) => part !== '',
  );
}

function deviceParts(device: Diagnosis['device']): readonly string[] {
  const host = device.hostname === device.alias ? undefined : device.hostname;
  const high =
    device.haMode === undefined || /standalone/i.test(device.haMode) ? undefined : `HA ${device.haMode}`;
  return [
    host,
    device.model,
    device.version && `FortiOS ${device.version}`,
    device.vdomMode === 'multi' ? 'several VDOMs' : undefined,
    high,
    device.algorithms === 'legacy' ? 'read over old SSH algorithms' : undefined,
  ].flatMap((part) => (part ? [printableProse(part)] : []));
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
    ENGLISH.outcomes[outcome],
    waited === '–' ? '' : `waited ${waited}`,
    broke === '–' ? '' : `broke at ${broke}`,
    startedAt === undefined ? '' : `started ${clip(printable(startedAt), 40)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Empty where `attempts` holds every login of the evidence. */
export function moreAttemptsText({ moreAttempts = 0 }: Diagnosis): string {
  if (moreAttempts === 0) return '';
  return `${plural(moreAttempts, 'more login')} in the log ${moreAttempts === 1 ? 'is' : 'are'} not listed: of each outcome the first and the last stand here.`;
}

/** `In order so far: login and token. Nothing here shows the push request.` Empty where nothing is in order, or all is. */
export function seenSoFar({ verdict, hops }: Diagnosis, words: Wording = ENGLISH): string {
  const last = hops.findLastIndex(({ status }) => status === 'ok');
  const next = hops.slice(last + 1).find(({ status }) => status === 'unknown');
  if (verdict !== 'inconclusive' || last === -1 || next === undefined) return '';
  const fine = hops.filter(({ status }) => status === 'ok').map(({ id }) => words.hops[id]);
  return `In order so far: ${list(fine)}. Nothing here shows the ${words.hops[next.id]}.`;
}

/** The hop an attempt broke at, or that nobody saw it break. */
export function brokeAt(attempt: AttemptSummary, words: Wording = ENGLISH): string {
  const broken = attempt.hops.find((hop) => hop.status === 'broken');
  return broken ? words.hops[broken.id] : '–';
}

/** `3 password hashes and 1 serial number`, or empty when nothing was hidden. */
export function redactionText({ byKind }: Diagnosis['redactions'], words: Wording = ENGLISH): string {
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
