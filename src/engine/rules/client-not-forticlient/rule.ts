import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';

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
  needs: [],
  wants: ['ikeLogins', 'phase1s', 'localUsers', 'attempts'],
  versions: 'all that push over IKEv2',
  references: ['KB421645'],
  pushesOf: 'anybody',
  check({ ikeLogins, phase1s, localUsers, attempts }, context) {
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
    const [refused] = failedWith(
      valueIfKnown(attempts) ?? [],
      context,
      'endpoint-eap-ended',
      without('endpoint-password-wrong'),
    );
    const holders = (valueIfKnown(localUsers) ?? []).filter(
      ({ name, twoFactor }) => isAskedAbout(name, context) && twoFactor.value !== 'disable',
    );
    if (refused && holders.length > 0 && tunnels && tunnels.length > 0) {
      const who = nameList(holders.map(({ name }) => name));
      return broken(context.user === undefined ? 'possible' : 'likely', {
        title: `strongSwan cannot ask ${who} for the token`,
        summary: `The client is strongSwan, the FortiGate ended EAP, and ${who} ${holders.length === 1 ? 'has' : 'have'} a second factor. Over IKEv2 the second factor is asked for in an extension that only FortiClient supports, so the login ends behind the password.`,
        evidence: [refused.seen.quote, ...holders.flatMap(({ twoFactor }) => twoFactor.quotes).slice(0, 3)],
        fix: ADVICE,
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
