import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { loginsInQuestion } from '../shared/logins.ts';

const NONE = new Set(['', '0.0.0.0', '::']);
/** `set proxy` in `config system ftm-push` (CLI reference 7.4.1). */
const PROXY_SINCE = '7.4.1';

export const rule = defineRule({
  id: 'fortiguard-proxy-wrong',
  title: 'Pushes do not pass the FortiGuard web proxy',
  severity: 'high',
  hop: 'push-request',
  number: 28,
  forCustomer: 'the firewall takes a wrong path to the service that sends requests to phones',
  disturbs: 'nobody',
  place: 'on the FortiGate, whose pushes and FortiGuard web proxy do not fit',
  stops: 'every user with push',
  answers: [
    ['update', '`proxy` of `ftm-push` exists from 7.4.1 on and is on by default, so an upgrade brings it.'],
    LONGER_TIMER,
    NEXT_LOGIN,
    [
      'sound',
      'Updates that work do not prove the way of pushes: `proxy` of `ftm-push` decides for pushes alone.',
    ],
    [
      'which-setting',
      '`proxy` of `config system ftm-push` decides whether pushes take the web proxy of `config system fortiguard`.',
    ],
    [
      'elsewhere',
      'Updates and pushes can leave differently: `proxy` of `ftm-push` decides for pushes alone.',
    ],
    [
      'where',
      '`proxy` is in `config system ftm-push`, from 7.4.1 on; address and port of the proxy are in `config system fortiguard`.',
    ],
    [
      'verify',
      '`show full-configuration system ftm-push` shows `proxy`; a push to a test token proves the way.',
    ],
    [
      'choice',
      '`proxy enable` suits a FortiGate that gets out only by the web proxy, `proxy disable` one with a way of its own.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['webProxy proxyUse|old|missing|changed|removed|still', NO_PUSH],
      or: [['proxyUse webProxy', 'request|phone']],
      also: ['proxyUse webProxy', 'upgraded', NO_PUSH],
      not: ['inspected', 'notResolved'],
      title: 'Push goes through the web proxy of FortiGuard, and that one does not fit',
      fix: 'Look with `show system fortiguard` at `proxy-server-ip`, and in `get system ftm-push` at `proxy`. Where a proxy is needed, correct its address, user and password in `config system fortiguard`; where the FortiGate reaches the Internet itself, remove it or type `config system ftm-push`, `set proxy disable`, `end` (7.4.1 and later).',
    },
  ],
  needs: ['fortiguard'],
  wants: ['pushService', 'version', 'attempts', 'pushEvents', 'debugLog'],
  versions: '`proxy` in `system ftm-push`: 7.4.1 and later, enabled by default',
  references: ['CLI741', 'SCHEMA'],
  check({ fortiguard, pushService, version, attempts, pushEvents, debugLog }, context) {
    const { proxyServer, proxyPort } = fortiguard.value;
    if (NONE.has(proxyServer.value)) return notApplicable('no FortiGuard web proxy is set');
    const name = `${proxyServer.value}, port ${proxyPort.value}`;
    const logins = valueIfKnown(attempts) ?? [];
    const events = valueIfKnown(pushEvents) ?? [];
    const sent =
      logins.findLast(({ milestones }) => milestones.pushSent)?.milestones.pushSent?.quote ??
      valueIfKnown(debugLog)?.unclaimedPushes?.[0]?.quote ??
      events.find((each) => each.sent)?.quotes[0];
    if (sent) {
      return healthy(`a push left although the FortiGuard proxy ${proxyServer.value} is set`, [sent]);
    }
    const stuck = loginsInQuestion(logins, context).find(isStuck)?.milestones.pushConnect;
    const failed = events.find((each) => !each.sent);
    const quotes = [...(stuck ? [stuck.quote] : []), ...(failed?.quotes ?? [])];
    const release = valueIfKnown(version);
    const service = valueIfKnown(pushService);
    const known = release ? atLeast(release, PROXY_SINCE) : service?.proxy !== undefined;
    const used = known && (service?.proxy?.value ?? 'enable') === 'enable';
    if (quotes.length === 0) {
      return undecided({
        reason: `a FortiGuard web proxy is set (${name}); the evidence does not show whether pushes get through it`,
        need: 'whether a push leaves: the debug output of one login, or event 32160 or 32161',
        commands: 'debug-recipe',
      });
    }
    const toProxy = stuck !== undefined && stuck.address === proxyServer.value;
    const setProxy = (value: 'enable' | 'disable') => configBlock('system ftm-push', [`set proxy ${value}`]);
    const choice = known
      ? globalFix(context, {
          apply: setProxy(used ? 'disable' : 'enable'),
          undo: setProxy(used ? 'enable' : 'disable'),
          verify: ['show full-configuration system ftm-push', 'show system fortiguard'],
          note: used
            ? 'This lets pushes go directly. If only the proxy may connect to the Internet, correct `proxy-server-ip` and `proxy-server-port` in `config system fortiguard` instead.'
            : 'This sends pushes through the FortiGuard proxy. If pushes may go directly, allow TCP 443 to push.fortinet.com instead.',
        })
      : globalFix(context, {
          apply: [],
          undo: [],
          verify: ['show system fortiguard'],
          note: `FortiOS before ${PROXY_SINCE} cannot send pushes through a proxy: allow TCP 443 to push.fortinet.com directly, or upgrade.`,
        });
    return broken(toProxy ? 'likely' : 'possible', {
      title: used
        ? `The FortiGuard proxy ${proxyServer.value} does not forward pushes`
        : 'A FortiGuard web proxy is set, but pushes do not use it',
      summary: `\`system fortiguard\` names the web proxy ${name}. ${
        used
          ? `Pushes go through it (\`set proxy enable\`, the default), and this one failed${toProxy ? ' right after the connection to it began' : ''}.`
          : known
            ? '`system ftm-push` has `set proxy disable`, so pushes go directly, and this one failed.'
            : 'This FortiOS cannot send pushes through it, and this push failed.'
      } Possible reasons: the proxy refuses the push, or only the proxy may connect to the Internet.`,
      evidence: [...proxyServer.quotes, ...quotes],
      fix: choice,
      explains: ['push-proxy-unreachable', 'push-egress-unsuitable', 'cloud-communication-disabled'],
    });
  },
});

/** Connected, then no further message until the login ended. */
function isStuck({ outcome, milestones }: Attempt): boolean {
  const ended = outcome === 'timed-out' || outcome === 'failed';
  return ended && milestones.pushConnect !== undefined && !milestones.pushSent && !milestones.callbackStarted;
}
