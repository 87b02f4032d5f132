import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { UNNAMED_USER } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { formatVersion } from '../../fortios/version.ts';
import { findCommonName } from '../../fortios/x509/distinguished-name.ts';
import { broken, defineRule, healthy, notApplicable, versionEdge } from '../define-rule.ts';
import { OPENS_NOTHING, UPGRADE_BROKE_IT, WHO_ACTS } from '../shared/answers.ts';
import { CERTIFICATE, toldUpgrade } from '../shared/changes.ts';

import { nameList, needsLogin } from '../shared/logins.ts';
import { quotesOfSettings, SERVER_USE, serversInUse } from '../shared/upgrade.ts';
import {
  countOfLogins,
  failedWith,
  getLdapServer,
  lastSign,
  listLdapServers,
  listQuotes,
  serverKind,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

/** The first release of each branch that has the check. */
const SINCE = ['7.4.4'];

export const rule = defineRule({
  id: 'ldaps-certificate-untrusted',
  title: 'The FortiGate does not trust the certificate of the LDAP server',
  severity: 'critical',
  hop: 'login',
  number: 120,
  forCustomer: 'the directory that knows the accounts is not trusted at the moment',
  disturbs: 'nobody: only new logins',
  afterChange: [
    [
      CERTIFICATE,
      'the certificate of the directory is another one than before, so its CA or its name may be, too.',
    ],
  ],
  place: 'on the FortiGate, which does not know the CA of the server’s certificate',
  stops: 'every user of this server',
  answers: [
    [
      WHO_ACTS,
      'The FortiGate has to be changed; the CA certificate that issued the server’s one comes from the AD or PKI team.',
    ],
    [/\btest/i, 'A test can take another way than a login, so the lines of a login decide.'],
    [
      [
        /\bLDAP (?:ohne|without|sans|sin|senza|sem|zonder) (?:S|TLS)\b/i,
        /\bplain|\b389\b|unencrypted|unverschlüsselt|^(?=.*(?:TLS|LDAPS)).*(?:\boff\b|disabl|without|\bohne|schalten)/i,
      ],
      'Plain LDAP sends every password readable over the network; importing the CA certificate is enough.',
    ],
    [
      'meanwhile',
      'A PC of the domain mostly has the CA certificate (`certmgr.msc`, Trusted Root): exported from there it can be imported at once. Local users are not stopped by this.',
    ],
    [
      'which-certificate',
      'The FortiGate needs the CA certificate that issued the LDAP server’s certificate, not the server’s own.',
    ],
    [
      'update',
      'From 7.4.4 on FortiOS must know the issuer of the LDAP server’s certificate; older releases do not demand it.',
    ],
    [
      'rollback',
      'A rollback is not needed: once the CA certificate is imported, the FortiGate trusts the server.',
    ],
    [
      'change',
      'The FortiGate has to be changed: it needs the CA certificate that issued the LDAP server’s certificate.',
    ],
    [
      'buy',
      'A certificate need not be bought: one of your own authority will do, once the FortiGate has its CA certificate.',
    ],
    [
      'prevent',
      'A server certificate can be renewed without a change here as long as the same CA issues it.',
    ],
    [
      'elsewhere',
      'Computers of the domain have the CA certificate; the FortiGate has it only once it is imported.',
    ],
    [
      'where',
      'The CA certificate is imported under System, Certificates; `ca-cert` of the LDAP entry can name it.',
    ],
    ['verify', 'A login with debug of fnbamd shows it: `Cert preverify ok` has to be there.'],
    [
      'own-change',
      'A new certificate of the server, or FortiOS from 7.4.4 on, makes the CA certificate necessary.',
    ],
    [
      'choice',
      'The CA certificate that issued the server’s certificate is the one to import, not the server’s own.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: { 'server-tls-failed': untrustedText, 'server-certificate-refused': untrustedText },
  descriptions: [
    {
      all: ['ldaps', 'plainLdap works'],
      or: [
        ['ldaps', 'certificate|authority missing|new|changed|not|untrusted|differs'],
        ['ldaps test', 'certificate|authority', 'fails|not'],
        ['ldaps', 'test', 'certificate authority'],
        ['ldaps', 'certificate changed|new|authority', 'ldap all|not|fails'],
      ],
      also: [
        'plainLdap works',
        'authority',
        'certificate changed|new',
        'local works|yes',
        'ldap all',
        'test',
      ],
      not: ['approval !not !saml', 'request phone', 'certificate expired', 'certificate validUntil'],
      title: 'The FortiGate does not trust the certificate of the LDAP server',
      fix: 'Look at the LDAP server under “User & Authentication > LDAP Servers”: with “Secure Connection” the CA that issued the server’s certificate must be imported on the FortiGate and chosen in “Certificate”. With “Server identity check” the server must be entered by the name that its certificate holds. Import the CA or correct the name, then press “Test Connectivity”.',
    },
  ],
  needs: ['attempts'],
  wants: ['ldapServers', 'described'],
  versions: 'all; from 7.4.4 on the issuer must be known',
  references: ['KB316854', 'KB318021'],
  edge: versionEdge({
    since: SINCE,
    needs: ['ldapServers'],
    wants: SERVER_USE,
    check({ ldapServers, ...facts }, { version }) {
      const used = serversInUse(ldapServers.value, facts).filter(({ secure }) => secure.value !== 'disable');
      if (used.length === 0) return notApplicable('no VPN asks an LDAP server over TLS');
      const open = used.filter(({ authority }) => authority.value === '');
      if (open.length === 0) {
        return healthy(
          'the issuer of the LDAP server’s certificate is named',
          used.flatMap(({ authority }) => authority.quotes),
        );
      }
      const names = nameList(open.map(({ name }) => name));
      return broken('possible', {
        title: `Logins at the LDAP server ${names} stop with FortiOS ${version ? formatVersion(version) : '7.4.4'}, unless the FortiGate knows the CA of its certificate`,
        summary: `From 7.4.4 on, the issuer of the certificate of an LDAPS or STARTTLS server must be among the CA certificates of the FortiGate. ${names} has no \`ca-cert\`, so its certificate was not compared with one so far.`,
        evidence: quotesOfSettings(open.map(({ secure }) => secure)),
        fix: {
          todo: `Before the upgrade, import the CA certificate that signed the certificate of ${names} (System > Certificates) if it is not a public one.`,
          forward: {
            to: 'the owner of the directory',
            text: `Please send us the certificate of the CA that issued the certificate of ${names}; our VPN will check it after an upgrade.`,
          },
        },
      });
    },
  }),
  check({ attempts, ldapServers, described }, context) {
    const ended = failedWith(attempts.value, context, 'server-tls-failed', isUntrusted);
    const refused = failedWith(
      attempts.value,
      context,
      'server-certificate-refused',
      (seen, login) => serverKind(login, seen) === 'LDAP',
    );
    const failures = (ended.length > 0 ? ended : refused).filter(
      ({ login }) => login.trace.signs['server-connected'] === undefined,
    );
    if (failures.length === 0) {
      const connected = shownBy(attempts.value, 'server-connected');
      return connected
        ? healthy('the connection to the LDAP server was made', [connected.seen.quote])
        : needsLogin('no login in the evidence connected to an LDAP server');
    }
    const logins = failures.map(({ login }) => login);
    const refusals = failures.flatMap(
      ({ login, seen }) => lastSign(login, 'server-certificate-refused', seen.order + 1) ?? [],
    );
    const servers = listLdapServers(logins);
    const entries = valueIfKnown(ldapServers)?.filter(({ name }) => servers.trim() === name) ?? [];
    const named = entries.flatMap(({ authority }) => (authority.value === '' ? [] : [authority]));
    const ofEntry =
      entries.length === 0
        ? ' Where the LDAP entry has `ca-cert`, it must name that CA; with `server-identity-check` the server’s name must also be in the certificate.'
        : named[0]
          ? ` \`ca-cert\` of${servers} is ${named[0].value}: it must be that CA.`
          : '';
    const subjects = nameList(refusals.flatMap(({ fields }) => fields.subject ?? []));
    const why = nameList(refusals.flatMap(({ fields }) => fields.why ?? []));
    const reason = why === '' ? '' : `: ${why}`;
    return broken(ended.length > 0 ? 'certain' : 'likely', {
      title: `The certificate of the LDAP server${servers === '' ? namedByCertificate(subjects) : servers} is not trusted: ${logins.every(({ user }) => user === UNNAMED_USER) ? 'its users' : whoseLogins(logins)} cannot log in`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the FortiGate ended the encrypted connection${reason}${subjects === '' ? '' : ` (certificate \`${subjects}\`)`}. From FortiOS 7.4.4 on, the issuer of this certificate must be known to the FortiGate. Passwords were not checked; local users do not need this server.`,
      evidence: [
        ...(ended.length > 0 ? refusals.slice(0, 2).map(({ quote }) => quote) : []),
        ...listQuotes(failures),
        ...named.flatMap(({ quotes }) => quotes),
      ],
      answers: toldUpgrade(described, SINCE)
        ? [
            [
              UPGRADE_BROKE_IT,
              'Yes: from 7.4.4 on FortiOS checks who issued the certificate of the LDAP server, and it does not know that CA.',
            ],
          ]
        : [],
      fix: {
        todo: `Import the CA certificate that signed the LDAP server’s certificate into the FortiGate (System > Certificates, or \`config vpn certificate ca\`).${ofEntry}`,
        forward: {
          to: 'the owner of the directory',
          text: `Our VPN does not trust the certificate of your LDAP server${subjects === '' ? '' : ` (${subjects})`}${reason}. Please send us the certificate of the CA that issued it, and tell us whether it was renewed lately.`,
        },
      },
      explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked', 'ldap-server-unreachable'],
    });
  },
});

function untrustedText(_seen: SeenSign, login: Attempt): string {
  return `certificate of ${getLdapServer(login)} not trusted`;
}

function isUntrusted(seen: SeenSign, login: Attempt): boolean {
  const { why = '' } = seen.fields;
  return (
    serverKind(login, seen) === 'LDAP' &&
    (/certificate verify failed/.test(why) || login.trace.signs['server-certificate-refused'] !== undefined)
  );
}

/** The name in the certificate, where no line names the entry. Sample: `/CN=dc1.example.net`. */
function namedByCertificate(subject: string): string {
  return subject === '' ? '' : ` ${findCommonName(subject)}`;
}
