import type { AttemptSummary, Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';
import { formatNumber, joinTexts, list, plural, printable, printableProse } from '../printable.ts';
import { WORDING } from '../wording.ts';

/**
 * ``To watch a login: `/ftm-check fgt-branch-07 --user <name> --live 60` ``, if the configuration is healthy, no
 * login was seen and the inventory allows it. `command`: how a check is requested.
 */
export function healthyHint(
  { verdict, attempts, live, device }: Diagnosis,
  { canWatch = false, command }: { readonly canWatch?: boolean; readonly command: string },
): string {
  const isOpen = verdict === 'healthy' && attempts.length === 0 && live === undefined;
  if (!canWatch || !isOpen || device.alias === undefined) return '';
  return `To watch a login: \`${command} ${printable(device.alias).replaceAll('`', 'ˋ')} --user <name> --live 60\``;
}

/** `push sent 0 s ▸ VPN gave up 80 s ▸ phone answered 94 s` of the first login that ended after its push. */
export function failedTimingText({ attempts, findings }: Diagnosis): string {
  // These rules state it in their summary.
  if (findings.some(({ rule }) => getRule(rule)?.statesTimeToApprove)) return '';
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
  return failed.map((each) => (hasPush(each) ? timingText(each) : '')).find((text) => text !== '') ?? '';
}

export function hasPush({ timing }: AttemptSummary): boolean {
  return timing?.events.some(({ event }) => event === 'push-sent') === true;
}

/** `timed out after 80 s · phone answered at 94 s`. */
export function attemptText(attempt: AttemptSummary): string {
  const { outcome, waitedSeconds: waited, allowedSeconds: allowed, hops } = attempt;
  if (outcome === 'succeeded')
    return joinTexts([
      `got in${waited ? ` (${seconds(waited)})` : ''}`,
      printableProse(attempt.reason ?? ''),
    ]);
  if (attempt.reason !== undefined) return printableProse(attempt.reason);
  const broken = hops.find(({ status }) => status === 'broken');
  const stopped = broken ? `stopped at ${WORDING.hops[broken.id]}` : '';
  if (outcome === 'timed-out') {
    const late = waited !== undefined && allowed !== undefined && waited > allowed;
    const answered = hops.some(({ id, status }) => id === 'callback' && status === 'ok');
    const after = late ? allowed : (waited ?? allowed);
    return joinTexts([
      `timed out${after === undefined ? '' : ` after ${seconds(after)}`}`,
      late && answered ? `phone answered at ${seconds(waited)}` : stopped,
    ]);
  }
  const after = waited === undefined || outcome === 'incomplete' ? '' : ` after ${seconds(waited)}`;
  return joinTexts([`${WORDING.outcomes[outcome]}${after}`, stopped]);
}

/** Empty if `attempts` holds every login of the evidence. */
export function moreAttemptsText({ moreAttempts = 0, otherLogins }: Diagnosis): string {
  const notListed = (count: number) =>
    `${plural(count, 'more login')} in the log ${count === 1 ? 'is' : 'are'} not listed`;
  return joinTexts(
    [
      moreAttempts > 0
        ? `${notListed(moreAttempts)}: the list has the first and the last of each outcome.`
        : '',
      otherLogins
        ? `${notListed(otherLogins.count)}: no VPN asked for ${otherLogins.count === 1 ? 'it' : 'them'} in this log. ${otherLogins.count === 1 ? 'It' : 'They'} may belong to an administrator, a portal, a proxy, or a VPN without debug.`
        : '',
    ],
    ' ',
  );
}

/** `push sent 0 s ▸ VPN gave up 80 s ▸ phone answered 94 s`; empty if the log does not show it. */
function timingText({ timing }: AttemptSummary): string {
  if (!timing) return '';
  const last = Math.max(0, ...timing.events.map((each) => each.seconds));
  const limits = timing.limits.filter((each) => each.seconds <= last);
  const gaveUp = limits.some(({ limit }) => limit === 'vpn');
  const moments = [
    ...timing.events
      .filter(({ event }) => !(gaveUp && event === 'vpn-ended') && event !== 'phone-connected')
      .map(({ event, seconds: at }) => ({ text: WORDING.milestones[event], at })),
    ...limits.map(({ limit, seconds: at }) => ({ text: WORDING.loginLimits[limit], at })),
  ].toSorted((a, b) => a.at - b.at);
  return moments.length < 2 ? '' : moments.map(({ text, at }) => `${text} ${seconds(at)}`).join(' ▸ ');
}

function seconds(value: number): string {
  return `${formatNumber(value)} s`;
}

/**
 * How far the evidence goes if it does not show the cause: `Fine so far: login and token. Not shown: whether a push
 * was sent.` Empty if no hop is fine, or all are.
 */
export function seenSoFar(diagnosis: Diagnosis): string {
  if (diagnosis.verdict !== 'inconclusive') return '';
  return joinTexts([inOrderText(diagnosis), withoutTimesText(diagnosis)], ' ');
}

/** Settings that are in order say nothing of how far a login came. */
function inOrderText({ attempts, hops }: Diagnosis): string {
  if (attempts.length === 0) return '';
  const last = hops.findLastIndex(({ status }) => status === 'ok');
  const next = hops.slice(last + 1).find(({ status }) => status === 'unknown');
  // A step that broke shows that the login came past those before it.
  const isPassed = hops.slice(last + 1).some(({ status }) => status === 'broken');
  if (last === -1 || next === undefined || isPassed) return '';
  const fine = hops.filter(({ status }) => status === 'ok').map(({ id }) => WORDING.hops[id]);
  return `Fine so far: ${list(fine)}. Not shown: ${WORDING.hopSigns[next.id]}.`;
}

/** Only times show that an answer came too late. */
function withoutTimesText({ attempts, firstBrokenHop }: Diagnosis): string {
  const hasTimes = attempts.some(({ startedAt }) => startedAt !== undefined);
  return firstBrokenHop === 'approval' && attempts.length > 0 && !hasTimes
    ? 'The log has no times, so it cannot show whether the phone answered too late.'
    : '';
}

/** `3 password hashes, 1 serial number`, or empty when nothing was hidden. */
export function redactionText({ byKind }: Diagnosis['redactions']): string {
  return Object.entries(byKind)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([kind, count]) => {
      // A forged job may count `constructor`, which every object has.
      const known = Object.hasOwn(WORDING.secrets, kind) ? WORDING.secrets[kind] : undefined;
      const [one, many] = known ?? [printableProse(kind), printableProse(kind)];
      return plural(count, one, many);
    })
    .join(', ');
}

/** `Read: 1 text, 212 lines of a FortiGate-60F; 34 checks fine.` Empty if nothing was read. */
export function readText({ sources, device, checks }: Diagnosis): string {
  if (sources.length === 0) return '';
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  const fine = checks.filter(({ verdict }) => verdict === 'healthy').length;
  return [
    `Read: ${plural(sources.length, 'text')}, ${plural(lines, 'line')}`,
    device.model === undefined ? '' : ` of a ${printable(device.model)}`,
    fine === 0 ? '' : `; ${plural(fine, 'check')} fine`,
    '.',
  ].join('');
}

export function tookText(tookMs: number): string {
  return `${(tookMs / 1000).toFixed(tookMs < 10_000 ? 1 : 0)} s`;
}
