import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';

import { FAC_CODE, facPushes } from '../shared/fortiauthenticator.ts';
import { loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'fac-push-not-enabled',
  title: 'FortiAuthenticator asks for a code and offers no push',
  severity: 'high',
  hop: 'push-service',
  number: 68,
  forCustomer: 'sending requests to phones is not switched on for the account',
  disturbs: 'nobody: elsewhere',
  place: 'on FortiAuthenticator, which offers no push here',
  leavesFortigate: true,
  answers: [
    LONGER_TIMER,
    [
      'which-setting',
      'FortiToken Mobile push in the RADIUS policy of FortiAuthenticator is needed, and “Public IP/FQDN for FortiToken Mobile” in System Access.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: FortiAuthenticator has to offer push.'],
    [
      'where',
      'Push is allowed in the RADIUS policy of FortiAuthenticator, and “Public IP/FQDN for FortiToken Mobile” is in System Access.',
    ],
    ['elsewhere', 'FortiAuthenticator has a policy for each RADIUS client: another one may allow push.'],
    [
      'request',
      'FortiAuthenticator has to allow FortiToken Mobile push in the RADIUS policy for this FortiGate, and needs its public address in System Access.',
    ],
    ['verify', 'A login shows it: the phone rings in place of the question for a code alone.'],
    ['choice', 'FortiAuthenticator has to allow push; the FortiGate only passes on what it asks.'],
  ],
  descriptions: [
    {
      all: ['fortiauthenticator', NO_PUSH, 'code works|typed|only|asks / typed'],
      or: [
        ['fortiauthenticator', 'facAddress privateAddress|missing'],
        [
          'fortiauthenticator',
          NO_PUSH,
          'others|same fortiauthenticator|rule|wifi request|works|shows / rule',
        ],
      ],
      also: ['rule', 'facAddress', 'wifi request|works', 'same phone'],
      not: ['otherNas', 'badCertificate', 'seconds5', 'challenge'],
      title: 'FortiAuthenticator asks for a code and offers no push',
      fix: 'On FortiAuthenticator, look at the RADIUS policy that this FortiGate’s requests meet: FortiToken Mobile push must be allowed in its authentication factors. Then look at “System > Administration > System Access”: “Public IP/FQDN for FortiToken Mobile” must be an address that phones reach from the Internet. Nothing has to be changed on the FortiGate.',
    },
  ],
  needs: [],
  wants: ['attempts', 'pushdEvents', 'radiusServers'],
  versions: 'with FortiAuthenticator as the RADIUS server',
  references: ['KB190810', 'FAC528330'],
  askedLast: true,
  pushesOf: 'anybody',
  check({ attempts, pushdEvents, radiusServers }, context) {
    const asked = loginsInQuestion(valueIfKnown(attempts) ?? [], context).filter(
      ({ milestones }) => milestones.tokenType?.type === FAC_CODE,
    );
    if (asked.length > 0) {
      // The two numbers are from the login script; that sslvpn prints the same ones is inferred.
      return broken('likely', {
        title: `FortiAuthenticator asks ${nameList(asked.map((each) => each.user))} for a code and offers no push`,
        summary: `SSL VPN got \`token_type = ${FAC_CODE}\`, a FortiAuthenticator code to type; with push it would be 7. FortiAuthenticator sends this push, not the FortiGate. Its RADIUS policy for this client offers no push, or its public address for phones is not set.`,
        evidence: asked.flatMap(({ milestones }) =>
          milestones.tokenType ? [milestones.tokenType.quote] : [],
        ),
        fix: 'On FortiAuthenticator, enable FortiToken Mobile push in the RADIUS policy that this FortiGate’s requests meet, and set “Public IP/FQDN for FortiToken Mobile” in System Access to an address that phones reach.',
      });
    }
    const pushes = facPushes(attempts, pushdEvents);
    if (pushes.length > 0) {
      return healthy('FortiAuthenticator sends pushes', pushes);
    }
    if (radiusServers.state === 'known' && radiusServers.value.length === 0) {
      return notApplicable('no RADIUS server is configured');
    }
    return needsLogin('only FortiAuthenticator’s own log or a login through it shows whether it offers push');
  },
});
