import { adminTrusthostBlocksCallback } from './admin-trusthost-blocks-callback/rule.ts';
import { callbackAsymmetricRoute } from './callback-asymmetric-route/rule.ts';
import { callbackBlockedUpstream } from './callback-blocked-upstream/rule.ts';
import { callbackHairpin } from './callback-hairpin/rule.ts';
import { callbackNotAccepted } from './callback-not-accepted/rule.ts';
import { clientNotForticlient } from './client-not-forticlient/rule.ts';
import { cloudCommunicationDisabled } from './cloud-communication-disabled/rule.ts';
import { deviceUnregistered } from './device-unregistered/rule.ts';
import { facCertificateUntrusted } from './fac-certificate-untrusted/rule.ts';
import { facPushNotEnabled } from './fac-push-not-enabled/rule.ts';
import { fortiguardProxyWrong } from './fortiguard-proxy-wrong/rule.ts';
import { fortitokenCloudDisabled } from './fortitoken-cloud-disabled/rule.ts';
import { fortitokenCloudQuota } from './fortitoken-cloud-quota/rule.ts';
import { fortitokenCloudUser } from './fortitoken-cloud-user/rule.ts';
import { ftmAccessWrongInterface } from './ftm-access-wrong-interface/rule.ts';
import { haLicenseOnSecondary } from './ha-license-on-secondary/rule.ts';
import { ikev1NoPush } from './ikev1-no-push/rule.ts';
import { ikev2ManualCodeBug } from './ikev2-manual-code-bug/rule.ts';
import { ikev2TimerBug } from './ikev2-timer-bug/rule.ts';
import { ikev2VdomBug } from './ikev2-vdom-bug/rule.ts';
import { ikev2VersionUnsupported } from './ikev2-version-unsupported/rule.ts';
import { localInPolicyDenies } from './local-in-policy-denies/rule.ts';
import { nasChallengeUnanswered } from './nas-challenge-unanswered/rule.ts';
import { passwordRejected } from './password-rejected/rule.ts';
import { phoneNotNotified } from './phone-not-notified/rule.ts';
import { phoneRegistrationStale } from './phone-registration-stale/rule.ts';
import { portConflictAdminHttps } from './port-conflict-admin-https/rule.ts';
import { portConflictIkeTcp } from './port-conflict-ike-tcp/rule.ts';
import { portConflictSslVpn } from './port-conflict-ssl-vpn/rule.ts';
import { portConflictVip } from './port-conflict-vip/rule.ts';
import { pushAddressConflict } from './push-address-conflict/rule.ts';
import { pushAddressMissing } from './push-address-missing/rule.ts';
import { pushAddressPrivate } from './push-address-private/rule.ts';
import { pushAddressStale } from './push-address-stale/rule.ts';
import { pushCertMissing } from './push-cert-missing/rule.ts';
import { pushCertUntrusted } from './push-cert-untrusted/rule.ts';
import { pushDeniedByUser } from './push-denied-by-user/rule.ts';
import { pushDisabled } from './push-disabled/rule.ts';
import { pushDnsFailure } from './push-dns-failure/rule.ts';
import { pushEgressUnsuitable } from './push-egress-unsuitable/rule.ts';
import { pushFqdnMismatch } from './push-fqdn-mismatch/rule.ts';
import { pushLegacyServerIp } from './push-legacy-server-ip/rule.ts';
import { pushPortMismatch } from './push-port-mismatch/rule.ts';
import { pushProxyUnreachable } from './push-proxy-unreachable/rule.ts';
import { pushTlsInspected } from './push-tls-inspected/rule.ts';
import { radiusAllUsergroup } from './radius-all-usergroup/rule.ts';
import { radiusTimeoutTooShort } from './radius-timeout-too-short/rule.ts';
import { remoteGroupBypasses2fa } from './remote-group-bypasses-2fa/rule.ts';
import type { Rule } from './rule.ts';
import { sourceIpBlocked } from './source-ip-blocked/rule.ts';
import { sslVpnLoginTimeoutShort } from './ssl-vpn-login-timeout-short/rule.ts';
import { sslVpnRemoved } from './ssl-vpn-removed/rule.ts';
import { tokenActivationExpired } from './token-activation-expired/rule.ts';
import { tokenClockDrift } from './token-clock-drift/rule.ts';
import { tokenCodeReused } from './token-code-reused/rule.ts';
import { tokenExpiryTooShort } from './token-expiry-too-short/rule.ts';
import { tokenLocked } from './token-locked/rule.ts';
import { tokenNotActivated } from './token-not-activated/rule.ts';
import { tokenNotMobile } from './token-not-mobile/rule.ts';
import { tokenSeedUnavailable } from './token-seed-unavailable/rule.ts';
import { tokenServerIsFortimanager } from './token-server-is-fortimanager/rule.ts';
import { tokenServerUnreachable } from './token-server-unreachable/rule.ts';
import { tokenWrongOwner } from './token-wrong-owner/rule.ts';
import { trialTokenStuck } from './trial-token-stuck/rule.ts';
import { twoFactorNotAssigned } from './two-factor-not-assigned/rule.ts';
import { upstreamNatNotForwarded } from './upstream-nat-not-forwarded/rule.ts';
import { userNotInVpnRule } from './user-not-in-vpn-rule/rule.ts';
import { usernameCaseBypasses2fa } from './username-case-bypasses-2fa/rule.ts';
import { vpnWaitTooShort } from './vpn-wait-too-short/rule.ts';
import { wanFtmAccessMissing } from './wan-ftm-access-missing/rule.ts';
import { wrongVdomScope } from './wrong-vdom-scope/rule.ts';

