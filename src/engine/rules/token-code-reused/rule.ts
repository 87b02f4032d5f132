import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';

import { isAskedAbout, needsLogin } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'token-code-reused',
  title: 'The same code was used twice within its time step',
  severity: 'low',
  hop: 'token',
  number: 45,
  forCustomer: 'a code was used a second time',
  disturbs: 'only this account',
  place: 'in the code, which was used a moment ago',
  leavesFortigate: true,
  stops: 'one account',
  answers: [
    ['token', 'The token stays as it is: the next code works.'],
    ['duration', 'The next code comes within 60 s, on some tokens within 30 s.'],
    ['attack', ''],
    ['release', 'A code counts for one login only: this is intended, no bug.'],
    ['sound', 'A code counts for one login only: this is intended.'],
    ['elsewhere', 'The second try has the next code, which counts; the first had one that was used before.'],
    ['prevent', 'Each login needs a new code, so the next one has to be awaited between two logins.'],
  ],
  descriptions: [
    {
      all: ['sameCode', 'fails / not works / waitHelps|nextCode'],
      or: [['code again', 'code fails', 'waitHelps|nextCode']],
      also: ['waitHelps|nextCode works / waitHelps / nextCode', 'code fails / fails'],
      not: ['clock drift', 'ikev2', 'nextCode asks', 'radius'],
      title: 'The same code was used twice',
      fix: 'A code is valid for one login only. Wait until the app shows the next code (at most a minute), or approve the push instead of typing. If both logins were the user’s own, nothing is wrong with the token or the FortiGate.',
    },
  ],
  needs: [],
  wants: ['tokenEvents', 'attempts'],
  versions: '6.4 and later show this text; older ones refuse without one',
  references: ['AG927108'],
  check({ tokenEvents, attempts }, context) {
    const reused = (valueIfKnown(tokenEvents) ?? []).find(
      (each) => each.kind === 'code-reused' && (each.user === undefined || isAskedAbout(each.user, context)),
    );
    if (reused) {
      const wait = reused.seconds === undefined ? 'some seconds' : `${reused.seconds} s`;
      return broken('certain', {
        title: `The code was used a moment ago: FortiOS accepts a new one in ${wait}`,
        summary: `FortiOS answered \`Please wait … seconds to login again\`: a token code works once, and the user logged in again within the same time step (60 s, on some tokens 30 s). Nothing is broken; the next code works, and a push does not depend on it.`,
        evidence: reused.quotes,
        fix: 'Wait for the next code in the app, or approve the push instead of typing.',
      });
    }
    const typed = (valueIfKnown(attempts) ?? []).find(
      ({ user, outcome, milestones }) =>
        isAskedAbout(user, context) && outcome === 'succeeded' && milestones.manualCode?.push === false,
    );
    return typed?.milestones.manualCode
      ? healthy(`a code typed by ${typed.user} was accepted`, [typed.milestones.manualCode.quote])
      : needsLogin('the evidence shows no typed code, accepted or refused');
  },
});
