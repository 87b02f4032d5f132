import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../fix.ts';
import { nameList, usersInQuestion } from '../logins.ts';
import { REFERENCES } from '../references.ts';

export const fortitokenCloudUser = defineRule({
  id: 'fortitoken-cloud-user',
  title: 'The user’s token lives in FortiToken Cloud',
  severity: 'medium',
  needs: ['localUsers'],
  wants: ['attempts'],
  versions: '6.2.0 and later',
  references: [REFERENCES.KB275159],
  check({ localUsers, attempts }, context) {
    const cloud = localUsers.value.filter((user) => user.twoFactor.value === 'fortitoken-cloud');
    if (cloud.length === 0) {
      return { verdict: 'not-applicable', reason: 'no user of the evidence is a FortiToken Cloud user' };
    }
    const named = usersInQuestion(localUsers.value, valueIfKnown(attempts), context);
    const affected = named.filter((user) => cloud.includes(user));
    if (affected.length === 0) {
      return {
        verdict: 'healthy',
        reason: `pushes to ${nameList(cloud.map((user) => user.name))} come from FortiToken Cloud; nobody asked about them`,
        evidence: cloud.flatMap((user) => user.twoFactor.quotes),
      };
    }
    const names = nameList(affected.map((user) => user.name));
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `Pushes to ${names} come from FortiToken Cloud, not from this FortiGate`,
      summary: `${names} has \`two-factor fortitoken-cloud\`: the cloud sends the push and takes the answer, and \`system ftm-push\` is not involved. What this check says about the callback does not concern these users.`,
      evidence: affected.flatMap((user) => user.twoFactor.quotes),
      fix: noCliFix(
        'Look at the user and the realm in the FortiToken Cloud portal; on the FortiGate, `diagnose fortitoken-cloud show user <user> <vdom>` shows what it knows.',
      ),
    };
  },
});