/** Every rule, in the order of the field notes. */
export const RULES: readonly Rule[] = [
  adminTrusthostBlocksCallback,
  callbackAsymmetricRoute,
  callbackBlockedUpstream,
  callbackHairpin,
  callbackNotAccepted,
  clientNotForticlient,
  cloudCommunicationDisabled,
  deviceUnregistered,
  facCertificateUntrusted,
  facPushNotEnabled,
  fortiguardProxyWrong,
  fortitokenCloudDisabled,
  fortitokenCloudQuota,
  fortitokenCloudUser,
  ftmAccessWrongInterface,
  haLicenseOnSecondary,
  ikev1NoPush,
  ikev2ManualCodeBug,
  ikev2TimerBug,
  ikev2VdomBug,
  ikev2VersionUnsupported,
  localInPolicyDenies,
  nasChallengeUnanswered,
  passwordRejected,
  phoneNotNotified,
  phoneRegistrationStale,
  portConflictAdminHttps,
  portConflictIkeTcp,
  portConflictSslVpn,
  portConflictVip,
  pushAddressConflict,
  pushAddressMissing,
  pushAddressPrivate,
  pushAddressStale,
  pushCertMissing,
  pushCertUntrusted,
  pushDeniedByUser,
  pushDisabled,
  pushDnsFailure,
  pushEgressUnsuitable,
  pushFqdnMismatch,
  pushLegacyServerIp,
  pushPortMismatch,
  pushProxyUnreachable,
  pushTlsInspected,
  radiusAllUsergroup,
  radiusTimeoutTooShort,
  remoteGroupBypasses2fa,
  sourceIpBlocked,
  sslVpnLoginTimeoutShort,
  sslVpnRemoved,
  tokenActivationExpired,
  tokenClockDrift,
  tokenCodeReused,
  tokenExpiryTooShort,
  tokenLocked,
  tokenNotActivated,
  tokenNotMobile,
  tokenSeedUnavailable,
  tokenServerIsFortimanager,
  tokenServerUnreachable,
  tokenWrongOwner,
  trialTokenStuck,
  twoFactorNotAssigned,
  upstreamNatNotForwarded,
  userNotInVpnRule,
  usernameCaseBypasses2fa,
  vpnWaitTooShort,
  wanFtmAccessMissing,
  wrongVdomScope,
].sort((a, b) => a.number - b.number);
