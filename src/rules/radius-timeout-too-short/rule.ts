import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { facPushes } from '../fac.ts';
import { configBlock, configEntry, globalFix, vdomFix } from '../fix.ts';
import { nameList } from '../logins.ts';
import { REFERENCES } from '../references.ts';

/** A person needs about this long to take out a phone and approve. Seconds. */
const HUMAN = 30;
/** What FortiAuthenticator's guide sets. Seconds. */
const WANTED = 60;

export const radiusTimeoutTooShort = defineRule({
  id: 'radius-timeout-too-short',
  title: 'The FortiGate does not wait for FortiAuthenticator’s push',
  severity: 'high',
  needs: ['radiusServers'],
  wants: ['global', 'attempts', 'pushdEvents'],
  versions: 'all',
  references: [REFERENCES.FAC528330, REFERENCES.KB229136],
  check({ radiusServers, global, attempts, pushdEvents }, context) {
    const servers = radiusServers.value;
    if (servers.length === 0) return { verdict: 'not-applicable', reason: 'no RADIUS server is configured' };
    const short = servers.filter((each) => each.timeout.value < HUMAN);
    const remote = valueIfKnown(global)?.remoteAuthTimeout;
    const remoteShort = remote !== undefined && remote.value < HUMAN;
    if (short.length === 0 && remote && !remoteShort) {
      return {
        verdict: 'healthy',
        reason: `every RADIUS server is given ${Math.min(remote.value, ...servers.map((each) => each.timeout.value))} s or more`,
        evidence: servers.flatMap((each) => each.timeout.quotes.slice(0, 1)),
      };
    }
    const pushes = facPushes(attempts, pushdEvents);
    const names = nameList((short.length > 0 ? short : servers).map((each) => each.name));
    if (pushes.length === 0 || (short.length === 0 && !remoteShort)) {
      return {
        verdict: 'unknown',
        reason:
          short.length > 0 || remoteShort
            ? `the FortiGate gives RADIUS server ${names} less than ${HUMAN} s; that breaks a push only where a FortiAuthenticator sends it, which the evidence does not show`
            : `RADIUS server ${names} is given time enough; \`remoteauthtimeout\`, which also ends the wait, is not in the evidence`,
        need: 'whether that server is a FortiAuthenticator with push: its pushd log, or the debug output of one login',
        commands: short.length > 0 || remoteShort ? 'debug-recipe' : ['system-global'],
      };
    }
    const waits = [
      ...short.map((each) => `${each.name} \`timeout ${each.timeout.value}\``),
      ...(remoteShort ? [`\`remoteauthtimeout ${remote.value}\``] : []),
    ];
    const radius = (pick: (server: (typeof servers)[number]) => number) =>
      short.flatMap((each) => configEntry('user radius', each.name, [`set timeout ${pick(each)}`]));
    const perServer = vdomFix(context, short[0]?.vdom, {
      apply: radius(() => WANTED),
      undo: radius((each) => each.timeout.value),
      verify: ['show full-configuration user radius'],
      note: `A server that is down is noticed later: up to ${WANTED} s per try.`,
    });
    const whole = globalFix(context, {
      apply: remoteShort ? configBlock('system global', [`set remoteauthtimeout ${WANTED}`]) : [],
      undo: remoteShort ? configBlock('system global', [`set remoteauthtimeout ${remote.value}`]) : [],
      verify: ['show full-configuration system global | grep remoteauthtimeout'],
    });
    return {
      verdict: 'broken',
      confidence: short.length === servers.length || remoteShort ? 'likely' : 'possible',
      title: `The FortiGate gives up on FortiAuthenticator’s push after a few seconds (${names})`,
      summary: `A FortiAuthenticator sends the push here, and the FortiGate waits only ${waits.join(' and ')} seconds for its answer. Whichever ends first ends the login; a person needs about ${HUMAN} s to approve.`,
      evidence: [
        ...short.flatMap((each) => each.timeout.quotes),
        ...(remoteShort ? remote.quotes : []),
        ...pushes,
      ],
      fix: {
        apply: [...perServer.apply, ...whole.apply],
        undo: [...perServer.undo, ...whole.undo],
        verify: [...perServer.verify, ...whole.verify],
        ...(perServer.note === undefined ? {} : { note: perServer.note }),
      },
      explains: ['vpn-wait-too-short', 'token-expiry-too-short'],
    };
  },
});
