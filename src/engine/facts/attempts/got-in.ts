import { type Attempt, type AttemptMilestones, UNNAMED_USER } from '../attempt.ts';
import { hopIndex } from '../hop.ts';

/** Codes by e-mail and SMS, which are never sent by push (domain notes, section 3.2). */
const SENT_CODE_TYPES: ReadonlySet<number> = new Set([2, 3]);

/**
 * A login that succeeded by its second factor, and not with a typed code. A login with only a password, or with only
 * its last lines in the log, says nothing about push.
 */
export function gotInByPush({ outcome, hops, milestones }: Attempt): boolean {
  return (
    outcome === 'succeeded' &&
    hops[hopIndex('approval')]?.status === 'ok' &&
    isPushSeen(milestones) &&
    milestones.manualCode?.push !== false &&
    !isRadius(milestones) &&
    !SENT_CODE_TYPES.has(milestones.tokenType?.type ?? 0)
  );
}

/** The log shows a push of the FortiGate, or the answer of a phone. */
export function isPushSeen(milestones: AttemptMilestones): boolean {
  const { pushConnect, pushSent, pushAlreadySent, callbackStarted, manualCode } = milestones;
  return (
    (pushConnect ?? pushSent ?? pushAlreadySent ?? callbackStarted) !== undefined || manualCode?.push === true
  );
}

/** A RADIUS server asked for the second factor: its push is not the FortiGate's, and a code looks the same. */
function isRadius({ radiusChallenge, pushSent, pushAlreadySent }: AttemptMilestones): boolean {
  return radiusChallenge !== undefined && (pushSent ?? pushAlreadySent) === undefined;
}

/** The login succeeded without a second-factor question, as the log shows. */
export function gotInWithoutFactor({ outcome, hops }: Attempt): boolean {
  return outcome === 'succeeded' && hops[hopIndex('second-factor')]?.needed === false;
}

/**
 * Failed logins of users who did not succeed later: a retry that worked resolves the failure. A failed push is not
 * resolved by a code that the user typed instead.
 */
export function unresolved(attempts: readonly Attempt[]): readonly Attempt[] {
  const gotInLater = new Set<string>();
  const pushedLater = new Set<string>();
  return attempts
    .toReversed()
    .filter((attempt) => {
      const { outcome, milestones } = attempt;
      const user = identifyUser(attempt);
      // The password was accepted, whatever became of the tunnel.
      if (outcome === 'incomplete' && milestones.granted) gotInLater.add(user);
      if (outcome !== 'succeeded') {
        return !pushedLater.has(user) && (!gotInLater.has(user) || isAboutPush(attempt));
      }
      gotInLater.add(user);
      for (const each of listClients(attempt)) gotInLater.add(each);
      if (gotInByPush(attempt)) pushedLater.add(user);
      return false;
    })
    .toReversed();
}

/** Who logs in: the person, or the client of a login without a name. */
function identifyUser(attempt: Attempt): string {
  return attempt.user === UNNAMED_USER ? (listClients(attempt).at(-1) ?? attempt.user) : attempt.user;
}

/** The address, and the identifier of FortiClient: several clients may share an address. */
function listClients({ trace: { client, signs } }: Attempt): readonly string[] {
  return [client, signs['forticlient-id']?.at(-1)?.fields.id].flatMap((each) => each ?? []);
}

function isAboutPush({ hops, milestones }: Attempt): boolean {
  if (milestones.manualCode?.push === false) return false;
  const broken = hops.find((hop) => hop.status === 'broken');
  return broken === undefined || hopIndex(broken.id) >= hopIndex('push-service');
}
