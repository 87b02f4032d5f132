import { momentOf } from './event-ref.ts';
import { findLoginFailure, namedBy, type Signs, upBy } from './login-failure.ts';
import { createLoginState, type LoginState } from './login-state.ts';
import { loginTrace, type Trace } from './trace.ts';

/**
 * A login that no line names: it ended before the name was sent, or the name is in the SAML response only. A tunnel
 * between two sites is nobody's login: it shows neither FortiClient nor a question for a user.
 */
export function namelessLogin(trace: Trace): LoginState | undefined {
  return trace.vpn === 'ike' && !isRemoteAccess(loginTrace(trace).signs) ? undefined : loginOf(trace);
}

/** A request for a tunnel that the FortiGate refused, and that may be a person’s. */
export function unclearLogin(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  if (signs['ike-first'] === undefined || !findLoginFailure(signs)) return undefined;
  trace.unclear = true;
  return loginOf(trace);
}

function loginOf(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  const failure = findLoginFailure(signs);
  const up = upBy(signs);
  if (!failure && !up) return undefined;
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
  if (up) login.milestones.granted = momentOf(up);
  return login;
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
