import type { Attempt } from '../facts/attempt.ts';
import type { Hop } from '../facts/hop.ts';
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
  tls: 'The phone does not accept the FortiGate’s certificate',
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
  if (brokenHop) return `${BREAK[brokenHop]}; nothing here says why, yet`;
  return 'Nothing here says why, yet';
}

function healthyLine(attempts: readonly Attempt[]): string {
  const users = usersWho(attempts, 'succeeded');
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
