import { sameUser } from '../../facts/accounts/same-user.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { vdomFix } from '../shared/fix.ts';
import { nameList, usersInQuestion } from '../shared/logins.ts';

/** `FortiToken Cloud authentication failed for user 'wren': quota exceeded` */
const QUOTA = /\bquota\b/i;

export const rule = defineRule({
  id: 'fortitoken-cloud-quota',
  title: 'FortiToken Cloud has no quota left, or does not know this FortiGate',
  severity: 'high',
  hop: 'token',
  number: 67,
  forCustomer: 'the service that sends requests to phones has no free place for the account',
  disturbs: 'nobody: elsewhere',
  stops: 'every user of FortiToken Cloud',
  place: 'in FortiToken Cloud, which refused the login',
  leavesFortigate: true,
  answers: [
    // `what is using them?`
    [
      /\b(?:eat|use|tak)(?:s|es|ing)\b|\bverbrauch\w*|\bbelegt\b|\bconsomm\w*|\bgasta\w*|\bconsum\w*|\bverbruik\w*/i,
      'The quota of the realm counts, not the total: the FortiToken Cloud portal shows both, and the users who hold it.',
    ],
    [
      'buy',
      'More quota has to be bought if the FortiToken Cloud portal shows none left; else none is missing.',
    ],
    ['token', ''],
    [
      'verify',
      'The FortiToken Cloud portal shows the quota of the realm and whether it knows this FortiGate.',
    ],
    ['where', 'The quota is set in the FortiToken Cloud portal, for each realm.'],
    ['elsewhere', 'Users who have a token in FortiToken Cloud may get in while new ones find no quota.'],
    ['prevent', 'A look at the quota of the realm before new users are added avoids it.'],
  ],
  descriptions: [
    {
      all: ['cloudToken', 'quota', 'provision|user|new fails|not|quota / newUser'],
      or: [
        ['cloudToken', 'nthUser'],
        ['cloudToken', 'quota', 'fails|not'],
        ['cloudToken|portal', 'quota not'],
      ],
      also: ['quota not', 'old|others|user works', 'new fails / provision fails|not'],
      not: ['cloudOff'],
      title: 'FortiToken Cloud has no quota left, or does not know this FortiGate',
      fix: 'Look at the realm of this FortiGate in the FortiToken Cloud portal: how many users it may have, and how many it has. Raise the realm’s quota there, from another realm or with a larger subscription. If there is quota left, announce this FortiGate’s VDOMs to the cloud: `execute fortitoken-cloud update`.',
    },
  ],
  needs: [],
  wants: ['localUsers', 'tokenEvents', 'attempts'],
  versions: '6.2 and later',
  references: ['KB310722', 'LOG53050'],
  askedLast: true,
  check({ localUsers, tokenEvents, attempts }, context) {
    const users = valueIfKnown(localUsers);
    const cloud = users?.filter((each) => each.twoFactor.value === 'fortitoken-cloud');
    const failures = (valueIfKnown(tokenEvents) ?? []).filter((each) => each.kind === 'cloud-login-failed');
    const [failure] = failures;
    const full = failures.find(({ text = '' }) => QUOTA.test(text));
    if (full) {
      const { user } = /\buser '(?<user>[^']{1,64})'/.exec(full.text ?? '')?.groups ?? {};
      return broken('likely', {
        title: `FortiToken Cloud has no quota left${user === undefined ? '' : ` for ${user}`}`,
        summary: `FortiToken Cloud refused the login${user === undefined ? '' : ` of ${user}`} and names the quota. Users who already have a token there are not stopped; those added after the quota was used up are.`,
        evidence: full.quotes,
        fix: vdomFix(context, full.vdom, {
          apply: [],
          undo: [],
          verify: ['diagnose fortitoken-cloud show users'],
          note: 'In the FortiToken Cloud portal, look at the realm of this FortiGate: raise its quota, from another realm or with a larger subscription, or remove users who do not need it. Then tell the cloud about this FortiGate’s VDOMs: `execute fortitoken-cloud update`.',
        }),
        explains: ['fortitoken-cloud-user'],
      });
    }
    if (cloud?.length === 0 && !failure) {
      return notApplicable('no user of the evidence is a FortiToken Cloud user');
    }
    if (failure && cloud && cloud.length > 0) {
      const asked = usersInQuestion(cloud, valueIfKnown(attempts), context);
      const [first] = asked.length > 0 ? asked : cloud;
      // A wrong code creates the same event.
      return broken('possible', {
        title: 'FortiToken Cloud refused a login: no quota, FortiGate not registered, or a wrong answer',
        summary: `The event log holds 53050, FortiToken-Cloud authentication failure, and ${nameList(
          (asked.length > 0 ? asked : cloud).map((each) => each.name),
        )} has the second factor in FortiToken Cloud. FortiToken Cloud refuses a login in this way when the realm has no free quota, or when the FortiGate or VDOM is not in its list of clients. A wrong or late answer is logged in the same way.`,
        evidence: [...failure.quotes, ...(first?.twoFactor.quotes ?? [])],
        fix: vdomFix(context, first?.vdom, {
          apply: [],
          undo: [],
          verify: ['diagnose fortitoken-cloud show users'],
          note: 'In the FortiToken Cloud portal, read the log of this login, then the realm’s quota and the list of authentication clients. `execute fortitoken-cloud update` tells the cloud about this FortiGate’s VDOMs; ftm-check does not run it, because it changes the cloud.',
        }),
        explains: ['fortitoken-cloud-user'],
      });
    }
    const succeeded = (valueIfKnown(attempts) ?? []).find(
      ({ user, outcome }) =>
        outcome === 'succeeded' && (cloud ?? []).some((each) => sameUser(each.name, user)),
    );
    if (succeeded && !failure) {
      return healthy(
        `${succeeded.user} got in with FortiToken Cloud`,
        succeeded.milestones.granted ? [succeeded.milestones.granted.quote] : [],
      );
    }
    return undecided({
      reason: failure
        ? 'FortiToken Cloud refused a login; the evidence does not show whose second factor it holds'
        : 'only FortiToken Cloud knows its quota and clients',
      need: 'the log of that login in the FortiToken Cloud portal, with the quota of its realm',
      commands: users ? [] : ['local-users'],
    });
  },
});
