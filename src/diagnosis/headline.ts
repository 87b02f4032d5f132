import type { Attempt } from '../facts/attempt.ts';
import { type Hop, hopIndex } from '../facts/hop.ts';
import { gotInByPush, unresolved } from '../facts/unresolved.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';

/** What the evidence last shows going well, in a user's words, by the first step that broke. */
const BREAK: Record<Hop, string> = {
  login: 'The login fails before a second factor is asked',
  'second-factor': 'No second factor is asked',
  token: 'The token cannot be used',
  'push-service': 'No push is sent',
  'push-request': 'The push does not leave the FortiGate',
  notification: 'The push was sent, and the phone did not answer',
  callback: 'The phone’s answer does not reach the FortiGate',
  tls: 'The phone’s TLS connection to the FortiGate breaks off',
  approval: 'The approval did not count',
  authorisation: 'The push was approved, and the user was refused all the same',
};

/** The top line of the answer. */
export function headlineOf(
  verdict: Diagnosis['verdict'],
  findings: readonly Finding[],
  attempts: readonly Attempt[],
  brokenHop: Hop | null,
  recognised: boolean,
): string {
  const [first] = findings;
  if (first) return `${first.title}${othersWhoGotIn(attempts)}`;
  if (verdict === 'healthy') return healthyLine(attempts);
  if (!recognised) return 'Nothing here looks like evidence from a FortiGate';
  if (brokenHop) return `${breakLine(brokenHop, attempts)}; nothing here says why, yet`;
  return withoutPush(attempts) ?? 'Nothing here says why, yet';
}

function breakLine(hop: Hop, attempts: readonly Attempt[]): string {
  const failed = unresolved(attempts);
  if (hop === 'second-factor' && failed.length === 0) {
    return `${list(usersWho(attempts, 'succeeded'))} got in with the password alone: no second factor was asked`;
  }
  if (hop === 'approval' && failed.every(({ marks }) => marks.tokenResult && !marks.callbackCompleted)) {
    return 'The second factor was refused, and no answer of a phone is seen';
  }
  if (hop === 'approval' && failed.every(({ marks }) => !(marks.callbackCompleted ?? marks.tokenResult))) {
    return 'The VPN gave up, and no approval is seen';
  }
  return BREAK[hop];
}

/** Somebody got in, and the log does not show that it was by push. */
function withoutPush(attempts: readonly Attempt[]): string | undefined {
  const users = usersWho(attempts, 'succeeded');
  if (users.length === 0 || attempts.some(gotInByPush)) return undefined;
  const typed = attempts.every(
    ({ outcome, hops }) => outcome !== 'succeeded' || hops[hopIndex('approval')]?.status === 'ok',
  );
  return typed
    ? `${list(users)} got in with a typed code: whether push works is not seen here`
    : `${list(users)} got in, and the log does not show by which second factor`;
}

function healthyLine(attempts: readonly Attempt[]): string {
  const users = [...new Set(attempts.filter(gotInByPush).map((each) => each.user))];
  if (users.length === 0) return 'The configuration of push is in order';
  return `${list(users)} got in: push works here`;
}

function othersWhoGotIn(attempts: readonly Attempt[]): string {
  const failed = new Set(attempts.filter((each) => each.outcome !== 'succeeded').map((each) => each.user));
  const fine = usersWho(attempts, 'succeeded').filter((user) => !failed.has(user));
  return failed.size > 0 && fine.length > 0 ? ` · ${list(fine)} got in without trouble` : '';
}

function usersWho(attempts: readonly Attempt[], outcome: Attempt['outcome']): readonly string[] {
  return [...new Set(attempts.filter((each) => each.outcome === outcome).map((each) => each.user))];
}

function list(users: readonly string[]): string {
  if (users.length <= 2) return users.join(' and ');
  return `${users[0]}, ${users[1]} and ${users.length - 2} more`;
}
