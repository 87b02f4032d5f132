import type { Quote } from '../../evidence/types.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { COPIED_PROFILE, OPENS_NOTHING } from '../shared/answers.ts';
import { NEW_COMPUTER, OTHER_DEVICE_WORKS } from '../shared/described-symptoms.ts';
import { needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, listQuotes, REFUSAL_RULES, whoseLogins } from '../shared/vpn-logins.ts';

const REASON = 'sslvpn_login_cert_checked_error';
/** The event log does not say which check failed. */
const DEBUG =
  ' 3. If both are in order, one login with debug on names the check that fails: `diagnose debug application fnbamd -1`, `diagnose debug enable`. Switch it off again: `diagnose debug disable`, `diagnose debug reset`.';

export const rule = defineRule({
  id: 'vpn-client-certificate-rejected',
  title: 'SSL VPN does not accept the certificate of the client',
  severity: 'high',
  hop: 'login',
  number: 128,
  forCustomer: 'the certificate on the computer is missing or not accepted',
  disturbs: 'only this computer',
  stops: 'every client with such a certificate',
  place: 'in the certificate on the computer, or the CA that the FortiGate knows',
  answers: [
    COPIED_PROFILE,
    ['buy', 'A certificate need not be bought: one of your own CA does, if the FortiGate knows the CA.'],
    [
      'which-certificate',
      'The computer needs a valid user certificate with its private key, of a CA that the FortiGate has imported.',
    ],
    [/\baccount\b|\bKonto\b/i, 'The account is not the reason: the certificate on this computer is.'],
    [
      /^(?=.*(?:cert|Zertifi)).*(?:\boff\b|disabl|skip|without|\bohne|schalten|umgeh)/i,
      'Without the certificate check (`client-cert`, `reqclientcert`) any computer gets in with name and password.',
    ],
    [
      'tell',
      'The user can be told that the certificate for the VPN is missing on this computer, or is not the right one; a new password does not help.',
    ],
    [
      'change',
      'The FortiGate has to be changed if the CA or the `user peer` of this certificate is missing there.',
    ],
    [
      'who',
      'Each computer has a certificate of its own, so the cause stops only those without an accepted one.',
    ],
    [
      'reinstall',
      'A new installation brings no certificate: that of the user has to be imported with its private key and chosen in FortiClient.',
    ],
    [
      'elsewhere',
      'Computers that get in have a certificate of a CA that the FortiGate knows: the issuers of both show the difference.',
    ],
    [
      'verify',
      'Issuer and end date of the certificate on the computer show it: `show vpn certificate ca` lists the known CAs.',
    ],
    ['prevent', 'A certificate has an end date, so its successor has to be on the computer before that day.'],
    [
      'where',
      'The certificate belongs in the store of the user on the computer, its CA on the FortiGate under System, Certificates.',
    ],
    [
      'choice',
      'The computer gets a certificate of a known CA, or the FortiGate gets the CA of this certificate.',
    ],
    ['own-change', 'A new CA or a renewed certificate on the computer needs its CA on the FortiGate, too.'],
    OPENS_NOTHING,
    // `can I copy it from the old laptop?`
    [
      /(?<!\p{L})(?:copy|kopier\p{L}*|copi\p{L}+|kopi\p{L}+|mitnehmen|übernehmen)(?!\p{L})/iu,
      'A copy of the certificate works only with its private key (.p12), if that key may be exported.',
    ],
  ],
  descriptions: [
    {
      all: ['clientCertificate', 'sslvpn|client'],
      or: [['clientCertificate', 'authority', 'fails']],
      also: ['clientCertificate missing|not|new', 'authority', 'others works', 'new|old works'],
      not: ['approval !not !saml', 'request phone', 'saml', 'ipsec', 'ldap', 'radiusServer'],
      title: 'SSL VPN asks for a client certificate and does not accept the one of this computer',
      fix: 'Look whether the computer has a user certificate with its private key, and whether it is chosen in the FortiClient profile. It must be issued by a CA that is imported on the FortiGate and that the PKI user (“User & Authentication > PKI”) names. Install a certificate, or import the new CA there; “Require Client Certificate” in “VPN > SSL-VPN Settings” asks everyone for one.',
    },
  ],
  needs: ['attempts'],
  wants: ['sslVpn', 'certificatePeers', 'described', 'userNotices'],
  versions: 'all with SSL VPN',
  references: ['KB243806'],
  check({ attempts, ...facts }, context) {
    const isOfDevice =
      statedQuote(`${OTHER_DEVICE_WORKS} / old works new fails`, facts.described) !== undefined;
    // A login from another device shows nothing about the one whose certificate is refused.
    const failed = isOfDevice
      ? attempts.value.filter(({ outcome }) => outcome !== 'succeeded')
      : attempts.value;
    const logged = failedWith(
      failed,
      context,
      'event-login-failed',
      ({ fields }) => fields.reason === REASON,
    );
    const checked = failedWith(
      attempts.value,
      context,
      'client-certificate-failed',
      (_seen, { trace, milestones }) =>
        trace.signs['client-certificate-asked'] !== undefined &&
        milestones.passwordAccepted === undefined &&
        milestones.passwordRefused === undefined,
    );
    const shown = logged.length > 0 ? logged : checked;
    if (shown.length === 0) {
      const asked = attempts.value.find(
        ({ outcome, trace }) => outcome === 'succeeded' && trace.signs['client-certificate-asked'],
      );
      const seen = asked?.trace.signs['client-certificate-asked']?.[0];
      return asked && seen
        ? healthy(`${asked.user} got in where a certificate is asked for`, [seen.quote])
        : needsLogin('no login in the evidence shows the check of a client certificate');
    }
    const logins = shown.map(({ login }) => login);
    const users = whoseLogins(logins);
    const wanted = wantedCertificate(facts);
    const isOtherClient =
      valueIfKnown(facts.userNotices)?.some(({ kind }) => kind === 'other-client') &&
      !logins.some(({ trace }) => trace.signs['from-forticlient']);
    const chosen = isOtherClient
      ? 'named in the configuration of openfortivpn (`user-cert = <file>`, `user-key = <file>`)'
      : 'chosen in FortiClient';
    const moved = isOfDevice ? undefined : statedQuote(NEW_COMPUTER, facts.described);
    return broken(logged.length > 0 ? 'certain' : 'likely', {
      title: `The VPN does not accept the certificate of ${users}`,
      summary: `${isOfDevice ? 'The account gets in with another device. ' : ''}${countOfLogins(logins, attempts.value)} failed at the check of the client’s certificate: SSL VPN asks for one${wanted ? ` (${wanted.text})` : ''}, and none, a wrong one or one of an unknown CA was sent.`,
      evidence: [...listQuotes(shown), ...(moved ? [moved] : []), ...(wanted?.evidence ?? [])],
      answers: moved
        ? [
            [
              'tell',
              'The user can be told that the new computer has no certificate for the VPN, or another one, and that the password is not the reason.',
            ],
            [
              'token',
              'The token stays as it is: the certificate is checked before it. A new computer does not have the certificate of the old one.',
            ],
            [
              /\btokens?\b/i,
              'The certificate is the reason, not the token: a new computer does not have the certificate of the old one.',
            ],
          ]
        : [[/\btokens?\b/i, 'The certificate is the reason, not the token, which is asked for after it.']],
      fix: {
        todo: `${moved ? `The computer is new, and a certificate does not come with it: install that of ${users} there, with its private key. ` : ''}1. Check on the computer of ${users} that the user’s certificate is installed with its private key, is valid, and is ${chosen}${wanted ? `; it is the one that ${wanted.text}` : ''}. 2. ${wanted ? 'Check that this CA is imported on the FortiGate' : 'Check on the FortiGate that the CA that issued it is imported, and that the certificate fits the `user peer` that the rule names'}: \`show vpn certificate ca | grep edit\`${wanted ? '' : ', `show user peer`'}.${logged.length > 0 ? DEBUG : ''}`,
        forward: {
          text: `The VPN needs your personal certificate. Please check that it is installed and not expired${chosen.includes('openfortivpn') ? ', and name it as user-cert and user-key in the configuration of openfortivpn' : ', and choose it in FortiClient'}.`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** What the only rule with a peer asks for. Sample: `rule 3 asks for by pc-peer: of the CA Heron-Root`. */
function wantedCertificate({
  sslVpn,
  certificatePeers,
}: Pick<Facts, 'sslVpn' | 'certificatePeers'>):
  | { readonly text: string; readonly evidence: readonly Quote[] }
  | undefined {
  const rules = (valueIfKnown(sslVpn) ?? [])
    .flatMap((vpn) => vpn.rules)
    .filter(({ peer }) => peer.value !== '');
  const [rule, another] = rules;
  const peer = valueIfKnown(certificatePeers)?.find(({ name }) => name === rule?.peer.value);
  if (!rule || another || !peer?.authority.value) return undefined;
  const subject = peer.subject.value === '' ? '' : ` with \`${peer.subject.value}\` in its subject`;
  return {
    text: `rule ${rule.id} asks for by ${peer.name}: of the CA ${peer.authority.value}${subject}`,
    evidence: [...rule.peer.quotes, ...peer.authority.quotes],
  };
}
