/** What `test/engine/rules/<id>/closed-loop.ts` is written with: the parts of a device, of a login and of a phone. */
export { testCertificate } from '../fixtures/certificates/test-certificate.ts';
export {
  access,
  addressLine,
  dialup,
  entry,
  HARDWARE,
  holder,
  interfaceLines,
  internal,
  ldapUser,
  MOBILE,
  OTHER_TOKENS,
  SPARE,
  sslVpn,
  TOKEN_FILL,
  WAN_FROM_PROVIDER,
  wan,
} from './device.ts';
export { loginLog, slowLogin } from './login-log.ts';
export { activate, sendMessage, wait } from './phone.ts';
export { type ClosedLoop, releasesSince, type Scenario } from './scenario.ts';
export { UNREACHABLE } from './unreachable-servers.ts';
