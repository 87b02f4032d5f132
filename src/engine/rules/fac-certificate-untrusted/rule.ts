import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { LONGER_TIMER } from '../shared/answers.ts';

import { FAC_PUSH, facPushes } from '../shared/fortiauthenticator.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'fac-certificate-untrusted',
  title: 'The phone does not trust FortiAuthenticator’s certificate',
  severity: 'high',
  hop: 'tls',
  number: 70,
  forCustomer: 'phones do not trust the certificate that protects their answer',
  disturbs: 'nobody: elsewhere',
  place: 'in the certificate of FortiAuthenticator, which the phone refuses',
  answers: [
    LONGER_TIMER,
    [
      /unverified|\bverif/i,
      'The setting of the app works at once, but the app then cannot detect an attacker in between; a trusted certificate is better.',
    ],
    [
      'which-certificate',
      'FortiAuthenticator needs a certificate of a public CA, with its chain, for the name in “Public IP/FQDN for FortiToken Mobile”.',
    ],
    ['buy', 'A public certificate is needed, which can be free.'],
    ['clients', 'The phones stay as they are: the certificate of FortiAuthenticator changes.'],
    [
      'who',
      'Every phone gets the same certificate, so every user with push on this FortiAuthenticator is concerned.',
    ],
    [
      'elsewhere',
      'All phones get the same certificate; whether one accepts it depends on the authorities that the phone trusts and on the setting of its app.',
    ],
    [
      'prevent',
      'A certificate has an end date, so a reminder is useful: its successor has to be in place before that day.',
    ],
    [
      'verify',
      'Name, end date and chain of the certificate show it: the name has to be the public one of FortiAuthenticator.',
    ],
    [
      'request',
      'FortiAuthenticator needs a certificate of a public CA, with its chain, for its public name.',
    ],
    ['where', 'The certificate belongs to the web server of FortiAuthenticator.'],
    [
      'choice',
      'A public certificate on FortiAuthenticator serves every phone; the setting of the app is one for each phone, and weaker.',
    ],
  ],
  descriptions: [
    {
      all: ['fortiauthenticator', 'badCertificate', 'approve|app'],
      or: [['fortiauthenticator', 'certificate untrusted|notValidated|privateCa', 'approve|app']],
      also: ['fortiauthenticator badCertificate', 'app badCertificate', 'code works !not'],
      not: ['ldap'],
      confidence: 'likely',
      title: 'The phone does not trust FortiAuthenticator’s certificate',
      fix: 'On FortiAuthenticator, look at the HTTPS certificate under “System > Administration > System Access”: it must be valid, its name must equal “Public IP/FQDN for FortiToken Mobile”, and phones must trust its CA. Give FortiAuthenticator a certificate of a public CA with its whole chain. The certificate of the FortiGate plays no part.',
    },
  ],
  needs: [],
  wants: ['userNotices', 'attempts', 'pushdEvents', 'radiusServers'],
  versions: 'with FortiAuthenticator sending the pushes',
  references: ['KB201261', 'KB301058', 'KB334577'],
  askedLast: true,
  pushesOf: 'anybody',
  check({ userNotices, attempts, pushdEvents, radiusServers }, context) {
    const approved = (valueIfKnown(attempts) ?? []).findLast(
      ({ user, outcome, milestones }) =>
        isAskedAbout(user, context) && outcome === 'succeeded' && milestones.tokenType?.type === FAC_PUSH,
    );
    if (approved?.milestones.tokenType) {
      return healthy(`${approved.user} approved FortiAuthenticator’s push`, [
        approved.milestones.tokenType.quote,
      ]);
    }
    const notice = valueIfKnown(userNotices)?.find((each) => each.kind === 'certificate-refused')?.quote;
    const pushes = facPushes(attempts, pushdEvents);
    if (notice && pushes.length > 0) {
      const users = nameList(
        (valueIfKnown(pushdEvents) ?? []).flatMap((each) => (each.kind === 'sent' && each.user) || []),
      );
      return broken('likely', {
        title: 'The phone does not trust FortiAuthenticator’s certificate',
        summary: `The app says that it cannot validate the server certificate, and the pushes here are FortiAuthenticator’s${users === '' ? '' : ` (to ${users})`}: the phone connects back to that server, and its certificate is what the phone refuses. The FortiGate’s \`server-cert\` is not involved.`,
        evidence: [notice, ...pushes],
        fix: 'Give FortiAuthenticator a certificate of a public CA, with its whole chain, whose name equals the “Public IP/FQDN for FortiToken Mobile”. Until then a user may allow connections to an unverified server in the app’s settings, but the app then cannot detect an attacker in between.',
      });
    }
    if (radiusServers.state === 'known' && radiusServers.value.length === 0) {
      return notApplicable('no RADIUS server is configured');
    }
    return undecided({
      reason: notice
        ? 'a phone refused a certificate; whether it was FortiAuthenticator’s or the FortiGate’s depends on which of them sends the pushes'
        : 'whether phones trust FortiAuthenticator’s certificate cannot be seen from the FortiGate',
      need: 'what the app says after Approve, together with FortiAuthenticator’s pushd log',
      commands: [],
    });
  },
});
