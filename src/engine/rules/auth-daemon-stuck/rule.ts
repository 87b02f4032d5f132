import type { Attempt } from '../../facts/attempt.ts';
import { saidYes } from '../../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { hopIndex } from '../../facts/hop.ts';
import { atLeast, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { loginsInQuestion } from '../shared/logins.ts';
import { shownBy, whoseLogins } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'auth-daemon-stuck',
  title: 'The authentication daemon crashed, and logins stay without an answer',
  severity: 'critical',
  hop: 'login',
  number: 129,
  forCustomer: 'the service that checks passwords does not answer at the moment',
  disturbs: 'logins under way',
  place: 'on the FortiGate itself, whose authentication daemon crashed or whose memory is short',
  stops: 'every user',
  answers: [
    [
      'typed',
      '`diagnose test application fnbamd 99` restarts the daemon; logins under way have to be repeated.',
    ],
    [
      'enough',
      'A restart of fnbamd is enough for a while; the trouble can return until FortiOS is 7.4.12 or later.',
    ],
    [
      /\b(?:before|vorher|bevor|avant|antes|prima|voordat|eerst)\b/i,
      'Release and crash log (`diagnose debug crashlog read`) belong to a ticket, so they should be saved before a restart.',
    ],
    [
      'rollback',
      'A rollback is not needed: a restart brings logins back, and an upgrade is the way if the trouble returns.',
    ],
    [
      'restart',
      'A restart of fnbamd is enough to bring logins back for a while: site-to-site tunnels stay up, while a reboot ends every session.',
    ],
    [
      'risk',
      'A restart of fnbamd interrupts logins under way, and connected users should stay; a restart of the FortiGate ends every session.',
    ],
    ['release', 'Crashes of fnbamd are reported for releases before 7.4.12.'],
    [
      'vendor',
      'A ticket with Fortinet makes sense if the trouble returns after a restart; the crash log belongs to it.',
    ],
    ['buy', 'A licence does not help: the memory or the daemon is what fails.'],
    ['change', 'The settings of the FortiGate are not the cause: its memory or its daemon is.'],
    ['duration', 'The daemon is back within seconds of its restart.'],
    ['verify', '`diagnose debug crashlog read` shows the crashes of the daemon with their time.'],
    [
      'prevent',
      'An upgrade is the way if the crashes come back: they are reported for releases before 7.4.12.',
    ],
    [
      'elsewhere',
      'Tunnels that are up need no new login, so they stay; each new login waits for the daemon.',
    ],
    ['choice', 'A restart of fnbamd comes before a reboot: it leaves site-to-site tunnels alone.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['daemon', 'all|fails|waits|local'],
      or: [
        ['local ldap|radiusServer', 'restart', 'not|waits|fails'],
        ['all waits', 'restart', 'local|ldap|radiusServer'],
        ['local', 'ldap|radiusServer', 'all waits|not', 'waits'],
      ],
      also: ['daemon', 'restart', 'local ldap|radiusServer', 'all waits'],
      not: ['ipsec', 'approval !not !saml', 'local works !not', 'local yes !not'],
      title: 'The authentication service of the FortiGate (fnbamd) hangs or has crashed',
      fix: 'Restart the service by hand: `diagnose test application fnbamd 99`. Logins under way fail and have to be repeated; a reboot of the FortiGate would end all sessions. See whether it crashed at that time: `diagnose debug crashlog read`. If it did (`application fnbamd`), plan an update and keep the crash log for Fortinet’s support.',
    },
  ],
  needs: ['attempts'],
  wants: ['daemonFailures'],
  versions: 'reported before 7.4.12',
  references: ['KB227810'],
  checkPartial({ attempts, daemonFailures }) {
    const conserve = valueIfKnown(daemonFailures)?.findLast(({ kind }) => kind === 'conserve');
    const gotIn = (valueIfKnown(attempts) ?? []).some(({ outcome }) => outcome === 'succeeded');
    if (!conserve || gotIn) return undefined;
    return broken('certain', {
      hop: 'connection',
      title: 'SSL VPN is short of memory and accepts no new connection',
      summary: 'SSL VPN is in the state `conserve`, in which it accepts no new connection of any user.',
      evidence: [conserve.quote],
      answers: [
        [
          'restart',
          'A restart of the FortiGate helps until the memory is used up again, and it ends every session.',
        ],
      ],
      fix: 'Free memory (`get system performance status` shows how much is used): end sessions that are not needed, and turn off features that are not used. A restart helps until the memory is used up again; if it returns, upgrade FortiOS or open a ticket with Fortinet. Look at `diagnose vpn ssl statistics` again: `conserve` must be gone.',
    });
  },
  check({ attempts, daemonFailures }, context) {
    const answered = shownBy(attempts.value, 'request-result') ?? shownBy(attempts.value, 'event-login');
    const waiting = loginsInQuestion(attempts.value, context).filter(isWaiting);
    const crashes = (valueIfKnown(daemonFailures) ?? []).filter(({ kind }) => kind === 'crash');
    if (!answered && waiting.length > 0 && crashes.length > 0) {
      return broken('likely', {
        title: `fnbamd crashed, and the logins of ${whoseLogins(waiting)} stay without an answer`,
        summary: `The crash log names fnbamd, the daemon that checks every password, and ${waiting.length === 1 ? `the login of ${whoseLogins(waiting)} was` : `all ${waiting.length} logins of ${whoseLogins(waiting)} in the log were`} handed to it without a result. Then local users and directory users fail alike.`,
        evidence: [
          ...crashes.slice(0, 3).map(({ quote }) => quote),
          ...waiting.slice(0, 3).flatMap(({ trace, hops }) => {
            const sent = trace.signs['group-sent'] ?? trace.signs['groups-sent'];
            return sent?.at(-1)?.quote ?? hops[hopIndex('connection')]?.evidence.slice(0, 1) ?? [];
          }),
        ],
        answers: [
          ['own-change', CHANGE_AND_CRASH],
          ['update', CHANGE_AND_CRASH],
        ],
        fix: `Restart the daemon by hand: \`diagnose test application fnbamd 99\`. Logins under way fail and have to be repeated. Sessions that are connected should stay, which Fortinet does not document; a reboot of the FortiGate ends them all. Then upgrade FortiOS: such crashes are reported before 7.4.12${context.version && !atLeast(context.version, '7.4.12') ? `, and this is ${formatVersion(context.version)}` : ''}. If it returns, open a ticket with Fortinet and send them the crash log.`,
      });
    }
    if (answered) {
      return healthy('the daemon that checks passwords answers', [answered.seen.quote]);
    }
    return undecided({
      reason:
        waiting.length > 0
          ? 'no login in the log got an answer, but the log may have ended too early'
          : 'no login in the evidence waits for an answer of the authentication daemon',
      need: 'the crash log (`diagnose debug crashlog read`) and the debug output of one login',
      commands: 'debug-recipe',
    });
  },
});

const CHANGE_AND_CRASH =
  'The crash of fnbamd is what stops the logins; that a change brought it on is not proven by this text. A wrong setting of a directory alone would leave local accounts alone.';

/** Handed to the daemon, and without a result. */
function isWaiting({ outcome, milestones, trace }: Attempt): boolean {
  return (
    outcome === 'incomplete' &&
    !milestones.passwordAccepted &&
    !milestones.passwordRefused &&
    !saidYes(trace.signs) &&
    trace.vpn !== 'ike'
  );
}
