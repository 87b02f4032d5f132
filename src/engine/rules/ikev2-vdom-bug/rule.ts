import { atLeast, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, OPENS_NOTHING } from '../shared/answers.ts';
import { eapDialups, pushesOverIkev2 } from '../shared/ikev2.ts';
import { nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'ikev2-vdom-bug',
  title: 'Push fails for IKEv2 tunnels outside the root VDOM (bug 1153984)',
  severity: 'high',
  hop: 'push-request',
  number: 60,
  forCustomer: 'the version of the firewall has a known fault with requests on this kind of connection',
  disturbs: 'every session',
  place: 'on the FortiGate, whose FortiOS has bug 1153984',
  answers: [
    LONGER_TIMER,
    ['update', ''],
    ['who', 'The cause stops every user of the tunnels outside the root VDOM.'],
    ['meanwhile', 'Users can type the code: before 7.4.8 only while `ftm-push` is switched off.'],
    ['rollback', 'A rollback is not needed: 7.4.9 has the correction.'],
    ['release', 'Fortinet knows this bug as 1153984 and corrected it in 7.4.9.'],
    ['vendor', 'A ticket is not needed: Fortinet knows the bug and corrected it in 7.4.9.'],
    ['elsewhere', 'The bug stops only tunnels outside of the root VDOM.'],
    ['choice', 'An upgrade to 7.4.9 or later is the way: settings do not correct the bug.'],
    ['duration', 'An upgrade restarts the FortiGate, so it takes some minutes and ends every session.'],
    ['verify', 'A login over a tunnel outside of the root VDOM shows it: the phone has to ring.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['vdom|root', 'ikev2|ipsec', 'request not|fails|works / root works'],
      or: [['root works|request', 'vdom not|fails']],
      also: ['root', 'vdom|root ikev2|ipsec', 'sslvpn request|works', 'release74', 'same'],
      not: ['pushSettings unknownCommand|rejects', 'ftmPush fails'],
      releases: { of: 'FortiOS', before: ['7.4.9', '7.6.1'] },
      title: 'Push fails for IKEv2 tunnels outside the root VDOM (bug 1153984)',
      fix: 'Check that the tunnel is in a VDOM other than `root` and the release before 7.4.9 (`get system status`). Upgrade to FortiOS 7.4.9 or later, or terminate the tunnel in the root VDOM. Until then these users type the code, or use SSL VPN.',
    },
  ],
  needs: ['phase1s', 'version', 'vdomMode'],
  versions: 'before 7.4.9; on 7.6 the text names 7.6.1',
  references: ['KB421645'],
  pushesOf: 'anybody',
  check({ phase1s, version, vdomMode }) {
    const tunnels = eapDialups(phase1s.value).filter(
      (tunnel) => tunnel.vdom !== undefined && tunnel.vdom !== 'root',
    );
    if (vdomMode.value === 'single' || tunnels.length === 0) {
      return notApplicable('no IKEv2 dial-up tunnel is outside the root VDOM');
    }
    const release = formatVersion(version.value);
    if (!pushesOverIkev2(version.value)) return notApplicable(`FortiOS ${release} has no push over IKEv2`);
    if (version.value.minor === 6 ? atLeast(version.value, '7.6.1') : atLeast(version.value, '7.4.9')) {
      return healthy(`FortiOS ${release} has the fix for bug 1153984`, version.quotes);
    }
    const names = nameList(tunnels.map((tunnel) => `${tunnel.name} (VDOM ${tunnel.vdom})`));
    return broken('likely', {
      title: `IPsec tunnel ${names} is outside the root VDOM, so pushes fail (bug 1153984)`,
      summary: `Bug 1153984 makes push fail for IKEv2 tunnels in a VDOM other than root. This device runs ${release}; the fix is in 7.4.9. For 7.6 the article names 7.6.1, which is much older than 7.4.9, so check the release notes there.`,
      evidence: [...version.quotes, ...tunnels.flatMap((tunnel) => tunnel.ikeVersion.quotes)],
      fix: 'Upgrade to FortiOS 7.4.9 or later, or terminate the tunnel in the root VDOM. Until then these users type the code.',
    });
  },
});
