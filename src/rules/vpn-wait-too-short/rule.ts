import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { configBlock, globalFix } from '../fix.ts';
import { isAskedAbout, loginsInQuestion, needsLogin } from '../logins.ts';
import { REFERENCES } from '../references.ts';
import {
  enoughRemoteAuthTimeout,
  remoteAuthTimeoutOf,
  secondsToAnswer,
  timeLine,
  vpnWaitOf,
} from '../timers.ts';

interface Late {
  readonly login: Attempt;
  readonly waited: number;
  readonly allowed: number;
}

export const vpnWaitTooShort = defineRule({
  id: 'vpn-wait-too-short',
  title: 'The VPN gives up before the user approves',
  severity: 'high',
  needs: ['attempts'],
  wants: ['global', 'version'],
  versions:
    'up to 7.4.0 exactly 10 × remoteauthtimeout + 30 s; from 7.4.1 the token expiry where that is longer',
  references: [REFERENCES.KB191661, REFERENCES.KB193607],
  check({ attempts, global, version }, context) {
    const settings = valueIfKnown(global);
    const configured = settings && vpnWaitOf(settings, valueIfKnown(version));
    const measured = attempts.value
      .filter((each) => isAskedAbout(each.user, context))
      .flatMap((login): Late[] => {
        const waited = secondsToAnswer(login);
        const allowed = login.marks.vpnWait?.seconds ?? configured;
        return waited === undefined || allowed === undefined ? [] : [{ login, waited, allowed }];
      });
    const open = new Set(loginsInQuestion(attempts.value, context));
    const late = measured.filter(({ login, waited, allowed }) => open.has(login) && waited > allowed);
    const worst = late.toSorted((a, b) => b.waited - a.waited)[0];
    if (!worst) {
      const good = measured.find(({ waited, allowed }) => waited <= allowed);
      return good
        ? {
            verdict: 'healthy',
            reason: `${good.login.user} answered after ${good.waited} s of ${good.allowed} s`,
            evidence: good.login.marks.vpnWait ? [good.login.marks.vpnWait.quote] : [],
          }
        : needsLogin(
            'no login in the evidence shows, with times, when the VPN asked and when the phone answered',
          );
    }
    const { login, waited, allowed } = worst;
    const before = settings?.remoteAuthTimeout.value ?? remoteAuthTimeoutOf(allowed);
    const wanted = enoughRemoteAuthTimeout(waited);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${login.user} approved ${waited - allowed} s after the VPN had given up`,
      summary: `The VPN waits ${allowed} s; ${login.user} needed ${waited} s. \`remoteauthtimeout\` is ${before} s, and SSL VPN waits 10 × that + 30 s. Time: ${timeLine(login)}.`,
      evidence: [login.marks.vpnWait, login.marks.callbackCompleted].flatMap((mark) =>
        mark ? [mark.quote] : [],
      ),
      fix: globalFix(context, {
        apply: configBlock('system global', [`set remoteauthtimeout ${wanted}`]),
        undo: configBlock('system global', [`set remoteauthtimeout ${before}`]),
        verify: ['show full-configuration system global | grep remoteauthtimeout'],
        note: `The VPN then waits ${10 * wanted + 30} s. The same setting also bounds the wait for RADIUS and LDAP servers, so a dead server is noticed later.`,
      }),
    };
  },
});
