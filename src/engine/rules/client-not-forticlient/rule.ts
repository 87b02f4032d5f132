import type { Quote } from '../../evidence/types.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { findStatement } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { LONGER_TIMER, OPENS_NOTHING } from '../shared/answers.ts';
import { eapDialups } from '../shared/ikev2.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { failedWith, without } from '../shared/vpn-logins.ts';

const ADVICE =
  'Use FortiClient (7.2.4 or later on Windows, 7.2.5 on macOS and Linux) for users with tokens, or let these users log in by SAML.';

export const rule = defineRule({
  id: 'client-not-forticlient',
  title: 'The VPN client is not FortiClient',
  severity: 'high',
  hop: 'push-request',
  number: 62,
  forCustomer: 'the program you connect with cannot wait for a request on the phone',
  disturbs: 'only this computer',
  place: 'in the VPN client, which cannot ask for a token',
  leavesFortigate: true,
  answers: [
    // `is there a way without FortiClient?`
    [
      /\b(?:without|ohne|sans|sin|senza|sem|zonder) FortiClient/i,
      'The built-in client cannot show the prompt: over IKEv2 only FortiClient asks for a token; a login by SAML is another way.',
    ],
    LONGER_TIMER,
    // `Can strongSwan do it, or must he use FortiClient?`, `moet hij FortiClient gebruiken?`
    [
      /\b(?:must|has? to|have to|should|need\w?|use|muss|moet\w{0,2}|doit|tiene que)\b.{0,30}\bFortiClient\b/i,
      'FortiClient or a login by SAML is needed: over IKEv2 strongSwan and other clients cannot ask for a token, whatever their settings.',
    ],
    [
      /\b(?:use|keep|stay|work (?:with|on|from)|nutzen|verwenden)\b.{0,30}\b(?:built-?in|native|Windows|strongSwan|macOS|iOS|eingebaut)|\bplug-?in\b|\b(?:einstellen|settings?)\b/i,
      'A client other than FortiClient cannot ask for a token over IKEv2, whatever its settings.',
    ],
    ['factor', 'The second factor cannot be left out: without it this client does not get in.'],
    ['who', 'The cause stops clients other than FortiClient, where the user has a second factor.'],
    ['token', 'The token stays as it is: this client cannot ask for any token.'],
    ['buy', 'A licence of the FortiGate does not change this: FortiClient or SAML is needed.'],
    [
      'clients',
      'Clients other than FortiClient have to be replaced where the user has a second factor; the others stay.',
    ],
    ['meanwhile', 'FortiClient or a login by SAML gets these users in; the second factor can stay on.'],
    ['reinstall', 'Another installation of the same client does not help: it cannot ask for a token.'],
    ['elsewhere', 'FortiClient can ask for a token over IKEv2; built-in clients cannot.'],
    [
      'choice',
      'FortiClient or a login by SAML is needed: no setting makes a built-in client ask for a token.',
    ],
    ['verify', 'A login with FortiClient shows it: the token has to be asked for.'],
    ['where', 'FortiClient is installed on the computer; the tunnel on the FortiGate stays.'],
    ['prevent', 'FortiClient from the beginning is needed on computers whose users have a token.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['nativeClient', 'code|token|request|asks not / fails / token|code', 'client works|same|shows'],
      or: [
        ['nativeClient', 'token|code|request|asks not', 'fails|not'],
        ['nativeClient', 'token provision|new', 'fails|not'],
      ],
      also: ['client works', 'ikev2', 'token'],
      not: ['ikeSettings'],
      title: 'The VPN client of the device cannot ask for a token',
      fix: 'Over IKEv2 only FortiClient can ask for a token or wait for a push; strongSwan and the clients that are built into Windows, macOS, iOS or Android cannot, whatever their settings. Use FortiClient (7.2.4 or later on Windows, 7.2.5 on macOS and Linux) for users with tokens, or let these users log in by SAML.',
    },
  ],
  needs: [],
  wants: ['ikeLogins', 'phase1s', 'localUsers', 'attempts', 'described'],
  versions: 'all that push over IKEv2',
  references: ['KB421645'],
  pushesOf: 'anybody',
  check({ ikeLogins, phase1s, localUsers, attempts, described }, context) {
    const logins = (valueIfKnown(ikeLogins) ?? []).filter(
      ({ user }) => user === undefined || isAskedAbout(user, context),
    );
    const foreign = logins.filter((each) => each.fortiClient === false);
    const [first] = foreign;
    if (first) {
      const who = nameList(foreign.flatMap((each) => each.user ?? []));
      return broken('likely', {
        title: `The VPN client of ${who === '' ? 'a user' : who} is not FortiClient: no push over IPsec`,
        summary: `The IKE debug shows a client on ${nameList(foreign.map((each) => each.tunnel))} that does not identify itself as FortiClient. Over IKEv2 the second factor is asked for in an extension that only FortiClient supports, so other clients never ask for it.`,
        evidence: first.quotes.slice(0, 3),
        fix: ADVICE,
      });
    }
    const own = logins.find((each) => each.fortiClient === true);
    const silent = own && logins.find((each) => each.fortiClient === undefined && each.eap && !each.accepted);
    if (silent) {
      return broken('possible', {
        title: `The VPN client of ${silent.user ?? 'a user'} may not be FortiClient: it does not say so`,
        summary: `In the same IKE debug another client announced FortiClient’s extension for the second factor; the one on ${silent.tunnel} did not, and no line shows that its login was accepted. Over IKEv2 only FortiClient can be asked for a second factor. A truncated log would look the same.`,
        evidence: [...silent.quotes.slice(0, 2), ...own.quotes.slice(0, 1)],
        fix: ADVICE,
      });
    }
    if (own) {
      return healthy('the client is FortiClient', own.quotes.slice(0, 2));
    }
    const tunnels = phase1s.state === 'known' ? eapDialups(phase1s.value) : undefined;
    const refused = refusedClient(valueIfKnown(attempts) ?? [], context);
    const challenged = logins.find((each) => each.challenged !== undefined);
    const holders = (valueIfKnown(localUsers) ?? []).filter(
      ({ name, twoFactor }) =>
        isAskedAbout(name, context) &&
        twoFactor.value !== 'disable' &&
        (!challenged?.user || sameUser(name, challenged.user)),
    );
    const isByEap = challenged !== undefined || (refused?.ended && tunnels && tunnels.length > 0);
    const said = refused?.ended && refused.accepted ? statesToken(described) : undefined;
    if (refused && said && refused.user !== undefined)
      return withSaidToken(refused.client, refused.user, [refused.seen.quote, said]);
    if (refused && isByEap && (holders.length > 0 || (challenged && refused.accepted))) {
      const who = nameList(holders.map(({ name }) => name)) || challenged?.user || 'the user';
      const isNamed = context.user !== undefined || challenged?.user !== undefined;
      return broken(isNamed ? 'likely' : 'possible', {
        title: `${refused.client} cannot ask ${who} for the token`,
        summary: `The client is ${refused.client}, ${challenged ? 'the FortiGate waits for one more message of EAP (`FNBAM_CHALLENGED`)' : 'the FortiGate ended EAP'}, and ${holders.length === 0 ? `${who} typed the right password` : `${who} ${holders.length === 1 ? 'has' : 'have'} a second factor`}. Over IKEv2 the second factor is asked for in an extension that only FortiClient supports, so the login ends behind the password.`,
        evidence: [
          refused.seen.quote,
          ...(challenged?.challenged ? [challenged.challenged] : []),
          ...holders.flatMap(({ twoFactor }) => twoFactor.quotes).slice(0, 3),
        ],
        fix: ADVICE,
        explains: ['password-rejected'],
      });
    }
    if (tunnels && tunnels.length > 0 && tunnels.every((each) => each.onlyFortiClient.value)) {
      return healthy(
        'the IKEv2 tunnels refuse other clients (`forticlient-enforcement`)',
        tunnels.flatMap((each) => each.onlyFortiClient.quotes),
      );
    }
    if (tunnels?.length === 0) return notApplicable('no IKEv2 dial-up tunnel with EAP is configured');
    return undecided({
      reason: 'the evidence does not show which client the users have',
      need: 'the name and version of the VPN client, or the ike debug of one login',
      commands: tunnels ? [] : ['phase1-interfaces'],
    });
  },
});

