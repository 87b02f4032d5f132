import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { isIpAddress } from '../../fortios/address.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { CERTIFICATE } from '../shared/changes.ts';

import { PRIVATE_CA } from '../shared/described-symptoms.ts';
import { findPhase1, isSilentAfterAuth, SIGNATURE } from '../shared/ike-logins.ts';
import {
  countOfLogins,
  failedWith,
  firstQuotes,
  lastSign,
  listQuotes,
  shownBy,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'server-certificate-untrusted',
  title: 'The client does not trust the certificate of the VPN',
  severity: 'high',
  hop: 'connection',
  number: 109,
  forCustomer: 'the program does not trust the server that it connects to',
  disturbs: 'perhaps SSL VPN',
  afterChange: [
    [
      CERTIFICATE,
      'first look at the certificate that was put in place then: its name, its CA and its chain.',
    ],
  ],
  place: 'in the certificate of the VPN, which the client does not trust',
  answers: [
    [
      /\blet['’]?s encrypt\b|\bACME\b/i,
      'A free certificate (ACME, FortiOS 7.0 and later) will do, if its name is the one to which the clients connect.',
    ],
    [
      /\b(?:accept|ignor|just trust|click|akzeptier|weg ?klick)|\btrusted-cert\b|\bwhat (?:the|this) message says/i,
      'Users should not accept the warning: a certificate that their computers trust ends it.',
    ],
    [
      'attack',
      'The digest of the certificate shows it: another server on the way looks the same, so compare before you trust it.',
    ],
    [
      'which-certificate',
      'The VPN needs a certificate of a public authority for the name to which the clients connect.',
    ],
    [
      'buy',
      'A certificate need not be bought: a free one (ACME, FortiOS 7.0 and later) or your own authority on the clients will do.',
    ],
    [
      'change',
      '`servercert` or the tunnel’s `certificate` has to be changed, unless your own authority is installed on the clients.',
    ],
    [
      'clients',
      'The clients stay as they are with a certificate of a public authority; your own authority has to be installed on each.',
    ],
    ['who', 'Every client gets the same certificate; one that does not trust it warns or stops.'],
    [
      'prevent',
      'FortiOS renews an ACME certificate by itself; for others a reminder before the end date is useful.',
    ],
    ['elsewhere', 'Computers that have the issuer of the certificate do not warn; the others do.'],
    [
      'verify',
      'The VPN page in a browser shows it: the certificate has to be valid for the name to which the clients connect.',
    ],
    [
      'where',
      'SSL VPN has its certificate in `servercert`, an IPsec tunnel in `certificate` of its phase 1.',
    ],
    [
      'choice',
      'A public certificate leaves the clients as they are; one of your own authority has to be known to each of them.',
    ],
    [
      'own-change',
      'A new name in the clients, a new certificate or an end date that has passed brings the warning.',
    ],
  ],
  descriptions: [
    {
      all: ['certificate untrusted', 'client|browser'],
      or: [
        ['certificate untrusted', 'factoryCertificate|authority'],
        ['certificate factoryCertificate', 'untrusted|fails'],
      ],
      also: ['factoryCertificate', 'certificate authority', 'certificate|client new|changed'],
      not: [
        'approval !not !saml',
        'request phone',
        'saml',
        'ldaps',
        'ipsec',
        'clientCertificate',
        'certificate expired',
      ],
      title: 'The client does not trust the certificate that the FortiGate shows for the VPN',
      fix: 'Open the address of the VPN in a browser and look at its certificate: the name must be the one that people type, and a CA that the computers know must have issued it. Then choose such a certificate in “VPN > SSL-VPN Settings”, “Server Certificate”, with its intermediate certificates imported. With a CA of your own, distribute its root to every computer; do not let users confirm the warning.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'userNotices', 'described'],
  references: ['OPENFORTIVPN', 'KB211965'],
  checkPartial: (facts, context) => refusedByIke(facts, context) ?? refusedByClient(facts),
  check({ attempts, userNotices }, context) {
    const shown = failedWith(attempts.value, context, 'endpoint-untrusted');
    const [first] = shown;
    if (!first) {
      const told = attempts.value.every(({ outcome }) => outcome !== 'succeeded')
        ? refusedByClient({ userNotices })
        : undefined;
      if (told) return told;
      const trusted = shownBy(attempts.value, 'endpoint-connected');
      return trusted
        ? healthy('the client accepted the certificate', [trusted.seen.quote])
        : notApplicable('no log of a VPN client is in the evidence');
    }
    const { seen, login } = first;
    const printed = seen.fields.name ?? login.trace.signs['endpoint-certificate']?.[0]?.fields.name;
    const name = printed?.startsWith('<') ? undefined : printed;
    const isOtherName = seen.quote.text.includes('constraint check failed');
    const issuer = lastSign(login, 'endpoint-certificate')?.fields.name;
    const isOwn = issuer !== undefined && FACTORY.test(issuer);
    const isIke = login.trace.vpn === 'ike' || login.trace.signs['endpoint-offer'] !== undefined;
    const host = calledHost(login);
    return broken('certain', {
      title: isOwn
        ? 'The VPN shows the factory certificate of the FortiGate, which no client trusts'
        : isOtherName
          ? `The certificate of the VPN is not for ${name ?? 'the name'}, to which the client connects`
          : `The client does not trust the certificate of the VPN${name === undefined ? '' : ` (${name})`}`,
      summary: `The client ended the connection when it saw the certificate; ${countOfLogins(
        shown.map((each) => each.login),
        attempts.value,
      )} ended before a name or password was sent.${isOwn ? ` ${issuer} issued it: it is the certificate that the FortiGate is delivered with, which no client trusts by itself.` : ''}`,
      evidence: firstQuotes([
        ...listQuotes(shown),
        ...(login.trace.signs['endpoint-certificate'] ?? []).map(({ quote }) => quote),
      ]),
      fix: {
        todo: `Give the VPN a certificate that a public authority issued for ${host ?? 'the name to which the clients connect'}${isOwn ? ' (a FortiGate that was replaced may have it: export it there with its key)' : ''}. Import it with its chain under “System > Certificates”. Replace \`<certificate>\` ${isIke ? 'and `<tunnel>` ' : ''}first: ${isIke ? '`config vpn ipsec phase1-interface`, `edit "<tunnel>"`, `set certificate "<certificate>"`, `next`, `end`' : '`config vpn ssl settings`, `set servercert "<certificate>"`, `end`'}. The way back is the name that is set there now. With an authority of your own, install its certificate on the client${isIke ? ' (in the app of strongSwan: “CA certificates”, then choose it in the profile; FortiClient and strongSwan each have their own trust).' : '. To trust this one certificate (`--trusted-cert` of openfortivpn), first compare its digest with that of the certificate on the FortiGate: another server on the way looks the same.'}`,
        forward: {
          text: `Your VPN program does not know our certificate. Please do not accept it unseen; ask us for ${isIke ? '' : 'the digest or for '}the certificate of our authority.`,
        },
      },
    });
  },
});

/** The name that the clients use. Sample: `openfortivpn vpn.heron.example:10443 -u wren`. */
function calledHost(login: Attempt): string | undefined {
  const text = lastSign(login, 'endpoint-user')?.quote.text ?? '';
  const [, host] = /\bopenfortivpn (?:-\S+ )*([\w-]{1,63}(?:\.[\w-]{1,63})+)(?=[:\s]|$)/.exec(text) ?? [];
  return host === undefined || isIpAddress(host) ? undefined : host;
}

const RENEWED = 'the renewed certificate';
/** Why a client or a browser refuses a certificate, and what it lacks. */
const REFUSALS: readonly (readonly [words: RegExp, why: string, need: string])[] = [
  [/expired|DATE_INVALID/i, 'has expired', RENEWED],
  [
    /COMMON_NAME|BAD_CERT_DOMAIN|hostname mismatch/i,
    'is for another name',
    'a certificate for the name that the clients use',
  ],
  [
    /./,
    'is of an authority that the client does not know',
    'a certificate of an authority that the clients know',
  ],
];

/** What the log of a client, or a browser on the page of the VPN, says of the certificate. */
function refusedByClient({ userNotices }: Pick<Facts, 'userNotices'>): Judgement | undefined {
  const said = (valueIfKnown(userNotices) ?? []).flatMap(({ kind, quote }) =>
    kind === 'vpn-certificate' ? [quote] : [],
  );
  const [first] = said;
  if (!first) return undefined;
  const refusal = REFUSALS.find(([words]) => said.some(({ text }) => words.test(text)));
  const [, why = '', need = ''] = refusal ?? [];
  const read = (words: RegExp) => said.flatMap(({ text }) => words.exec(text)?.[1] ?? [])[0];
  // `subject /CN=vpn.heron.example issuer …`, `(notAfter=Aug  3 23:59:59 2026 GMT)`
  const name = read(/\bsubject[ :=]{1,3}.{0,80}?CN ?= ?([\w.*-]{3,120})/i);
  const end = read(/\bnotAfter ?= ?([^)"]{8,40}?)(?:\)|"|$)/i);
  const whose = `The certificate of the VPN${name === undefined ? '' : ` (${name})`}`;
  return broken('certain', {
    title: `${whose} ${why}: clients stop when they see it`,
    summary: `${whose} ${why}${end === undefined || need !== RENEWED ? '' : ` (valid until ${end})`}, as the quoted line says. The client ends the connection before a name or password is sent, and every client gets the same certificate.`,
    evidence: firstQuotes(said),
    fix: {
      todo: `Import ${need} (“System > Certificates”, with its chain), then choose it in “VPN > SSL-VPN Settings”, “Server Certificate” (\`servercert\` of \`config vpn ssl settings\`). Users should not click the warning away: they could not tell another server on the way from this one.`,
      forward: {
        text: `The VPN cannot be used at the moment because its certificate ${why}. Please do not accept a warning about it; we tell you when it works again.`,
      },
    },
  });
}

/** Issuers of the certificates that a FortiGate is delivered with: `fortinet-subca2001`, `support`. */
const FACTORY = /^(?:fortinet-(?:sub)?ca\d{0,5}|support)$/i;

/** No tunnel was read: the error and the issuer that a person names are the two halves of it. */
function ofPrivateCa(said: Quote, privateCa: Quote): Judgement {
  return broken('likely', {
    title: 'Windows does not know the private authority of the VPN’s certificate (error 13801)',
    summary:
      'Windows does not accept how the VPN identifies itself, before it sends a name or password. The certificate is said to be of a private authority, and a computer without that authority’s certificate does not trust it. A certificate without the name that the client calls, or without server authentication, gives the same error.',
    evidence: firstQuotes([said, privateCa]),
    fix: 'Install the certificate of that authority, and of those above it, among the trusted root and intermediate authorities of each computer, not of the user alone; or give the tunnel a certificate of a public authority (`set certificate` in its phase 1). No password has to be changed.',
    explains: ['ike-psk-mismatch'],
  });
}

/** How a tunnel of IPsec identifies itself, which Windows says that it refuses, or after which the client went silent. */
function refusedByIke(
  {
    attempts,
    phase1s,
    userNotices,
    described,
  }: Pick<Facts, 'attempts' | 'phase1s' | 'userNotices' | 'described'>,
  context: RuleContext,
): Judgement | undefined {
  const logins = valueIfKnown(attempts) ?? [];
  const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'windows-certificate')?.quote;
  const privateCa = statedQuote(PRIVATE_CA, described);
  const [silent] = failedWith(logins, context, 'ike-timeout', (_, login) => isSilentAfterAuth(login));
  const isUp = logins.some(({ trace, outcome }) => trace.vpn === 'ike' && outcome === 'succeeded');
  const [only, another] = (valueIfKnown(phase1s) ?? []).filter(
    ({ dialup, ikeVersion }) => dialup && ikeVersion.value === 2,
  );
  const tunnel = silent ? findPhase1(silent.login, phase1s) : another ? undefined : only;
  if (!tunnel && phase1s.state !== 'known' && !isUp && said && privateCa) return ofPrivateCa(said, privateCa);
  if (!tunnel || isUp || !(said ?? silent)) return undefined;
  const { name, authMethod, certificate } = tunnel;
  const isSigned = authMethod.value === SIGNATURE;
  if (!isSigned && !said) return undefined;
  const shown = `the certificate ${certificate.value === '' ? '' : `${certificate.value} `}of ${name}`;
  const isFactory = isShippedCertificate(certificate.value);
  return broken(said ? 'likely' : 'possible', {
    title: !isSigned
      ? `Windows asks the VPN for a certificate, and ${name} has a pre-shared key (error 13801)`
      : said
        ? `Windows does not accept ${shown} (error 13801)`
        : `The client may not trust ${shown}: it stopped when it saw it`,
    summary: isSigned
      ? `The tunnel shows its certificate before the user is asked for, and the client ended the connection there. ${isFactory ? `${certificate.value} is one that the FortiGate is delivered with, which no client trusts by itself.` : 'It must be issued by an authority that the client knows, for the name to which the client connects, and allow server authentication.'}`
      : 'The VPN client of Windows does IKEv2 only with a VPN that shows a certificate; a pre-shared key it takes for L2TP alone.',
    evidence: firstQuotes([
      ...(said ? [said] : []),
      ...(silent ? [silent.seen.quote] : []),
      ...authMethod.quotes,
      ...certificate.quotes,
    ]),
    fix: `Give ${name} a certificate for the name to which the clients connect, of an authority that they know (\`set authmethod signature\` and \`set certificate\` in its phase 1)${isSigned ? '; with an authority of your own, install its certificate on the computer' : '. Clients that have the key then need that certificate’s authority, too; for Windows alone make a tunnel of its own'}.`,
    explains: ['ike-psk-mismatch'],
  });
}
