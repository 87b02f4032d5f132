import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';

import { plainOr } from '../shared/fix.ts';
import { nameList, usersInQuestion } from '../shared/logins.ts';
import { PUSH_SENDER, pushSender } from '../shared/push-sender.ts';
import { vpnUsers } from '../shared/second-factor.ts';
import { vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'fortitoken-cloud-user',
  title: 'The user’s pushes come from FortiToken Cloud',
  severity: 'medium',
  hop: 'second-factor',
  number: 65,
  forCustomer: 'the account gets its codes from a different service than expected',
  disturbs: 'only this account',
  place: 'in FortiToken Cloud, which sends the pushes of this user',
  leavesFortigate: true,
  answers: [
    [
      'change',
      'Nothing on the FortiGate has to be changed in `system ftm-push`: FortiToken Cloud sends these pushes.',
    ],
    ['buy', ''],
    ['rollback', ''],
    ['vendor', ''],
    ['token', ''],
    ['verify', '`diagnose fortitoken-cloud show users` shows the users of FortiToken Cloud.'],
    ['where', 'Pushes of this user are looked up in FortiToken Cloud, not in `config system ftm-push`.'],
    // `do I look in the wrong place?`
    [
      /\bdebug\b|\bwrong place\b|\bftm-push\b|\bfalsche\w? Stelle/i,
      '`ftm-push` shows none of its pushes: `diagnose fortitoken-cloud debug enable` and the FortiToken Cloud portal do.',
    ],
  ],
  descriptions: [
    {
      all: ['cloudToken', NO_PUSH, 'ftmPush|others|half|user'],
      or: [['cloudToken', 'ftmPush not|void']],
      also: ['ftmPush', 'others works|shows|token / others', 'ftmPush not'],
      not: ['cloudOff', 'quota', 'all code', 'provision fails'],
      title: 'The user’s pushes come from FortiToken Cloud',
      fix: 'Nothing in `config system ftm-push`, its port or its certificate concerns these users. Look at the user and the realm in the FortiToken Cloud portal, and at what the FortiGate knows: `diagnose fortitoken-cloud show user <user> <vdom>`. If the phone was changed, send the activation again from there.',
    },
  ],
  needs: ['localUsers'],
  wants: PUSH_SENDER,
  versions: '6.2.0 and later',
  references: ['KB275159'],
  check(facts, context) {
    const users = vpnUsers(facts.localUsers.value, vpnAccess(facts));
    const cloud = users.filter((user) => user.twoFactor.value === 'fortitoken-cloud');
    if (cloud.length === 0) return notApplicable('no user of the evidence is a FortiToken Cloud user');
    const logins = valueIfKnown(facts.attempts) ?? [];
    const named = usersInQuestion(users, logins, context);
    const affected = named.filter((user) => cloud.includes(user));
    if (affected.length > 0) return sentByCloud(affected, 'certain');
    const succeeded = logins.find(
      ({ user, outcome }) => outcome === 'succeeded' && cloud.some((each) => sameUser(each.name, user)),
    );
    if (named.length === 0 && !succeeded && pushSender(facts, context).kind === 'elsewhere') {
      return sentByCloud(cloud, 'likely');
    }
    return healthy(
      `pushes to ${nameList(cloud.map((user) => user.name))} come from FortiToken Cloud; the question is not about them`,
      cloud.flatMap((user) => user.twoFactor.quotes),
    );
  },
});

/**
 * `likely` if no user is named: FortiToken Cloud certainly sends these users' pushes, but the question may be about
 * others.
 */
function sentByCloud(users: readonly LocalUser[], confidence: 'certain' | 'likely'): Judgement {
  const names = nameList(users.map((user) => user.name));
  return broken(confidence, {
    title: `Pushes to ${names} come from FortiToken Cloud, not from this FortiGate`,
    summary: `${names} ${users.length === 1 ? 'has' : 'have'} \`two-factor fortitoken-cloud\`: the cloud sends the push and takes the answer, and \`system ftm-push\` is not involved.`,
    evidence: users.flatMap((user) => user.twoFactor.quotes),
    fix: `Look at the user and the realm in the FortiToken Cloud portal, and at what the FortiGate knows: \`diagnose fortitoken-cloud show user ${plainOr(users.length === 1 ? names : '', '<user>')} ${plainOr(users[0]?.vdom ?? '', '<vdom>')}\`.`,
  });
}
