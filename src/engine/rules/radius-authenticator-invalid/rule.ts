import { unsignedAnswer } from '../../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, versionEdge } from '../define-rule.ts';
import type { Instead, Judgement } from '../rule.ts';
import { OPENS_NOTHING, UPGRADE_BROKE_IT } from '../shared/answers.ts';
import { toldUpgrade } from '../shared/changes.ts';
import { nameList } from '../shared/logins.ts';
import {
  answeredByRadius,
  getRadiusServer,
  listRadiusServers,
  namedServer,
} from '../shared/radius-logins.ts';
import { quotesOfSettings, SERVER_USE, serversInUse } from '../shared/upgrade.ts';
import { countOfLogins, failedWith, listQuotes } from '../shared/vpn-logins.ts';

/** The first release of each branch that has the check. */
const SINCE = ['7.2.10', '7.4.5', '7.6.1'];

export const rule = defineRule({
  id: 'radius-authenticator-invalid',
  title: 'The RADIUS server’s answers are not signed, so the FortiGate drops them',
  severity: 'critical',
  hop: 'login',
  number: 123,
  forCustomer: 'the server that checks the passwords answers in an old way that is no longer accepted',
  disturbs: 'nobody: elsewhere',
  place: 'in the RADIUS server, whose answers lack the Message-Authenticator that this FortiOS asks for',
  leavesFortigate: true,
  stops: 'every user of this server',
  answers: [
    [
      /^(?=.*(?:message-auth|attribut|th(?:e|is) check|Prüf)).*(?:\boff\b|disabl|skip|schalten|umgeh|relax|loosen|lower|locker)/i,
      'The check can be relaxed as a stopgap only where the release notes of this FortiOS name `require-message-authenticator`: answers can then be forged (CVE-2024-3596).',
    ],
    [
      /\bsecret\b/i,
      'A missing Message-Authenticator is no sign of a wrong shared secret, although the test in the GUI may say “Invalid secret” for it.',
    ],
    [
      'update',
      'FortiOS asks for the Message-Authenticator from 7.2.10, 7.4.5 and 7.6.1 on; older releases accept answers without it.',
    ],
    [
      'rollback',
      'A rollback lets these logins in again, but accepts answers that can be forged (CVE-2024-3596): the RADIUS server has to send Message-Authenticator.',
    ],
    [
      'which-attribute',
      'Message-Authenticator (RADIUS attribute 80) has to be in every answer of the RADIUS server.',
    ],
    [
      'buy',
      'A licence is not needed: NPS, ISE, FreeRADIUS and FortiAuthenticator can send it, at most after an update.',
    ],
    [
      'release',
      'The check is intended, no bug: not the FortiGate but the RADIUS server needs a release, one that sends Message-Authenticator.',
    ],
    [
      'risk',
      'Nothing restarts on the FortiGate; an update of the RADIUS server may restart that server, whose logins fail now anyway.',
    ],
    [
      'elsewhere',
      'The server accepts the login, but its answer lacks the Message-Authenticator: newer FortiOS drops it, other devices and releases do not.',
    ],
    ['verify', 'A packet capture shows it: attribute 80 has to be in the answers of the RADIUS server.'],
    [
      'where',
      'The RADIUS server has the setting, for NPS and others in the entry of the client or after an update.',
    ],
    [
      'own-change',
      'FortiOS asks for the Message-Authenticator from 7.2.10, 7.4.5 and 7.6.1 on, so an upgrade brings it up.',
    ],
    ['prevent', 'RADIUS servers that are kept up to date sign their answers.'],
    ['choice', 'The RADIUS server has to sign its answers; the FortiGate stays as it is.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'radius-unauthenticated': (_, login) => `answer of ${getRadiusServer(login)} has no signature`,
  },
  descriptions: [
    {
      all: ['messageAuthenticator', 'radiusServer|fails'],
      or: [['secret', 'radiusServer', 'test|fails|changed']],
      also: [
        'messageAuthenticator',
        'secret changed|new|differs',
        'radiusServer all',
        'radiusAccepted',
        'test',
      ],
      not: ['approval !not !saml', 'request phone', 'saml', 'ipsec'],
      confidence: 'likely',
      title: 'The FortiGate drops the RADIUS server’s answers: their signature is missing or does not fit',
      fix: 'Press “Test Connectivity” in the RADIUS server under “User & Authentication > RADIUS Servers”. With `No message-authenticator attribute` the server must be updated so that it signs its answers (newer FortiOS drops unsigned ones). With `Invalid secret for the server` enter the same secret on both sides again.',
    },
  ],
  needs: ['attempts'],
  wants: ['version', 'userNotices', 'described'],
  versions: '7.2.10, 7.4.5, 7.6.1 and later',
  references: ['KB343112'],
  edge: versionEdge({
    since: SINCE,
    needs: ['radiusServers'],
    wants: SERVER_USE.filter((key) => key !== 'radiusServers'),
    check({ radiusServers, ...facts }, { version }) {
      const used = serversInUse(radiusServers.value, { ...facts, radiusServers });
      const asking = used.filter(({ messageAuthenticator }) => messageAuthenticator.value);
      if (used.length === 0) return notApplicable('no VPN asks a RADIUS server');
      if (asking.length === 0) {
        return healthy(
          'the attribute is not asked for',
          used.flatMap(({ messageAuthenticator }) => messageAuthenticator.quotes),
        );
      }
      const names = nameList(asking.map(({ name }) => name));
      return broken('possible', {
        title: `Logins at the RADIUS server ${names} stop with FortiOS ${version ? formatVersion(version) : '7.4.5'}, unless its answers carry a Message-Authenticator`,
        summary: `From 7.2.10, 7.4.5 and 7.6.1 on, the FortiGate drops answers without the attribute Message-Authenticator. Whether ${names} sends it, only the server or a capture of its answers shows.`,
        evidence: quotesOfSettings(asking.map(({ timeout }) => timeout)),
        fix: {
          todo: `Before the upgrade, let ${names} send Message-Authenticator in every answer: NPS (with the Windows updates of July 2024 or later, KB5040268) and ISE have a setting for the client, FreeRADIUS does it from 3.0.26 and 3.2.3 on, FortiAuthenticator from 6.4.10, 6.5.6 and 6.6.2 on.`,
          forward: {
            to: `the administrator of ${names}`,
            text: 'Do your answers to our FortiGate carry Message-Authenticator (RADIUS attribute 80)? It will drop those without after an upgrade. Please update the server, or switch the attribute on for this client.',
          },
        },
      });
    },
  }),
  checkPartial: (facts) => (facts.attempts.state === 'unknown' ? shownByTest(facts) : undefined),
  check({ attempts, version, described }, context) {
    const said = failedWith(
      attempts.value,
      context,
      'radius-unauthenticated',
      ({ order }, { trace: { signs } }) => !signs['radius-code']?.some((answer) => answer.order > order),
    );
    const digests = failedWith(
      attempts.value,
      context,
      'radius-digest',
      (seen, { trace: { signs } }) => unsignedAnswer(signs) === seen,
    );
    const shown = said.length > 0 ? said : digests;
    if (shown.length === 0) return answeredByRadius(attempts.value);
    const logins = shown.map(({ login }) => login);
    const server = namedServer(logins.flatMap((login) => listRadiusServers(login) ?? []));
    const release = valueIfKnown(version);
    return broken(shown === said ? 'certain' : 'possible', {
      title: `The FortiGate drops answers of ${server}: no Message-Authenticator`,
      summary: `${server} answered, and the FortiGate${release ? ` (${formatVersion(release)})` : ''} threw the answer away because the attribute Message-Authenticator is missing. FortiOS asks for it from 7.2.10, 7.4.5 and 7.6.1 on. ${countOfLogins(logins, attempts.value)} failed this way. ${shown === said ? 'The shared secret is not the reason. ' : ''}Whether the password was right is not known.`,
      evidence: listQuotes(shown),
      answers: toldUpgrade(described, SINCE)
        ? [
            [
              UPGRADE_BROKE_IT,
              'Yes: from 7.2.10, 7.4.5 and 7.6.1 on FortiOS drops answers without Message-Authenticator, which it accepted until then.',
            ],
          ]
        : [],
      fix: sign(server, described),
      explains: [
        'radius-server-unreachable',
        'password-rejected',
        'user-not-in-vpn-rule',
        'source-ip-blocked',
      ],
    });
  },
});

/** What *Test Connectivity* of the server’s page shows; a debug log says more of a login. */
function shownByTest({
  userNotices,
  version,
  described,
}: Pick<Facts, 'userNotices' | 'version' | 'described'>): Judgement | undefined {
  const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'radius-unsigned');
  if (!said) return undefined;
  const release = valueIfKnown(version);
  return broken('certain', {
    title: 'The FortiGate drops answers of the RADIUS server: no Message-Authenticator',
    summary: `The test of the RADIUS server on the FortiGate${release ? ` (${formatVersion(release)})` : ''} says that the answer lacks the attribute Message-Authenticator, which FortiOS asks for from 7.2.10, 7.4.5 and 7.6.1 on. It drops such answers, also where the log of the server says that the login is right. The shared secret is not the reason.`,
    evidence: [said.quote],
    fix: sign('the RADIUS server', described),
    explains: ['radius-server-unreachable'],
  });
}

