import { formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, NO_PUSH_IN_TUNNEL, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';
import { eapDialups, pushesOverIkev2 } from '../shared/ikev2.ts';
import { nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'ikev2-version-unsupported',
  title: 'This FortiOS does not push to IKEv2 users',
  severity: 'high',
  hop: 'push-request',
  number: 58,
  forCustomer: 'the version of the firewall cannot send requests for this kind of connection',
  disturbs: 'every session',
  place: 'on the FortiGate, whose FortiOS cannot push over IKEv2',
  answers: [
    LONGER_TIMER,
    ['change', 'The settings of the FortiGate are not the cause: FortiOS has to be upgraded.'],
    NO_PUSH_IN_TUNNEL,
    ['buy', 'A licence is not what is missing: FortiOS has to be upgraded.'],
    ['rollback', 'A rollback does not help: push over IKEv2 needs a newer release, 7.2.8, 7.4.4 or 7.6.0.'],
    ['release', 'Push over IKEv2 needs at least 7.2.8, 7.4.4 or 7.6.0; 7.4.8 or later is recommended.'],
    [
      'clients',
      'Clients older than FortiClient 7.2.4 (7.2.5 on macOS and Linux) have to be updated; newer ones stay.',
    ],
    ['restart', 'A restart of the FortiGate does not help: FortiOS has to be upgraded.'],
    ['meanwhile', 'Users can type the code of the app until FortiOS is upgraded.'],
    ['elsewhere', 'SSL VPN can push on this release, IKEv2 cannot.'],
    ['choice', 'An upgrade of FortiOS is needed for push over IKEv2: settings do not bring it.'],
    ['duration', 'An upgrade restarts the FortiGate, so it takes some minutes and ends every session.'],
    ['verify', '`get system status` shows the release; a login then has to make the phone ring.'],
    ['prevent', 'The release that push over IKEv2 needs is worth a look before a tunnel is planned.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['ikev2', 'noIkev2Push', `${NO_PUSH} / ikev2 shows not`],
      also: ['sslvpn request|works|phone', 'all not'],
      not: ['vdom', 'ikev1', 'expirySetting'],
      releases: { of: 'FortiOS', before: ['7.2.8', '7.4.4', '7.6.0'] },
      confidence: 'likely',
      title: 'This FortiOS does not push to IKEv2 users',
      fix: 'Upgrade the FortiGate: push over IKEv2 needs FortiOS 7.2.8, 7.4.4 or 7.6.0 at least (7.4.8 or later is recommended); FortiClient must be 7.2.4 or later. Until then users type the code; no port and no setting is missing.',
    },
  ],
  needs: ['phase1s', 'version'],
  versions: 'before 7.2.8, 7.4.4 and 7.6.0',
  references: ['KB421645', 'KB420733'],
  pushesOf: 'anybody',
  check({ phase1s, version }) {
    const tunnels = eapDialups(phase1s.value);
    if (tunnels.length === 0) return notApplicable('no IKEv2 dial-up tunnel with EAP is configured');
    const release = formatVersion(version.value);
    if (pushesOverIkev2(version.value)) {
      return healthy(`FortiOS ${release} supports push for IKEv2 users`, version.quotes);
    }
    const names = nameList(tunnels.map((tunnel) => tunnel.name));
    return broken('certain', {
      title: `FortiOS ${release} cannot send pushes over IKEv2 (tunnel ${names})`,
      summary: `Push for IKEv2 dial-up users came with FortiOS 7.2.8, 7.4.4 and 7.6.0; this device runs ${release}. The client must be FortiClient 7.2.4 or later (7.2.5 on macOS and Linux).`,
      evidence: [...version.quotes, ...tunnels.flatMap((tunnel) => tunnel.ikeVersion.quotes)],
      fix: 'Upgrade FortiOS: at least 7.2.8, 7.4.4 or 7.6.0 of its branch; 7.4.8 or later is recommended (KB 382760). Until then these users type the code.',
    });
  },
});
