import { formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, NO_PUSH_IN_TUNNEL } from '../shared/answers.ts';
import { CODE_WORKS, NO_PUSH } from '../shared/described-symptoms.ts';
import { quoteValue } from '../shared/fix.ts';
import { pushesOverIkev2 } from '../shared/ikev2.ts';
import { nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'ikev1-no-push',
  title: 'IKEv1 dial-up cannot use push',
  severity: 'high',
  hop: 'push-request',
  number: 57,
  forCustomer: 'this kind of connection cannot send requests to phones',
  disturbs: 'tunnels of this phase 1',
  place: 'on the FortiGate, whose tunnel uses IKEv1',
  answers: [
    LONGER_TIMER,
    [
      /\bpush\b.{0,30}\b(?:IPsec|tunnel)\b.{0,15}\bat all\b|\bpush (?:supposed to )?work (?:over|with|on|in) (?:an? )?(?:IPsec|IKE)|\b(?:IPsec|IKEv2)\b.{0,20}\b(?:support|kann)\w{0,3}\b.{0,12}\bpush/i,
      'Push works over IPsec with IKEv2 and EAP, from FortiOS 7.2.8, 7.4.4 or 7.6.0 and FortiClient 7.2.4; over IKEv1 it does not.',
    ],
    NO_PUSH_IN_TUNNEL,
    ['buy', 'A licence or FortiToken Cloud is not needed for push over IKEv2.'],
    [
      /\bike-version\b|\b(?:tick|switch|turn) push on\b|\b(?:switch|change|convert|umstellen)\b.{0,30}\b(?:IKEv2|tunnel)/i,
      'This tunnel stays as it is, or every client is cut off; an IKEv2 tunnel with EAP beside it takes the clients over.',
    ],
    ['clients', 'Each client needs the profile of the new tunnel, and FortiClient 7.2.4 or later.'],
    ['risk', 'A new tunnel beside this one ends no session; changing this one cuts off every client.'],
    ['change', 'The FortiGate needs an IKEv2 tunnel with EAP beside this one, which stays as it is.'],
    ['meanwhile', 'Users can type the code of the app, which works over IKEv1.'],
    [
      /\b(?:keep|behalten|garder|mantener|conservar|tenere|manter|houden)\b/i,
      'The old profile works on with typed codes; push needs an IKEv2 profile.',
    ],
    ['elsewhere', 'SSL VPN and IKEv2 with EAP can use push; IKEv1 can only ask for a code.'],
    ['choice', 'Typed codes work over IKEv1; push needs an IKEv2 tunnel with EAP.'],
    ['verify', 'A login over the new tunnel shows it: the phone has to ring.'],
    ['where', '`ike-version` and `eap` are in the phase 1 of a new tunnel; the client needs its profile.'],
    ['prevent', 'New dial-up tunnels need IKEv2 with EAP if push is wanted.'],
  ],
  descriptions: [
    {
      all: ['ikev1', NO_PUSH],
      or: [['ikev1', 'sslvpn request|phone works|shows']],
      also: [CODE_WORKS, 'sslvpn request|phone', 'ipsec not'],
      not: ['ikev2'],
      confidence: 'likely',
      title: 'The IPsec tunnel uses IKEv1, which cannot use push',
      fix: 'Build an IKEv2 tunnel with EAP next to it (in phase 1 `set ike-version 2`, `set eap enable`, `set eap-identity send-request`, and the group in `authusrgrp`), because over IKEv1 FortiOS never sends a push. Move the clients over; this needs FortiOS 7.2.8, 7.4.4 or 7.6.0 and FortiClient 7.2.4 or later. Until then users type the code; no port is missing.',
    },
  ],
  needs: ['phase1s'],
  references: ['KB420733'],
  check({ phase1s }, { version }) {
    const dialups = phase1s.value.filter((tunnel) => tunnel.dialup && tunnel.userGroup !== undefined);
    if (dialups.length === 0) return notApplicable('no dial-up IPsec tunnel authenticates users');
    const old = dialups.filter((tunnel) => tunnel.ikeVersion.value === 1);
    if (old.length === 0) {
      return healthy(
        `${nameList(dialups.map((tunnel) => tunnel.name))} uses IKEv2`,
        dialups.flatMap((tunnel) => tunnel.ikeVersion.quotes),
      );
    }
    const names = nameList(old.map((tunnel) => tunnel.name));
    const groups = [...new Set(old.flatMap(({ userGroup }) => userGroup ?? []))];
    return broken('certain', {
      title: `IPsec tunnel ${names} uses IKEv1, which cannot send a push`,
      summary: `${names} is a dial-up tunnel with \`ike-version 1\`. Push needs IKEv2 with EAP; with IKEv1 a user can only type the code.`,
      evidence: old.flatMap((tunnel) => tunnel.ikeVersion.quotes),
      fix: `Build an IKEv2 tunnel with EAP next to it, with a phase 2 and policies as ${names} has them, and move the clients over; changing ${names} would cut off every connected client. Its phase 1 has: \`set ike-version 2\`, \`set eap enable\`, \`set eap-identity send-request\`${groups.length === 1 ? `, \`set authusrgrp ${quoteValue(groups[0] ?? '')}\`` : ''}, and an address range of its own. ${version && pushesOverIkev2(version) ? `FortiOS ${formatVersion(version)} is new enough;` : 'It needs FortiOS 7.2.8, 7.4.4 or 7.6.0 or later, and'} FortiClient must be 7.2.4 or later. In its profile choose IKEv2 and switch on user authentication (EAP).`,
    });
  },
});