/** A person says that the user has a token: `was fine until she got her FortiToken`. */
function statesToken(described: Facts['described']): Quote | undefined {
  return findStatement('token !not', valueIfKnown(described) ?? [])?.quote;
}

function withSaidToken(client: string, user: string, evidence: readonly Quote[]): Broken {
  return broken('likely', {
    title: `${client} cannot ask ${user} for the token`,
    summary: `The log of ${client} shows that the password was accepted and that the FortiGate then ended EAP, and a token is said to be in use. Over IKEv2 the second factor is asked for in an extension that only FortiClient supports, so no push is sent and the login ends behind the password. A user whom no group of the tunnel holds ends the same way.`,
    evidence,
    fix: ADVICE,
    explains: ['password-rejected'],
  });
}

/** A login that another client than FortiClient saw fail behind a password that it does not know to be wrong. */
function refusedClient(attempts: readonly Attempt[], context: RuleContext) {
  const [ended] = failedWith(attempts, context, 'endpoint-eap-ended', without('endpoint-password-wrong'));
  const [refused] = failedWith(
    attempts,
    context,
    'endpoint-refused',
    (_, { trace: { vpn, signs } }) => vpn === 'ike' && signs['endpoint-accepted'] !== undefined,
  );
  // Windows gives 691 for every end of EAP.
  const [windows] = failedWith(
    attempts,
    context,
    'endpoint-password-wrong',
    ({ fields }) => fields.reason === '691',
  );
  const strongSwan = ended ?? refused;
  if (strongSwan) {
    const { seen, login } = strongSwan;
    return {
      seen,
      user: login.user,
      client: 'strongSwan',
      ended: ended !== undefined,
      accepted: login.trace.signs['endpoint-accepted'] !== undefined,
    };
  }
  return (
    windows && {
      seen: windows.seen,
      user: windows.login.user,
      client: 'Windows',
      ended: true,
      accepted: false,
    }
  );
}
