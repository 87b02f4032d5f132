import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { answeredByRadius } from '../shared/radius-logins.ts';
import {
  lookAtTheWay,
  namedServers,
  routeSentence,
  SERVER_PATH,
  unreachableServer,
  unreachedServer,
} from '../shared/server-path.ts';
import {
  countOfLogins,
  failedWith,
  quotesOf,
  REFUSAL_RULES,
  serverKind,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'radius-server-unreachable',
  title: 'The RADIUS server does not answer',
  severity: 'critical',
  hop: 'login',
  number: 122,
  forCustomer: 'the server that checks the passwords does not answer at the moment',
  needs: ['attempts'],
  wants: SERVER_PATH,
  references: ['KB266131', 'KB196192'],
  checkPartial(facts, context) {
    return facts.attempts.state === 'known'
      ? undefined
      : unreachableServer('radius', facts.radiusServers, facts, context);
  },
  check({ attempts, ...facts }, context) {
    const unanswered = (...[seen, login]: Parameters<NonNullable<Parameters<typeof failedWith>[3]>>) =>
      serverKind(login, seen) === 'RADIUS' &&
      !login.trace.signs['radius-unauthenticated'] &&
      !login.trace.signs['radius-code'];
    const unresolved = failedWith(attempts.value, context, 'server-unresolved', unanswered);
    const silent = failedWith(attempts.value, context, 'server-timeout', unanswered);
    const shown = unresolved.length > 0 ? unresolved : silent;
    const [first] = shown;
    if (!first) return answeredByRadius(attempts.value);
    const servers = nameList(shown.flatMap(({ seen }) => seen.fields.server ?? []));
    const logins = shown.map(({ login }) => login);
    const { name = '', address = '' } = first.seen.fields;
    const failed = countOfLogins(logins, attempts.value);
    if (unresolved.length > 0) {
      return {
        verdict: 'broken',
        confidence: 'certain',
        title: `The FortiGate cannot resolve ${name}, the RADIUS server ${servers}`,
        summary: `No address was found for ${name}, so no RADIUS server was asked; ${failed} failed this way. No password was checked; local users do not need this server.`,
        evidence: quotesOf(unresolved),
        fix: noCliFix(
          `Check the server name of the RADIUS entry ${servers}, and that the FortiGate’s DNS servers answer for it.`,
        ),
        explains: REFUSAL_RULES,
      };
    }
    const [asked] = namedServers(facts.radiusServers, silent);
    const unreached = unreachedServer('radius', asked, silent, failed, [facts, context]);
    if (unreached) return unreached;
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `The RADIUS server ${servers} does not answer: ${whoseLogins(logins)} cannot log in`,
      summary: `The FortiGate asked ${servers} and got no answer before its timer ended; ${failed} failed this way. No password was refused; local users do not need this server. A server that waits for a person to approve on a phone looks the same: then the timer is too short.${routeSentence(asked, facts)}`,
      evidence: quotesOf(silent),
      fix: noCliFix(
        `${lookAtTheWay('radius', servers, address)} A RADIUS server silently drops requests of an address that it does not know as a client. To forward to its administrator: “${[servers, address].filter(Boolean).join(', ')}: RADIUS requests of our FortiGate get no answer. Do they arrive, is its address a known client, and what does the log say at ${first.login.startedAt ?? 'the time of the login'}?”`,
      ),
      explains: REFUSAL_RULES,
    };
  },
});
