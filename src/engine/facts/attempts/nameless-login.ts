import { momentOf } from './event-ref.ts';
import { findLoginFailure, namedBy, type Signs, upBy } from './login-failure.ts';
import { createLoginState, DENIED, type LoginState } from './login-state.ts';
import { loginTrace, type Trace } from './trace.ts';

/**
 * A login that no line names: it ended before the name was sent, or the name is in the SAML response only. A tunnel
 * between two sites is nobody's login: it shows neither FortiClient nor a question for a user.
 */
export function namelessLogin(trace: Trace): LoginState | undefined {
  if (trace.isPiece) return undefined;
  return trace.vpn === 'ike' && !isRemoteAccess(loginTrace(trace).signs) ? undefined : loginOf(trace);
}

/** A request for a tunnel that the FortiGate refused, and that may be a person’s; or what a piece of a log shows. */
export function unclearLogin(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  if (trace.isPiece) return loginOf(trace);
  if (!isRequested(signs) || !findLoginFailure(signs)) return undefined;
  trace.unclear = true;
  return loginOf(trace);
}

/** The other side began the negotiation. */
function isRequested(signs: Signs): boolean {
  const answered = signs['ike-first'] ?? signs['peer-id-refused'] ?? signs['certificate-refused'];
  const refused = signs['no-policy']?.some(({ quote }) => quote.text.includes('IKEv2 request'));
  return (answered ?? signs['proposal-mine']) !== undefined || refused === true;
}

function loginOf(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  const failure = findLoginFailure(signs);
  const up = upBy(signs);
  const no = trace.isPiece ? saidNo(signs) : undefined;
  if (!failure && !up && !no) return undefined;
  const login = createLoginState(trace.started, {
    user: trace.person || namedBy(signs, undefined),
    vdom: trace.vdom,
    fromStart: true,
    pushDebugEnabled: false,
  });
  login.trace = trace;
  login.lastOrder = trace.lastOrder;
  login.lastAt = trace.started.at;
  login.stage = 'over';
  const refused = signs['event-login-failed']?.at(-1);
  if (refused) login.milestones.loginFailed = { ...momentOf(refused), why: refused.fields.reason ?? '' };
  if (no) login.milestones.passwordRefused = { ...no, code: DENIED };
  if (up) login.milestones.granted = momentOf(up);
  return login;
}

/** The line in which a password was refused. */
function saidNo(signs: Signs) {
  const local = signs['local-result']?.at(-1);
  const radius = signs['radius-code']?.at(-1);
  return [
    local?.fields.code === '1' ? local : undefined,
    radius?.fields.code === '3' ? radius : undefined,
  ].find((line) => line !== undefined);
}

function isRemoteAccess(signs: Signs): boolean {
  return (
    (signs['ike-forticlient'] ??
      signs['forticlient-version'] ??
      signs['eap-asked'] ??
      signs['xauth-asked'] ??
      signs['saml-client-job'] ??
      signs['ike-address-given'] ??
      signs['event-ike-failed'] ??
      signs['event-xauth-failed'] ??
      signs['event-tunnel-up']) !== undefined
  );
}
