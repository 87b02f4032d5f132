import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SignName } from '../../fortios/debug/login-signs.ts';
import { findCommonName } from '../../fortios/x509/distinguished-name.ts';
import { broken, defineRule, notApplicable } from '../define-rule.ts';
import type { Broken } from '../rule.ts';
import { COPIED_PROFILE, OPENS_NOTHING, WHO_ACTS } from '../shared/answers.ts';
import { byLines } from '../shared/disturbed.ts';
import { quoteValue } from '../shared/fix.ts';
import { gotFurther, quoteSigns, tunnelNames } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { countOfLogins, failedWith, firstQuotes, listQuotes } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-certificate-mismatch',
  title: 'The tunnel does not accept the client’s certificate',
  severity: 'high',
  hop: 'connection',
  number: 151,
  forCustomer: 'the certificate on the computer is not one that the firewall accepts',
  disturbs: byLines('only this computer'),
  stops: 'every client with such a certificate',
  place: 'in the certificate of the client, which is not one that the tunnel accepts',
  answers: [
    [
      WHO_ACTS,
      'The issuer decides: either its CA certificate, which the PKI team has, is set on the FortiGate, or the computer gets another certificate.',
    ],
    COPIED_PROFILE,
    [
      /\b(?:use|switch|change|take|nehm|umstell).{0,25}\b(?:PSK|pre-?shared)/i,
      'A pre-shared key works in place of certificates, but it is the same for all and cannot be withdrawn from one computer.',
    ],
    [
      'which-certificate',
      'The client needs a certificate of an issuer, and with a name, that the tunnel accepts.',
    ],
    [
      'change',
      'The FortiGate has to be changed if the issuer of this certificate may open the tunnel; else the client needs another certificate.',
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
      [
        /\b(?:machine|computer|macchina|Maschinen?\w*|Computer\w*|máquina) ?(?:certificate|cert|zertifikat)?\b/iu,
        'choice',
      ],
      'The issuer and the subject decide: the tunnel accepts a certificate of the user or of the computer if both fit.',
    ],
    ['verify', 'A debug of ike shows subject and issuer of the certificate that the client sends.'],
    ['elsewhere', 'Computers that get in have a certificate whose issuer and subject the tunnel accepts.'],
    [
      'where',
      'The certificate belongs in the store of the computer; `peer` of the phase 1 and its CA are on the FortiGate.',
    ],
    ['prevent', 'A certificate has an end date, so its successor has to be on the computer before that day.'],
    ['own-change', 'A renewed certificate with another issuer or subject has to fit `peer` of the tunnel.'],
    OPENS_NOTHING,
  ],
  loginReasons: { 'certificate-refused': 'client certificate not accepted' },
  descriptions: [
    {
      all: ['ipsec', 'signatureAuth', 'authority|peer'],
      or: [['ipsec', 'certificate untrusted|new|changed']],
      also: ['authority', 'peer', 'others works', 'new|old works'],
      not: ['approval !not !saml', 'request phone', 'saml', 'ldap', 'expired'],
      title: 'The tunnel does not accept the certificate of the client, or the client not that of the tunnel',
      fix: 'Look at the peer in phase 1 (`show vpn ipsec phase1-interface`, then `show user peer`): the client’s certificate must be issued by the CA that it names, with the subject that it asks for. Import the new CA and name it in the peer, or give the client a certificate of the known CA. The certificate of the tunnel must hold the name that the clients use as gateway.',
    },
  ],
  needs: ['attempts'],
  wants: ['certificatePeers', 'phase1s', 'userNotices'],
  references: ['AG951346'],
  checkPartial: nothingToShow,
  check({ attempts, certificatePeers }, context) {
    const refusedIn = (sign: SignName, ...unless: readonly SignName[]) =>
      failedWith(attempts.value, context, sign, (_, { trace: { signs } }) =>
        ['certificate-accepted' as const, ...unless].every((each) => signs[each] === undefined),
      );
    const byIke = refusedIn('certificate-refused');
    // A log of fnbamd alone has its own line only.
    const refused = byIke.length > 0 ? byIke : refusedIn('certificate-group-mismatch', 'certificate-matched');
    const [first] = refused;
    if (!first) {
      return attempts.value.some(({ trace }) => trace.signs['peer-certificate'] !== undefined)
        ? gotFurther(attempts.value, ['certificate-accepted', 'ike-sa-added'], 'the certificate was accepted')
        : notApplicable('no client in the evidence sent a certificate to IKE');
    }
    const logins = refused.map(({ login }) => login);
    const tunnel = tunnelNames(refused);
    const sent = first.login.trace.signs['peer-certificate']?.[0]?.fields;
    const issuer = sent?.issuer === undefined ? '' : findCommonName(sent.issuer);
    const otherCa = first.login.trace.signs['certificate-ca-mismatch'] !== undefined;
    const subjects = nameList(
      logins
        .flatMap(({ trace }) => trace.signs['peer-certificate']?.[0]?.fields.subject ?? [])
        .map(findCommonName),
    );
    const [asked, askedToo] = new Set(
      (first.login.trace.signs['certificate-peer'] ?? []).flatMap(({ fields }) => fields.peer ?? []),
    );
    const only = askedToo === undefined ? asked : undefined;
    const peers = valueIfKnown(certificatePeers) ?? [];
    // What is asked for may be a group of peers.
    const named = peers.filter(({ name }) => name === only);
    const [peer, another] = named.length > 0 ? named : peers;
    const wanted = otherCa && !another && peer?.authority.value ? peer : undefined;
    const owner = subjects === '' ? 'the client' : subjects;
    const other =
      only === undefined
        ? `another CA than ${issuer} is asked for`
        : `${only} asks for another CA${issuer === '' ? '' : ` than ${issuer}`}`;
    return broken(otherCa ? 'certain' : 'likely', {
      title:
        otherCa && (issuer !== '' || only !== undefined)
          ? `${tunnel} does not accept the certificate of ${owner}: ${wanted ? `it must be of the CA ${wanted.authority.value}${issuer === '' ? '' : `, not ${issuer}`}` : other}`
          : `${tunnel} does not accept the certificate of ${owner}`,
      summary: `${countOfLogins(logins, attempts.value)} ended when the certificate of the client was compared with those that ${tunnel} accepts. ${
        otherCa
          ? `It was issued by another CA than the one in \`user peer\`${only === undefined || wanted ? '' : ` ${only}`}${wanted ? ` (\`${wanted.name}\` asks for \`${wanted.authority.value}\`)` : ''}.`
          : 'The log does not say what differs: CA, subject or validity. A `Sending result 0` beside it belongs to the check of the chain and is no acceptance.'
      }`,
      evidence: [
        ...quoteSigns(first.login, 'certificate-ca-mismatch', 'peer-certificate'),
        ...listQuotes(refused),
        ...(wanted?.authority.quotes ?? []),
      ],
      fix: {
        todo:
          wanted && issuer !== ''
            ? `If ${issuer} is the company’s new CA, let both in: import it on the FortiGate (“System > Certificates”, “CA Certificate”), make a second \`user peer\` with it (its names in place of \`<…>\`), and ${only !== undefined && only !== wanted.name ? `add it to ${only}: \`config user peer\`, \`edit <new-peer>\`, \`set ca <new-ca>\`, \`next\`, \`end\`, \`config user peergrp\`, \`edit ${quoteValue(only)}\`, \`append member <new-peer>\`, \`next\`, \`end\`.` : 'put both in a `user peergrp` that the tunnel asks for.'} Leave ${wanted.name} as it is: another \`ca\` there would refuse the certificates that get in today. Otherwise ${owner} needs a certificate of the CA ${wanted.authority.value}.`
            : `Compare \`ca\` and \`subject\` of ${only === undefined ? `the \`user peer\` entries that ${tunnel} asks for` : `${only} (\`user peer\`)`} with the certificate${issuer !== '' ? ` (issued by ${issuer})` : ''}. If that CA may open this tunnel, import it and name it there; otherwise the client needs a certificate of the CA that is named.`,
        forward: {
          to: 'the issuer of the certificates',
          text: `${owner} was refused at the VPN because of ${wanted && issuer !== '' ? `the issuer of its certificate: ${issuer} instead of ${wanted.authority.value}` : 'the issuer or subject of its certificate'}.`,
        },
      },
    });
  },
});

/** Windows looks for a certificate of the computer before it sends anything about itself. */
function nothingToShow({
  attempts,
  phase1s,
  userNotices,
}: Pick<Facts, 'attempts' | 'phase1s' | 'userNotices'>): Broken | undefined {
  const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'windows-no-certificate')?.quote;
  const isUp = valueIfKnown(attempts)?.some(
    ({ trace, outcome }) => trace.vpn === 'ike' && outcome === 'succeeded',
  );
  if (!said || isUp) return undefined;
  const [only, another] = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  const byEap = only && !another && only.eap.value ? only : undefined;
  return broken('likely', {
    title: 'Windows has no certificate of the computer that it could show to the VPN (error 13806)',
    summary: `The connection in Windows is set to log in with a certificate of the computer, and the store of the computer holds none that is valid, has its private key and allows client authentication.${byEap ? ` ${byEap.name} asks users by EAP, for which Windows needs no such certificate.` : ''}`,
    evidence: firstQuotes([said, ...(byEap?.eap.quotes ?? [])]),
    fix: `${byEap ? `Set the connection in Windows to EAP with user name and password (*Security*, *Use Extensible Authentication Protocol*), as ${byEap.name} asks for it. Or install` : 'Install'} a certificate with its private key in the store of the computer (*Local Computer*, *Personal*), not of the user, from the authority that the tunnel accepts.`,
  });
}
