export interface IkeLine {
  readonly kind: 'ike';
  readonly tunnel: string;
  readonly serial?: string;
  readonly vdom?: string;
  readonly event:
    | { readonly what: 'forticlient'; readonly is: boolean }
    | { readonly what: 'eap' }
    /** The tunnel accepted the client's identity; the next user is this client's. */
    | { readonly what: 'identified' }
    /** IKEv1 has no EAP; it names its user in XAUTH. */
    | { readonly what: 'user'; readonly user: string; readonly xauth?: true }
    /** fnbamd was asked, with this request number. */
    | { readonly what: 'asked'; readonly request: string }
    /** fnbamd expects one more message of EAP, as several times in each login. */
    | { readonly what: 'challenged' }
    /** fnbamd requests a token, so the password was right. */
    | { readonly what: 'token-needed'; readonly request: string }
    /** `withoutToken`: it says that this FortiGate asked for no second factor. */
    | {
        readonly what: 'accepted';
        readonly user?: string;
        readonly request?: string;
        readonly withoutToken?: true;
      }
    /** fnbamd's answer; the line with the user name follows it. */
    | { readonly what: 'refused'; readonly user?: string; readonly request?: string; readonly xauth?: true }
    /** No answer arrived in the time that IKE allows for a negotiation. */
    | { readonly what: 'gave-up' };
}

const PREFIX =
  /^ike (?:\d{1,10}:|V=([^:\s]{1,40}):\d{1,10}:)([^:\s]{1,45})(?::(\d{1,10}))?(?:: ?| (?=(?:EAP|XAUTH) ))/;
const USER = /^(EAP|XAUTH) user "([^"]{1,256})"/;
const PENDING = /^(?:EAP|XAUTH) (\d{1,20}) pending\b/;
const RESULT = /^(EAP|XAUTH) (\d{1,20}) result FNBAM_([A-Z_]{1,40})\b/;
/** `XAUTH succeeded for user "wren" group "vpn-staff" 2FA=no` */
const ENDED = /^(EAP|XAUTH) (failed|succeeded) for user "([^"]{1,256})"(?: group "[^"]{0,128}" 2FA=(no)\b)?/;
const AUTHENTICATED = /^user '([^']{1,256})' authenticated group /;

/**
 * IKE debug of a dial-up login. FortiClient identifies itself: its UID, and the vendor id of its EAP extension, which
 * a second factor inside IKEv2 requires (KB421645; the lines are those of KB408078, of article 227138 and of the 7.4
 * guides, and for XAUTH those that support's own log readers search for). The names of results are those of section
 * 3.2.
 */
export interface IkePrefix {
  readonly vdom: string | undefined;
  /** Of the tunnel, of the cookies before one is chosen, or empty. */
  readonly tunnel: string;
  readonly serial: string | undefined;
  readonly text: string;
}

/** `ike V=root:0:ra-eap:283: `, `ike 0::35404: `, `ike V=root:0: `; the error prefix of older releases is glued to it. */
const ANY_PREFIX =
  /^(?:ike Negotiate (?:ISAKMP )?SA Error: ?)?ike (?:\d{1,10}:|V=([^:\s]{1,40}):\d{1,10}:)([^:\s]{0,45})(?::(\d{1,10})(?::[^:\s]{1,45}:\d{1,10})?)?(?:: ?| (?=(?:EAP|XAUTH|comes|IKEv\d) ))/;

/** The negotiation of any line of ike. */
export function readIkePrefix(line: string): IkePrefix | undefined {
  const match = ANY_PREFIX.exec(line);
  if (!match) return undefined;
  const [all, vdom, tunnel = '', serial] = match;
  return { vdom, tunnel, serial, text: line.slice(all.length).trimStart() };
}

export function readIkeLine(text: string): IkeLine | undefined {
  const prefix = PREFIX.exec(text);
  if (!prefix) return undefined;
  const says = readSaying(text.slice(prefix[0].length));
  if (!says) return undefined;
  const [, vdom, tunnel = '', serial] = prefix;
  return { kind: 'ike', tunnel, event: says, serial, vdom };
}

function readSaying(text: string): IkeLine['event'] | undefined {
  if (/^FCT EAP 2FA extension vendor ID received|^received FCT-UID\b/.test(text)) {
    return { what: 'forticlient', is: true };
  }
  if (/\bclient is not FortiClient\b/i.test(text)) return { what: 'forticlient', is: false };
  const [, method, user] = USER.exec(text) ?? [];
  if (user !== undefined) return { what: 'user', user, ...xauth(method) };
  if (text.startsWith('gw validation OK')) return { what: 'identified' };
  const accepted = AUTHENTICATED.exec(text)?.[1];
  if (accepted !== undefined) return { what: 'accepted', user: accepted };
  if (text.startsWith('negotiation timeout, deleting')) return { what: 'gave-up' };
  const request = PENDING.exec(text)?.[1];
  if (request !== undefined) return { what: 'asked', request };
  return (
    readEnd(text) ?? (/^responder (?:preparing|received) EAP\b/.test(text) ? { what: 'eap' } : undefined)
  );
}

function readEnd(text: string): IkeLine['event'] | undefined {
  const [, method, how, user, factor] = ENDED.exec(text) ?? [];
  if (user !== undefined) {
    if (how === 'failed') return { what: 'refused', user, ...xauth(method) };
    return { what: 'accepted', user, ...(factor === 'no' && { withoutToken: true }) };
  }
  const [, asking, request = '', result] = RESULT.exec(text) ?? [];
  if (result === 'SUCCESS') return { what: 'accepted', request };
  if (result === 'DENIED' || result === 'ERROR' || result === 'TIMEOUT')
    return { what: 'refused', request, ...xauth(asking) };
  if (result === 'CHALLENGED') return { what: 'challenged' };
  return result === 'NEED_TOKEN' ? { what: 'token-needed', request } : undefined;
}

function xauth(method: string | undefined): { readonly xauth?: true } {
  return method === 'XAUTH' ? { xauth: true } : {};
}
