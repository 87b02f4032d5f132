import { adminTrusthostBlocksCallback } from './admin-trusthost-blocks-callback/rule.ts';
import { passwordRejected } from './password-rejected/rule.ts';
import { phoneRegistrationStale } from './phone-registration-stale/rule.ts';
import { pushDeniedByUser } from './push-denied-by-user/rule.ts';
import { pushDisabled } from './push-disabled/rule.ts';
import { remoteGroupBypasses2fa } from './remote-group-bypasses-2fa/rule.ts';
import type { Rule } from './rule.ts';
import { tokenActivationExpired } from './token-activation-expired/rule.ts';
import { tokenClockDrift } from './token-clock-drift/rule.ts';
import { tokenExpiryTooShort } from './token-expiry-too-short/rule.ts';
import { tokenLocked } from './token-locked/rule.ts';
import { tokenNotActivated } from './token-not-activated/rule.ts';
import { tokenNotMobile } from './token-not-mobile/rule.ts';
import { tokenSeedUnavailable } from './token-seed-unavailable/rule.ts';
import { twoFactorNotAssigned } from './two-factor-not-assigned/rule.ts';
import { userNotInVpnRule } from './user-not-in-vpn-rule/rule.ts';
import { vpnWaitTooShort } from './vpn-wait-too-short/rule.ts';
import { wanFtmAccessMissing } from './wan-ftm-access-missing/rule.ts';

/** Every rule, in the order of the field notes. */
export const RULES: readonly Rule[] = [
  adminTrusthostBlocksCallback,
  passwordRejected,
  phoneRegistrationStale,
  pushDeniedByUser,
  pushDisabled,
  remoteGroupBypasses2fa,
  tokenActivationExpired,
  tokenClockDrift,
  tokenExpiryTooShort,
  tokenLocked,
  tokenNotActivated,
  tokenNotMobile,
  tokenSeedUnavailable,
  twoFactorNotAssigned,
  userNotInVpnRule,
  vpnWaitTooShort,
  wanFtmAccessMissing,
].sort((a, b) => a.number - b.number);
