import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { configBlock, globalFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';
import { describeToken, tokenSubject, tokensInQuestion } from '../token-holders.ts';

const EXPIRED = 'provision timeout';
/** Hours; the longest window FortiOS allows. */
const LONGEST = 168;

export const tokenActivationExpired = defineRule({
  id: 'token-activation-expired',
  title: 'The time to activate the token ran out',
  severity: 'high',
  needs: ['tokenStates'],
  wants: ['localUsers', 'global'],
  versions: 'all',
  references: [REFERENCES.AG180506, REFERENCES.KB191661],
  check({ tokenStates, localUsers, global }, context) {
    const expired = tokensInQuestion(tokenStates.value, localUsers, context).filter(
      ({ token }) => token.status.value === EXPIRED,
    );
    if (expired.length === 0) {
      return { verdict: 'healthy', reason: 'no token’s activation window has run out' };
    }
    const window = valueIfKnown(global)?.ftmExpiry;
    const hours = window?.value ?? 72;
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${tokenSubject(expired)} not activated in time: the activation has expired`,
      summary: `${expired.map(describeToken).join(', ')}: \`${EXPIRED}\`. The activation message is valid for ${hours} hours${window ? '' : ' by default'} (\`two-factor-ftm-expiry\`, in hours; it has nothing to do with how long a push waits).`,
      evidence: expired.flatMap(({ token }) => token.status.quotes),
      fix: globalFix(context, {
        apply: hours >= LONGEST ? [] : configBlock('system global', [`set two-factor-ftm-expiry ${LONGEST}`]),
        undo: hours >= LONGEST ? [] : configBlock('system global', [`set two-factor-ftm-expiry ${hours}`]),
        verify: ['diagnose fortitoken info'],
        note: 'The token has to be provisioned again in any case (User & Authentication > FortiTokens); the longer window only gives the user more time.',
      }),
    };
  },
});
