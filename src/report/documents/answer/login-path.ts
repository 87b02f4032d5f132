import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { isWarning } from '../../../engine/diagnosis/hops.ts';
import { hopIndex, PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { WORDING } from '../wording.ts';

/**
 * The steps that this login needs: a login by password has none of push, nor has one that stops at a step of every
 * login before any step of push was seen.
 */
export function neededHops({ hops, firstBrokenHop }: Diagnosis): Diagnosis['hops'] {
  const needed = hops.filter((hop) => hop.needed !== false);
  if (firstBrokenHop === null) return needed;
  const isAboutPush =
    PUSH_HOPS.has(firstBrokenHop) || needed.some((hop) => PUSH_HOPS.has(hop.id) && isSeen(hop));
  return isAboutPush ? needed : needed.filter(({ id }) => !PUSH_HOPS.has(id));
}

/** Without a cause or proof, only the steps that were seen: no row of question marks. */
export function shownHops(diagnosis: Diagnosis): Diagnosis['hops'] {
  const { verdict, findings } = diagnosis;
  const needed = neededHops(diagnosis);
  return verdict === 'healthy' || findings.length > 0 ? needed : needed.filter(isSeen);
}

function isSeen({ status }: Diagnosis['hops'][number]): boolean {
  return status === 'ok' || status === 'broken';
}

/** `Login path: 4 of 12 steps fine, stops at callback`. */
export function loginPathTitle(diagnosis: Diagnosis): string {
  const { firstBrokenHop, findings, attempts } = diagnosis;
  const hops = neededHops(diagnosis);
  const fine = hops.filter(({ status }) => status === 'ok').length;
  const unseen = hops.filter(({ status }) => status === 'unknown').length;
  if (fine === hops.length) return `Login path: all ${hops.length} steps fine`;
  if (firstBrokenHop !== null) {
    const seen = fine === 0 ? '' : `${fine} of ${hops.length} steps fine, `;
    const shown = findings.find(({ hop }) => hop === firstBrokenHop);
    const isSent = hopIndex(firstBrokenHop) >= hopIndex('push-service');
    const isIn = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'succeeded');
    const how =
      isIn && isSent
        ? 'push stops at'
        : isIn
          ? 'goes past'
          : shown && isWarning(shown)
            ? 'may soon stop at'
            : 'stops at';
    return `Login path: ${seen}${how} ${WORDING.hops[firstBrokenHop]}`;
  }
  if (fine === 0) return 'Login path: no step was seen';
  return `Login path: ${fine} of ${hops.length} steps fine, ${unseen} not seen`;
}

/** Below the path of a login that got in without push: what is behind the tunnel. */
export function beyondPath({ proof, hops }: Diagnosis): string {
  const isUp = proof === 'login' && hops.some(({ id, status }) => id === 'tunnel' && status === 'ok');
  const isAboutPush = hops.some(({ id, needed }) => id === 'second-factor' && needed !== false);
  return isUp && !isAboutPush ? 'Not looked at: what opens through the tunnel (routes, policies, DNS).' : '';
}
