import type { Attempt } from '../../facts/attempt.ts';
import { healthy } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { failedWith, type ShownLogin, shownBy } from './vpn-logins.ts';

/** What the fix of one of them may settle for those who only see a refusal. */
export const SAML_EXPLAINS = ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'] as const;

/** Logins whose answer of the identity provider samld refused with one of these codes (`ret=`). */
export function refusedAnswers(
  attempts: readonly Attempt[],
  context: RuleContext,
  codes: readonly string[],
): readonly ShownLogin[] {
  return failedWith(attempts, context, 'saml-refused', ({ fields }) => codes.includes(fields.code ?? ''));
}

/** The verdict where no answer was refused for a cause: `healthy` with one that was accepted. */
export function acceptedAnswer(attempts: readonly Attempt[]): Judgement {
  const accepted =
    shownBy(attempts, 'saml-user') ?? shownBy(attempts, 'saml-cached') ?? shownBy(attempts, 'saml-attribute');
  if (accepted) {
    return healthy('an answer of the identity provider was accepted', [accepted.seen.quote]);
  }
  const refused = shownBy(attempts, 'saml-refused') ?? shownBy(attempts, 'saml-clock-skew');
  return {
    verdict: 'not-applicable',
    reason: refused
      ? 'the answer of the identity provider was refused for another reason'
      : 'no login in the evidence used SAML',
  };
}
