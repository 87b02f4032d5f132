import type { RuleId } from '../../src/rules/rule-ids.ts';
import type { Band } from './scenario.ts';

/** What a rule has to be typed: lines with a closed loop, or none at all. */
export type Kind =
  | {
      readonly kind: 'loop';
      /** The first band the rule can have lines for; the earliest there is by default. */
      readonly since?: { readonly band: Band; readonly why: string };
      /** It can only happen on a device with VDOMs. */
      readonly vdoms?: 'only';
    }
  /** No line on this FortiGate mends it. */
  | { readonly kind: 'by hand'; readonly why: string };

const LOOP: Kind = { kind: 'loop' };
const READS_SERVER = { band: '6.4.12', why: 'FortiOS 6.4.9 and older know no `server`' } as const;
const byHand = (why: string): Kind => ({ kind: 'by hand', why });

export const KINDS: Readonly<Record<RuleId, Kind>> = {
  'push-disabled': LOOP,
  'push-address-missing': LOOP,
  'push-legacy-server-ip': { kind: 'loop', since: READS_SERVER },
  'push-address-conflict': { kind: 'loop', since: READS_SERVER },
  'push-cert-missing': { kind: 'loop', since: { band: '6.4.5', why: '`server-cert` came with 6.4.0' } },
  'push-cert-untrusted': { kind: 'loop', since: { band: '6.4.5', why: '`server-cert` came with 6.4.0' } },
  'wan-ftm-access-missing': LOOP,
  'admin-trusthost-blocks-callback': LOOP,
  'port-conflict-admin-https': LOOP,
  'port-conflict-ssl-vpn': LOOP,
  'port-conflict-vip': LOOP,
  'port-conflict-ike-tcp': {
    kind: 'loop',
    since: { band: '7.4.3', why: '`ike-tcp-port` came with 7.4.2' },
  },
  'push-address-private': LOOP,
  'push-address-stale': LOOP,
  'push-fqdn-mismatch': { kind: 'loop', since: READS_SERVER },
  'push-port-mismatch': LOOP,
  'wrong-vdom-scope': { kind: 'loop', vdoms: 'only' },
  'upstream-nat-not-forwarded': byHand('the device in front has to forward the port'),
  'local-in-policy-denies': LOOP,
  'callback-not-accepted': byHand('it names the three rules one of which has the lines'),
  'callback-blocked-upstream': byHand('a network between the phone and the FortiGate drops it'),
  'callback-asymmetric-route': byHand('which WAN is meant to carry the answer is a choice of the routing'),
  'callback-hairpin': LOOP,
  'ftm-access-wrong-interface': LOOP,
  'push-dns-failure': LOOP,
  'push-proxy-unreachable': byHand('a route or a filter outside lets it through'),
  'push-tls-inspected': byHand('a device in front has to exempt the name'),
  'fortiguard-proxy-wrong': { kind: 'loop', since: { band: '7.4.1', why: '`proxy` came with 7.4.1' } },
  'push-egress-unsuitable': byHand('`ftm-push` has no setting for source or egress'),
  'token-server-unreachable': byHand('a route or a filter outside lets it through'),
  'device-unregistered': byHand('it is registered in FortiCare'),
  'token-server-is-fortimanager': byHand('FortiManager has the tokens'),
  'cloud-communication-disabled': {
    kind: 'loop',
    since: { band: '6.2.9', why: 'the setting came with 6.2.0' },
  },
  'token-not-activated': byHand('the user has to scan the message'),
  'token-activation-expired': LOOP,
  'token-locked': LOOP,
  'token-seed-unavailable': byHand('Fortinet Customer Service resets the token'),
  'token-wrong-owner': byHand('Fortinet Customer Service moves the licence'),
  'ha-license-on-secondary': byHand('a failover, or the registration of the licence'),
  'trial-token-stuck': byHand('tokens are taken from their users, deleted and imported'),
  'phone-registration-stale': byHand('the phone has to register'),
  'phone-not-notified': byHand('settings of the phone'),
  'token-not-mobile': LOOP,
  'token-clock-drift': LOOP,
  'token-code-reused': byHand('the next code comes by itself'),
  'remote-group-bypasses-2fa': LOOP,
  'username-case-bypasses-2fa': LOOP,
  'radius-all-usergroup': LOOP,
  'user-not-in-vpn-rule': LOOP,
  'password-rejected': byHand('the user’s password, or the directory'),
  'source-ip-blocked': LOOP,
  'two-factor-not-assigned': LOOP,
  'vpn-wait-too-short': LOOP,
  'token-expiry-too-short': LOOP,
  'radius-timeout-too-short': LOOP,
  'ssl-vpn-login-timeout-short': LOOP,
  'ikev1-no-push': byHand('another tunnel has to be built, and every client moved'),
  'ikev2-version-unsupported': byHand('an upgrade'),
  'ikev2-manual-code-bug': byHand('an upgrade'),
  'ikev2-vdom-bug': byHand('an upgrade, or a tunnel in the root VDOM'),
  'ikev2-timer-bug': byHand('an upgrade'),
  'client-not-forticlient': byHand('another client'),
  'ssl-vpn-removed': byHand('a VPN of another kind has to be built'),
  'push-denied-by-user': byHand('there is nothing to mend'),
  'fortitoken-cloud-user': byHand('FortiToken Cloud sends the pushes'),
  'fortitoken-cloud-disabled': {
    kind: 'loop',
    since: { band: '6.2.9', why: 'FortiToken Cloud came with 6.2.0' },
  },
  'fortitoken-cloud-quota': byHand('the portal of FortiToken Cloud'),
  'fac-push-not-enabled': byHand('FortiAuthenticator has the setting'),
  'nas-challenge-unanswered': byHand('the RADIUS client has to answer'),
  'fac-certificate-untrusted': byHand('FortiAuthenticator has the certificate'),
};
