import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { shownBy } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'host-check-failed',
  title: 'The computer does not pass the host check of the portal',
  severity: 'high',
  hop: 'tunnel',
  number: 140,
  forCustomer: 'the computer does not meet what the connection asks of it',
  needs: [],
  wants: ['userNotices', 'attempts', 'sslPortals'],
  versions: 'all with SSL VPN in tunnel mode',
  references: ['KB369685'],
  check({ userNotices, attempts, sslPortals }) {
    const notice = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'host-check');
    const asked = shownBy(valueIfKnown(attempts) ?? [], 'host-check-asked');
    const checking = (valueIfKnown(sslPortals) ?? []).filter(({ hostCheck }) => hostCheck.value !== 'none');
    if (notice) {
      const names = nameList(checking.map(({ name }) => name));
      return {
        verdict: 'broken',
        confidence: 'likely',
        title: 'The computer does not pass the host check of the portal',
        summary: `FortiClient says that the computer does not meet the security requirements. Name and password were accepted; the portal${names === '' ? '' : ` ${names}`} then asks for an antivirus, a firewall, an operating system or another property of the computer.`,
        evidence: [
          notice.quote,
          ...(asked ? [asked.seen.quote] : []),
          ...checking.flatMap(({ hostCheck }) => hostCheck.quotes).slice(0, 2),
        ],
        fix: noCliFix(
          'Start and update the antivirus and firewall of the computer, and install its system updates. FortiClient VPN, the free edition, cannot do a host check: use the licensed FortiClient there. To relax the check, change `host-check`, `os-check` or `mac-addr-check` of the portal (a security decision). To forward: “Your computer does not meet the VPN’s requirements. Please check that antivirus and firewall are on and up to date, and tell us which FortiClient is installed.”',
        ),
      };
    }
    if (asked?.login.trace.signs['sslvpn-address-given']) {
      return healthy(`the computer of ${asked.login.user} passed the host check`, [asked.seen.quote]);
    }
    return needsLogin(
      asked
        ? 'a host check was asked for, but the log does not show how it ended'
        : 'nothing in the evidence shows a host check',
    );
  },
});
