export type FnbamdEvent =
  | {
      readonly kind: 'auth-request';
      readonly request: string;
      readonly user: string;
      /** Number of the requesting service; newer releases print it. */
      readonly service?: string;
    }
  /** The request that the following lines belong to. */
  | { readonly kind: 'request-context'; readonly request: string }
  /** The same for a certificate check, which is not a login. */
  | { readonly kind: 'certificate-request'; readonly request: string }
  | { readonly kind: 'user-found'; readonly user: string }
  | { readonly kind: 'second-factor-not-required' }
  /** The password is of a local user, or the identity provider of SAML has already checked the user. */
  | { readonly kind: 'checked-by'; readonly by: 'local-user' | 'saml' }
  /** The name behind FortiClient's identifier, as the identity provider gave it. */
  | { readonly kind: 'saml-user'; readonly id: string; readonly user: string }
  /** The FortiGate itself ends EAP, and asks fnbamd for the password with a request of its own. */
  | { readonly kind: 'eap-local' }
  | { readonly kind: 'group-mismatch' }
  | { readonly kind: 'auth-result'; readonly request: string; readonly code: number }
  /** Another server is asked for this user; `eap` for EAP, which needs many requests. */
  | { readonly kind: 'radius-asked'; readonly user?: string; readonly eap: boolean }
  /** The password goes to the server as it is, or hashed: no EAP. */
  | { readonly kind: 'radius-protocol' }
  /** RADIUS code of its answer (RFC 2865); the line does not name the request. */
  | { readonly kind: 'radius-answer'; readonly code: number }
  | { readonly kind: 'push-question'; readonly request: string }
  | { readonly kind: 'push-already-sent' }
  | { readonly kind: 'token-drifted'; readonly request: string }
  | { readonly kind: 'token-sync'; readonly request: string };

/** Greedy on purpose: a user name may contain ` in `. Only a realm with blanks in its name ends the user name early. */
const AUTH_REQUEST =
  /^Rcvd auth req (\d{1,20}) for (?:(.{1,256}) in \S{0,128} ?|(.{1,256}?) in .{1,128}? )(?:opt|prot)=/;
const SERVICE = /\bsvc=(\d{1,5})\b/;
const CERTIFICATE = /^Rcvd auth_cert req id=(\d{1,20})/;
const USER_FOUND = /^Found a matching user in CMDB '(.{1,256})'/;
/** `New auth cache entry is created, user='0B1C…', saml_user='wren@example.net', expires=1795517148` */
const SAML_USER = /^New auth cache entry is created, user='([^']{1,256})', saml_user='([^']{1,256})'/;
/** `Sending result 1 (nid 0) for req 7`, `… 1 (error 0, nid 0) for req 7`, `… 3 for req 7` */
const RESULT =
  /^Sending result (-?\d{1,5})(?: \((?:error \d{1,10}, )?(?:nid|error) \d{1,10}\))? for req (\d{1,20})/;
/** EAP_PROXY is the FortiGate itself. */
const RADIUS_ASKED = /^Sent radius req to server '(?!(?:EAP_PROXY|eap_proxy)')[^']{1,128}'/;
/** Releases without `eap_local=1`: `Sent radius req to server 'eap_proxy': fd=10, IP=127.0.0.1(127.0.0.1:1812) code=1 …` */
const EAP_LOCAL = /^(?:eap_local=1|Sent radius req to server '(?:EAP_PROXY|eap_proxy)')/;
/** `Next auth prot PAP` of releases whose line about the request does not name the protocol. */
const RADIUS_PROTOCOL = /^Next auth prot (?:PAP|CHAP|MS-?CHAP)/;
const RADIUS_USER = / user="([^"]{1,256})"/;
const RADIUS_ANSWER = /^RADIUS resp code (\d{1,3})\b/;
const PUSH_QUESTION = /^Rcvd ftm2_auth_withid req (\d{1,20})/;
const DRIFTED = /^Token drifted, asking for the next token req (\d{1,20})/;
const TOKEN_SYNC = /^Rcvd token sync req for (\d{1,20})/;
const CONTEXT = /^(?:req id: |delete session )(\d{1,20})/;

/**
 * Messages from Fortinet's articles KB257210, KB394707 and KB385391; those of RADIUS from the guides of RADIUS
 * servers.
 */
export function readFnbamdEvent(text: string): FnbamdEvent | undefined {
  if (text.startsWith('Failed group matching')) return { kind: 'group-mismatch' };
  if (text.startsWith('config does not require 2fa')) return { kind: 'second-factor-not-required' };
  if (text.startsWith('Local password fetched')) return { kind: 'checked-by', by: 'local-user' };
  if (text.startsWith('Authentication passed')) return { kind: 'checked-by', by: 'saml' };
  if (EAP_LOCAL.test(text)) return { kind: 'eap-local' };
  const [, id, samlUser] = SAML_USER.exec(text) ?? [];
  if (id !== undefined && samlUser !== undefined) return { kind: 'saml-user', id, user: samlUser };
  if (text.startsWith('Push msg was already sent')) return { kind: 'push-already-sent' };
  const asked = AUTH_REQUEST.exec(text);
  if (asked) {
    const service = SERVICE.exec(text.slice(asked[0].length))?.[1];
    return { kind: 'auth-request', request: asked[1] ?? '', user: asked[2] ?? asked[3] ?? '', service };
  }
  const result = RESULT.exec(text);
  if (result) return { kind: 'auth-result', code: Number(result[1]), request: result[2] ?? '' };
  if (RADIUS_ASKED.test(text)) {
    const asked = RADIUS_USER.exec(text)?.[1];
    const eap = !/\busing (?:PAP|CHAP|MS-?CHAP)/i.test(text);
    return { kind: 'radius-asked', eap, user: asked };
  }
  if (RADIUS_PROTOCOL.test(text)) return { kind: 'radius-protocol' };
  const answer = RADIUS_ANSWER.exec(text)?.[1];
  if (answer !== undefined) return { kind: 'radius-answer', code: Number(answer) };
  const user = USER_FOUND.exec(text)?.[1];
  if (user !== undefined) return { kind: 'user-found', user };
  return (
    naming(PUSH_QUESTION, 'push-question', text) ??
    naming(DRIFTED, 'token-drifted', text) ??
    naming(TOKEN_SYNC, 'token-sync', text) ??
    naming(CERTIFICATE, 'certificate-request', text) ??
    naming(CONTEXT, 'request-context', text)
  );
}

function naming<
  K extends 'push-question' | 'token-drifted' | 'token-sync' | 'request-context' | 'certificate-request',
>(pattern: RegExp, kind: K, text: string): { readonly kind: K; readonly request: string } | undefined {
  const request = pattern.exec(text)?.[1];
  return request === undefined ? undefined : { kind, request };
}
