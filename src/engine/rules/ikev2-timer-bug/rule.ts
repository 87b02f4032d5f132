import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { eapDialups } from '../shared/ikev2.ts';
import { nameList } from '../shared/logins.ts';
import { ikeTimeBudget } from '../shared/timers.ts';

/** Seconds; default of `two-factor-ftk-expiry`. */
const DEFAULT_EXPIRY = 60;

export const rule = defineRule({
  id: 'ikev2-timer-bug',
  title: 'IKEv2 ignores the two-factor timer (bug 1087651)',
  severity: 'medium',
  hop: 'approval',
  number: 61,
  forCustomer: 'the version of the firewall has a known fault that ends the wait too early',
  disturbs: 'every session',
  place: 'on the FortiGate, whose FortiOS has bug 1087651',
  answers: [
    ['sound', 'The value is not the reason: this FortiOS does not honour it over IKEv2 (bug 1087651).'],
    [
      'meanwhile',
      'An approval before the tunnel gives up works; IKEv1 is a way around for a while, but it has no push.',
    ],
    ['update', 'Releases 7.2.10, 7.4.5 and 7.6.1 brought this bug.'],
    ['change', 'The settings of the FortiGate are not the cause: FortiOS has to be upgraded.'],
    [
      /\b(?:raise|increase|longer|higher|höher|länger|erhöhen)\b.{0,40}\b(?:time|expiry|Zeit)|two-factor-ftk-expiry/i,
      '`two-factor-ftk-expiry` is not honoured over IKEv2 by this FortiOS, whatever its value.',
    ],
    [
      /IKEv1/i,
      'IKEv1 is a way around for a while, but it has no push, and FortiClient from 7.4.4 on has no IKEv1.',
    ],
    ['rollback', 'A rollback is not needed: 7.4.8 and 7.6.3 have the correction.'],
    ['release', 'Fortinet knows this bug as 1087651 and corrected it in 7.4.8 and 7.6.3.'],
    ['vendor', 'A ticket is not needed: Fortinet knows the bug and corrected it in 7.4.8 and 7.6.3.'],
    ['who', 'Every user of an IKEv2 tunnel with push is concerned: the release has the bug.'],
    ['choice', 'An upgrade is the way: 7.4.8 and 7.6.3 have the correction.'],
    ['elsewhere', 'A login works where the approval comes before the tunnel gives up.'],
    ['duration', 'An upgrade restarts the FortiGate, so it takes some minutes and ends every session.'],
    ['verify', 'A late approval over IKEv2 shows it: the login has to succeed within the set time.'],
    OPENS_NOTHING,
  ],
  isTimer: true,
  descriptions: [
    {
      all: [
        'ikev2',
        'expirySetting|raised|releaseTimer|slow / ignored',
        'sslvpn works|raised|minute|expirySetting / ignored / sslvpn',
      ],
      also: ['ignored', 'releaseTimer', 'expirySetting', 'slow|quick|gaveUp', 'upgraded'],
      not: ['vdom', 'code fails', 'fortiauthenticator'],
      releases: { of: 'FortiOS', since: ['7.2.10', '7.4.5', '7.6.1'], before: ['7.4.8', '7.6.3'] },
      title: 'IKEv2 ignores the two-factor timer (bug 1087651)',
      fix: 'Compare the release (`get system status`) and the two tunnels: FortiOS 7.2.10, 7.4.5 to 7.4.7 and 7.6.1 to 7.6.2 do not honour `two-factor-ftk-expiry` over IKEv2, whatever its value. Upgrade to 7.4.8 or 7.6.3; Fortinet names no fixed 7.2 release. Until then users approve quickly or use SSL VPN.',
    },
  ],
  needs: ['phase1s', 'version'],
  wants: ['global'],
  versions: '7.2.10 and later of 7.2, 7.4.5 – 7.4.7, 7.6.1 – 7.6.2',
  references: ['KB190638'],
  check({ phase1s, version, global }) {
    const tunnels = eapDialups(phase1s.value);
    const release = formatVersion(version.value);
    if (tunnels.length === 0) return notApplicable('no IKEv2 dial-up tunnel with EAP is configured');
    if (!hasBug(version.value)) {
      return healthy(`FortiOS ${release} does not have bug 1087651`, version.quotes);
    }
    const expiry = valueIfKnown(global)?.ftkExpiry;
    const names = nameList(tunnels.map((tunnel) => tunnel.name));
    if (!expiry || expiry.value === DEFAULT_EXPIRY) {
      return undecided({
        reason: `FortiOS ${release} does not honour the two-factor timer over IKEv2; ${
          expiry
            ? 'it is at its default, so the fault may never show'
            : 'the evidence does not show whether it was changed'
        }`,
        need: `how many seconds users of ${names} have before the login ends: the ike debug of one login, with time stamps`,
        commands: expiry ? [] : ['system-global'],
      });
    }
    return broken('likely', {
      title: `IPsec tunnel ${names} ignores the ${expiry.value} s set for approval (bug 1087651)`,
      summary: `\`two-factor-ftk-expiry\` was set to ${expiry.value} s, and FortiOS ${release} does not honour it over IKEv2 (bug 1087651). ${ikeTimeBudget(tunnels)}`,
      evidence: [
        ...expiry.quotes,
        ...version.quotes,
        ...tunnels.flatMap((tunnel) => tunnel.ikeVersion.quotes),
      ],
      fix: 'Upgrade: 7.4.8 and 7.6.3 have the fix; Fortinet names no fixed 7.2 release. The article also offers IKEv1, but IKEv1 has no push.',
    });
  },
});

function hasBug(version: FortiosVersion): boolean {
  const branch = `${version.major}.${version.minor}`;
  if (branch === '7.2') return atLeast(version, '7.2.10');
  if (branch === '7.4') return atLeast(version, '7.4.5') && !atLeast(version, '7.4.8');
  return branch === '7.6' && atLeast(version, '7.6.1') && !atLeast(version, '7.6.3');
}
