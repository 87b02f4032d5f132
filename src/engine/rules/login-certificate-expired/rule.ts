import type { Quote } from '../../evidence/types.ts';
import type { LoginCertificate } from '../../facts/accounts/auth-server-values.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Broken, Confidence } from '../rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { CERTIFICATE_REFUSED } from '../shared/described-symptoms.ts';
import { nameList } from '../shared/logins.ts';

const DAY_MS = 86_400_000;
/** Long enough to get a new one. */
const SOON_DAYS = 21;

export const rule = defineRule({
  id: 'login-certificate-expired',
  title: 'A certificate on which logins rest has expired, or soon will',
  severity: 'high',
  hop: 'login',
  number: 159,
  forCustomer: 'a certificate that the sign-in relies on has expired',
  disturbs: ({ fix }) => (/servercert/.test(`${fix.note}`) ? 'perhaps SSL VPN' : 'nobody: only new logins'),
  place: 'in a certificate on which logins rest, and which has expired or soon will',
  answers: [
    [
      'which-certificate',
      'The certificate that the cause names is the expired one; System, Certificates shows the end date of each other one.',
    ],
    [
      'buy',
      'A certificate need not be bought: identity provider and directory issue theirs; for the VPN page a free one (ACME) will do.',
    ],
    ['update', 'A certificate works until the end of its validity; FortiOS is not involved.'],
    ['clients', 'The clients stay as they are unless another authority issues the new certificate.'],
    ['prevent', 'A reminder before the end date is useful; FortiOS renews an ACME certificate by itself.'],
    [
      'verify',
      'The end date of the certificate shows it; the list of certificates on the FortiGate has it for each.',
    ],
    [
      'where',
      'The certificate is replaced where it belongs: the VPN page, the SAML server or the directory.',
    ],
    ['elsewhere', 'Logins that do not rest on this certificate are not concerned.'],
    ['own-change', 'A certificate ends on its day, with settings that did not change.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['certificate expired', 'client|browser|saml|ldap|fails'],
      or: [
        ['certificate', 'expired', 'client|browser|saml'],
        ['certificate validUntil', 'untilToday'],
      ],
      also: ['certificate expired', 'untrusted', 'saml', 'all'],
      not: [
        'saml signing',
        'approval !not !saml',
        'request phone',
        'fortiauthenticator',
        'certificate expired not !all|fails',
      ],
      title: 'A certificate on which the login rests has expired',
      fix: 'Look at the end date of the certificate: that of the VPN in the browser’s padlock, that of the identity provider in its portal, others under “System > Certificates”. Renew it and choose the new one where the old one is used (“VPN > SSL-VPN Settings”, “Single Sign-On”, LDAP server). Note the end dates of the others.',
    },
  ],
  needs: ['loginCertificates'],
  wants: ['described'],
  references: ['KB199448', 'KB316854'],
  check({ loginCertificates, described }, { readAt, user }) {
    const used = loginCertificates.value;
    if (used.length === 0) return notApplicable('no login rests on a certificate of your own');
    const unread = used.filter(({ notAfter }) => notAfter === undefined);
    if (readAt === undefined || unread.length > 0) {
      return undecided({
        reason:
          readAt === undefined
            ? 'the time of the reading is not known'
            : `certificate ${nameList(unread.map(({ name }) => name))} was not looked into`,
        need: 'the certificates that SAML, LDAPS and SSL VPN use',
        commands: ['local-certificates', 'authorities', 'remote-certificates'],
        allowsHealthyCase: true,
      });
    }
    const ending = used
      .map((each) => ({ ...each, days: Math.floor(((each.notAfter?.value ?? 0) - readAt.ms) / DAY_MS) }))
      // One that is still valid stops no login today: it is told where the device is asked about, not a user.
      .filter(({ days, use }) =>
        user === undefined ? days < SOON_DAYS : days < 0 && use !== 'identity-provider',
      )
      .toSorted((one, other) => one.days - other.days);
    const [first, ...others] = ending;
    if (!first) {
      return healthy(
        `${nameList(used.map(({ name }) => name))} ${used.length === 1 ? 'is' : 'are'} valid`,
        used.flatMap(({ notAfter }) => notAfter?.quotes ?? []),
      );
    }
    return endingCertificate(first, others, statedQuote(CERTIFICATE_REFUSED, described));
  },
});

interface Ending extends LoginCertificate {
  /** Negative once it has expired. */
  readonly days: number;
}

function endingCertificate(first: Ending, others: readonly Ending[], refused: Quote | undefined): Broken {
  const { name, days, notAfter, namedBy, use } = first;
  const date = new Date(notAfter?.value ?? 0).toISOString().slice(0, 10);
  const isOver = days < 0;
  const more =
    others.length === 0 ? '' : ` The same is true of ${nameList(others.map((each) => each.name))}.`;
  const isSeen = isOver && use === 'ssl-vpn' && refused !== undefined;
  return broken(isSeen ? 'certain' : chooseConfidence(first), {
    ...(use === 'ssl-vpn' && { hop: 'connection' }),
    severity: isOver ? 'high' : 'low',
    concerns: isOver ? undefined : 'some-users',
    title: `Certificate ${name} of ${ownerText(first)} ${isOver ? `expired on ${date}` : `expires on ${date}`}`,
    summary: `${STOPS[use]}${more}`,
    evidence: [...(notAfter?.quotes ?? []), ...namedBy, ...(isSeen ? [refused] : [])],
    ...(isSeen && { explains: ['server-certificate-untrusted'] as const }),
    fix: `${whatToDo(first)}${isOver ? '' : ' Do it before that day: both can be there at the same time.'}`,
  });
}

/** That one expires is certain. What an expired one stops also depends on what the server and the client do. */
function chooseConfidence({ days, use }: Ending): Confidence {
  if (days >= 0) return 'certain';
  return use === 'identity-provider' ? 'possible' : 'likely';
}

function ownerText({ use, server }: LoginCertificate): string {
  return {
    'identity-provider': `SAML server ${server}`,
    directory: `LDAP server ${server}`,
    'ssl-vpn': 'SSL VPN',
  }[use];
}

const STOPS: Readonly<Record<LoginCertificate['use'], string>> = {
  'identity-provider':
    'With it the FortiGate checks what the identity provider signs. Once the provider signs with a new one, no SAML login succeeds until the FortiGate has the new one.',
  directory:
    'It is the authority of the directory’s own certificate. Once it has expired, the FortiGate does not connect over LDAPS, and no user of the directory gets in.',
  'ssl-vpn':
    'The FortiGate shows it to every client. Once it has expired, clients warn, and those that are set to refuse it do not connect.',
};

function whatToDo({ use, server, issuedTo }: Ending): string {
  return {
    'identity-provider': `Download the new signing certificate from the identity provider, import it as a remote certificate, and name it in \`set idp-cert\` of ${server} (\`config user saml\`).`,
    directory: `Import the new authority of the directory, and name it in \`set ca-cert\` of ${server} (\`config user ldap\`).`,
    'ssl-vpn': `Import a new certificate for ${issuedTo ?? 'the name of the gateway'} with its chain (“System > Certificates”), then name it: \`config vpn ssl settings\`, \`set servercert "<new-certificate>"\`, \`end\`.`,
  }[use];
}
