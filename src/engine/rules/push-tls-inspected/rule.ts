import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { LONGER_TIMER, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { CODE_WORKS, NO_PUSH } from '../shared/described-symptoms.ts';

import { loginsInQuestion, needsLogin } from '../shared/logins.ts';

/** Alerts about a certificate: bad, unsupported, revoked, expired, unknown, unknown CA (RFC 8446, section 6). */
const CERTIFICATE_ALERTS = new Set([42, 43, 44, 45, 46, 48]);
/** `pushd error -3: FTM server returned error`. */
const SERVER_ERROR = -3;
const ADVICE = {
  todo: 'Exempt push.fortinet.com and *.fortinet.com from SSL inspection on every firewall or proxy that this device’s own traffic passes, by name rather than by address. Then let the user log in once more.',
  asksForLogin: true,
} as const;

export const rule = defineRule({
  id: 'push-tls-inspected',
  title: 'A device on the way inspects the TLS of the push request',
  severity: 'critical',
  hop: 'push-request',
  number: 27,
  forCustomer:
    'a security device interferes with the connection to the service that sends requests to phones',
  disturbs: 'nobody: elsewhere',
  place: 'in a device on the way, which inspects TLS',
  leavesFortigate: true,
  stops: 'every user with push',
  answers: [
    [
      'enough',
      'The exemption of push.fortinet.com and *.fortinet.com is enough, if each device on the way has it.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      [/\b(?:exempt\w*|exclude|white-?list|allow-?list|ausnehmen)\b/i, 'which-address', 'request'],
      'push.fortinet.com and *.fortinet.com have to be exempted, by name, on every device on the way.',
    ],
    [
      'side-effect',
      'The exemption is for connections to the names of Fortinet only; all others are still inspected.',
    ],
    [
      'verify',
      'A packet capture shows it: a certificate of push.fortinet.com that your own CA issued proves that a device inspects the connection.',
    ],
    ['elsewhere', 'Browsers trust the CA of the inspecting device, the FortiGate does not.'],
    [
      'own-change',
      'TLS inspection on a device in front meets the pushes, too, unless their names are exempted.',
    ],
    [
      'where',
      'The exemption belongs on the device that inspects, in the rule for the connections of the FortiGate.',
    ],
    ['prevent', 'The exemption is by name, so it stays right when addresses change.'],
    OPENS_NOTHING,
    // `must inspection go completely?`
    [
      /(?<!\p{L})(?:ganz|completely|entirely|altogether|complètement|del todo|del tutto|totalmente|helemaal)(?!\p{L})/iu,
      'The exemption is for connections to the names of Fortinet only; all others are still inspected.',
    ],
  ],
  notInConfiguration: 'TLS inspection on that way',
  descriptions: [
    {
      all: ['inspected', 'pushHost'],
      or: [
        ['inspected', NO_PUSH],
        ['inspected', 'request|phone'],
      ],
      also: [NO_PUSH, 'pushHost', CODE_WORKS],
      title: 'A device on the way inspects the TLS connection to push.fortinet.com',
      fix: 'Look from the network of the FortiGate who issued the certificate of https://push.fortinet.com: an inner CA proves it. Let the device that inspects exempt push.fortinet.com and *.fortinet.com for the FortiGate’s own address. The phones need no exception.',
    },
  ],
  needs: [],
  wants: ['attempts', 'debugLog', 'pushdEvents', 'pushEvents'],
  references: ['KB333425', 'KB194050'],
  check({ attempts, debugLog, pushdEvents, pushEvents }, context) {
    const all = valueIfKnown(attempts) ?? [];
    const alert = loginsInQuestion(all, context).find(
      ({ milestones }) => milestones.pushTlsAlert && !milestones.pushSent,
    )?.milestones.pushTlsAlert;
    if (alert && CERTIFICATE_ALERTS.has(alert.code)) {
      return broken('likely', {
        title: alert.sent
          ? `The FortiGate refused the push server’s certificate (${alert.name})`
          : `The push server ended TLS because of a certificate (${alert.name})`,
        summary: `The FortiGate’s own connection to the push server ended in the TLS alert \`${alert.name}\`. Most often a firewall or proxy on the way inspects the connection (SSL inspection) and shows a certificate of its own. How FortiOS prints such an alert is inferred from OpenSSL.`,
        evidence: [alert.quote],
        fix: ADVICE,
        explains: [
          'push-proxy-unreachable',
          'push-egress-unsuitable',
          'fortiguard-proxy-wrong',
          'cloud-communication-disabled',
        ],
      });
    }
    const pushd = valueIfKnown(pushdEvents) ?? [];
    const last = pushd.findLast((each) => each.kind !== 'queued');
    if (last?.kind === 'error' && last.code === SERVER_ERROR) {
      return broken('likely', {
        title: 'The push server refuses FortiAuthenticator’s push: SSL inspection on the way',
        summary: `FortiAuthenticator’s \`pushd\` logged error ${SERVER_ERROR} (${last.text}). Fortinet’s article on this error found a device on the way that inspected TLS, so that the push server saw another certificate. Typed codes still work.`,
        evidence: last.quotes,
        fix: ADVICE,
      });
    }
    const sent =
      all.findLast(({ milestones }) => milestones.pushSent)?.milestones.pushSent ??
      valueIfKnown(debugLog)?.unclaimedPushes?.[0];
    if (sent) {
      return healthy('a push request went through TLS', [sent.quote]);
    }
    if (last?.kind === 'sent') {
      return healthy('FortiAuthenticator sent a push', last.quotes);
    }
    const logged = valueIfKnown(pushEvents)?.findLast((each) => each.sent);
    if (logged) {
      return healthy('the event log shows a push sent', logged.quotes);
    }
    return needsLogin(
      alert
        ? `TLS to the push server ended in the alert \`${alert.name}\`, which does not say that a certificate was the reason`
        : 'the evidence does not show TLS with the push server',
    );
  },
});
