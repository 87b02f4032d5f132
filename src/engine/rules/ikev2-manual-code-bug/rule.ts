import { sameUser } from '../../facts/accounts/same-user.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { eapDialups, pushesOverIkev2 } from '../shared/ikev2.ts';
import { loginsInQuestion, nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'ikev2-manual-code-bug',
  title: 'Typed codes fail over IKEv2 while push is on',
  severity: 'low',
  hop: 'approval',
  number: 59,
  forCustomer: 'the version of the firewall has a known fault with codes on this kind of connection',
  disturbs: 'every session',
  place: 'on the FortiGate, whose FortiOS refuses typed codes while push is on',
  answers: [
    ['update', ''],
    ['change', 'The settings of the FortiGate are not the cause: FortiOS has to be upgraded.'],
    ['rollback', 'A rollback is not needed: 7.4.8 and later have the correction.'],
    [
      'release',
      'The fault is known in releases before 7.4.8, which is the release recommended for tokens over IKEv2.',
    ],
    ['meanwhile', 'Users can approve the push in place of typing the code.'],
    ['who', 'Every user of an IKEv2 tunnel with push is concerned: the release has the bug.'],
    ['vendor', 'A ticket is not needed: Fortinet knows the fault, and 7.4.8 or later is recommended.'],
    ['elsewhere', 'An approval works on this release; a typed code does not while push is on.'],
    ['duration', 'An upgrade restarts the FortiGate, so it takes some minutes and ends every session.'],
    ['verify', 'A typed code while push is on shows it: the login has to succeed.'],
    ['choice', 'An upgrade to 7.4.8 or later is the way; until then users approve the push.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: [
        'ikev2',
        'code|typed fails / code works not / typed not',
        'request|approve works / off request / sslvpn code works',
      ],
      also: ['release74', 'sslvpn code works / sslvpn works', 'request|approve works'],
      not: ['vdom', 'expirySetting', 'clock drift'],
      title: 'Typed codes fail over IKEv2 while push is on',
      fix: 'Let one user approve the push and another type the code: if only the code fails over IKEv2, and the same code works over SSL VPN, FortiOS has this bug (`get system status`: 7.4.4 to 7.4.7). Let users approve instead of typing, and upgrade to FortiOS 7.4.8 or later. The tokens need no new synchronisation.',
    },
  ],
  needs: ['phase1s', 'version'],
  wants: ['pushService', 'ikeLogins', 'attempts'],
  versions: 'from the first releases that push over IKEv2; 7.4.8 or later is recommended',
  references: ['KB421645', 'KB382760'],
  check({ phase1s, version, pushService, ikeLogins, attempts }, context) {
    const tunnels = eapDialups(phase1s.value);
    const release = formatVersion(version.value);
    if (tunnels.length === 0) return notApplicable('no IKEv2 dial-up tunnel with EAP is configured');
    if (!pushesOverIkev2(version.value)) return notApplicable(`FortiOS ${release} has no push over IKEv2`);
    if (valueIfKnown(pushService)?.status.value === 'disable') {
      return notApplicable('the push service is off');
    }
    if (isRecommended(version.value)) {
      return healthy(`FortiOS ${release} is a release recommended for IKEv2 with tokens`, version.quotes);
    }
    const refused = loginsInQuestion(valueIfKnown(attempts) ?? [], context).filter(
      ({ outcome, milestones }) =>
        (outcome === 'failed' || outcome === 'denied') && milestones.passwordAccepted,
    );
    const failed = (valueIfKnown(ikeLogins) ?? []).find(
      ({ eap, accepted, user }) =>
        eap && !accepted && user !== undefined && refused.some((each) => sameUser(each.user, user)),
    );
    const names = nameList(tunnels.map((tunnel) => tunnel.name));
    if (!failed || version.value.minor !== 4) {
      return undecided({
        reason: `early releases with push over IKEv2 refuse typed codes; Fortinet does not say whether ${release} is one of them`,
        need: `whether users of ${names} get in with the push but not with a typed code; the ike and fnbamd debug of such a login`,
        commands: [],
      });
    }
    return broken('possible', {
      title: `FortiOS ${release} refuses codes typed over IPsec while push is on (known bug)`,
      summary: `The password of ${failed.user} was accepted on the IKEv2 tunnel ${failed.tunnel}, the second factor was not. FortiOS ${release} is older than the release recommended for tokens over IKEv2 (7.4.8), and in such releases a typed code fails while push is on; approving the push works. The log does not show whether a code was typed.`,
      evidence: [...version.quotes, ...failed.quotes.slice(-2)],
      fix: 'Let users approve the push instead of typing, and upgrade to FortiOS 7.4.8 or later.',
    });
  },
});

/** KB 382760 recommends 7.4.8 or later; it says nothing about 7.2 and 7.6. */
function isRecommended(version: FortiosVersion): boolean {
  return version.major === 7 && version.minor === 4 && atLeast(version, '7.4.8');
}