/** How the products sign their answers, each by the words that name it. */
const PRODUCTS: readonly (readonly [named: RegExp, how: string])[] = [
  [
    /\b(?:NPS|ISE)\b/,
    'NPS (with the Windows updates of July 2024 or later, KB5040268) and ISE have a setting for the client',
  ],
  [/\bFreeRADIUS\b/i, 'FreeRADIUS does it from 3.0.26 and 3.2.3 on'],
  [/\b(?:FortiAuthenticator|FAC)\b/i, 'FortiAuthenticator does it from 6.4.10, 6.5.6 and 6.6.2 on'],
];

/** Only the product that the person names, where it is one. */
function sign(server: string, described: Facts['described']): Instead {
  const text = (valueIfKnown(described) ?? []).map((sentence) => sentence.text).join(' ');
  const named = PRODUCTS.filter(([name]) => name.test(text));
  const how = (named.length === 1 ? named : PRODUCTS).map(([, each]) => each).join(', ');
  return {
    todo: `Let the server send Message-Authenticator in every answer: ${how}.`,
    forward: {
      to: `the administrator of ${server}`,
      text: 'Your answers (Access-Accept, Reject, Challenge) to our FortiGate carry no Message-Authenticator (RADIUS attribute 80). The FortiGate drops them. Please update the server, or switch the attribute on for this client.',
    },
  };
}
