import { RULES } from '../../../engine/rules/all-rules.ts';
import type { Language } from './language.ts';

const TYPE_THE_CODE =
  'Until then, you can sign in by typing the code that the FortiToken app shows instead of waiting for the request.';

export const ENGLISH: Language = {
  name: 'English',
  draft: {
    opening:
      'Thank you for your patience. We looked into why signing in with the request on the phone does not work.',
    found: {
      certain: 'The reason is that',
      likely: 'The most likely reason is that',
      possible: 'One possible reason is that',
    },
    causes: new Map(RULES.map((rule) => [rule.id, rule.forCustomer])),
    alsoFound: (count) =>
      count === 1 ? 'We found one more thing to correct.' : `We found ${count} more things to correct.`,
    weRepair: 'We are taking care of it and will tell you when it is done.',
    untilThen: {
      connection: '',
      login: '',
      'second-factor': '',
      token: '',
      'push-service': TYPE_THE_CODE,
      'push-request': TYPE_THE_CODE,
      notification: TYPE_THE_CODE,
      callback: TYPE_THE_CODE,
      tls: TYPE_THE_CODE,
      approval: TYPE_THE_CODE,
      authorisation: '',
      tunnel: '',
    },
    withoutFinding: {
      broken: 'It does not work at the moment, and we are still looking for the reason.',
      healthy: 'We found nothing that prevents it now.',
      inconclusive: 'What we have seen so far does not show the reason yet.',
    },
    closing: 'If anything is unclear, or if it happens again, please tell us when you last tried.',
  },
};
