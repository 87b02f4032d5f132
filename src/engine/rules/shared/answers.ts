import type { RuleAnswer } from '../rule.ts';

/** `is it safe?` of settings of `config system ftm-push` */
export const ONLY_PUSH: RuleAnswer = [
  'risk',
  'It changes only push: no session and no other login is touched.',
];

/** `is it safe?` of `append allowaccess ftm` */
export const OPENS_PUSH_PORT: RuleAnswer = [
  'risk',
  'It ends no session and opens only the push port, not the admin page, to every source; callers are asked for a certificate.',
];

/** `is it safe?` of another `server-port` */
export const MOVES_PUSH_PORT: RuleAnswer = [
  'risk',
  'It ends no session; forwards and local-in policies for the old push port have to name the new one.',
];

/** `is it safe?` of another release */
export const UPGRADE_RESTARTS: RuleAnswer = [
  'risk',
  'The upgrade restarts the FortiGate, which ends every session: plan a maintenance window.',
];

/** `can I just set allowaccess ftm?` */
export const SET_ALLOWACCESS: RuleAnswer = [
  /\bset allowaccess\b/i,
  'No: `set allowaccess ftm` replaces the list and can cut off HTTPS and SSH; `append` adds to it.',
];

/** `can we limit 4433 to our own addresses?` */
export const LIMIT_SOURCES: RuleAnswer = [
  /\b(?:limit|restrict|einschränken|begrenzen)\b/i,
  'Hardly: phones answer from any network, so a local-in policy can leave out countries, but not name addresses.',
];

/** `do we need another licence?` where an account has no token */
export const NEEDS_FREE_TOKEN: RuleAnswer = [
  'buy',
  'Only if `show user fortitoken` lists no free FortiToken Mobile; a registered FortiGate has two free trial tokens.',
];

/** `why only her?` where tokens cannot be activated */
export const ONLY_NEW_TOKENS: RuleAnswer = ['who', 'Only new tokens: active ones still work.'];

/** `why only them?` where a tunnel cannot send a push */
export const NO_PUSH_IN_TUNNEL: RuleAnswer = [
  'who',
  'Every user of this tunnel: none gets a push, all can type the code.',
];

/** `can I just raise two-factor-ftm-expiry?` */
export const EXPIRY_IN_HOURS: RuleAnswer = [
  /\bftm-expiry\b/i,
  'No: `two-factor-ftm-expiry` is in hours and limits only the activation of a token.',
];

/** `can I tell the customer that his users are too slow?` */
export const USERS_TOO_SLOW: RuleAnswer = [
  /\ban (?:seinen|ihren|den|unseren|meinen) (?:Leuten|Benutzern|Anwendern|Mitarbeitern)\b|\busers?\b.{0,15}\b(?:too slow|fault)\b/i,
  'No: the time to approve that the FortiGate gives is short.',
];
