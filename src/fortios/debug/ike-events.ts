export interface IkeLine {
  readonly kind: 'ike';
  readonly tunnel: string;
  readonly serial?: string;
  readonly vdom?: string;
  readonly says:
    | { readonly what: 'forticlient'; readonly is: boolean }
    | { readonly what: 'eap' }
    | { readonly what: 'user'; readonly user: string }
    | { readonly what: 'accepted'; readonly user: string }
    /** fnbamd's answer; the line that names the user comes after it. */
    | { readonly what: 'refused'; readonly user?: string };
}

const PREFIX = /^ike (?:\d{1,10}:|V=([^:\s]{1,40}):\d{1,10}:)([^:\s]{1,45})(?::(\d{1,10}))?(?:: ?| (?=EAP ))/;
const USER = /^EAP user "([^"]{1,256})"/;
const REFUSED = /^EAP (?:\d{1,20} result FNBAM_DENIED\b|failed for user "([^"]{1,256})")/;
const ACCEPTED = /^user '([^']{1,256})' authenticated group /;

/**
 * IKE debug of a dialup login. FortiClient tells of itself: its UID, and the vendor id of its EAP extension, without
 * which no second factor can be asked inside IKEv2 (KB421645; the lines are those of KB408078, of article 227138 and of the 7.4 guides).
 */
export function readIkeLine(text: string): IkeLine | undefined {
  const prefix = PREFIX.exec(text);
  if (!prefix) return undefined;
  const says = readSaying(text.slice(prefix[0].length));
  if (!says) return undefined;
  const [, vdom, tunnel = '', serial] = prefix;
  return {
    kind: 'ike',
    tunnel,
    says,
    ...(serial === undefined ? {} : { serial }),
    ...(vdom === undefined ? {} : { vdom }),
  };
}

function readSaying(text: string): IkeLine['says'] | undefined {
  if (/^FCT EAP 2FA extension vendor ID received|^received FCT-UID\b/.test(text)) {
    return { what: 'forticlient', is: true };
  }
  if (/\bclient is not FortiClient\b/i.test(text)) return { what: 'forticlient', is: false };
  const user = USER.exec(text)?.[1];
  if (user !== undefined) return { what: 'user', user };
  const accepted = ACCEPTED.exec(text)?.[1];
  if (accepted !== undefined) return { what: 'accepted', user: accepted };
  const refused = REFUSED.exec(text);
  if (refused) return { what: 'refused', ...(refused[1] === undefined ? {} : { user: refused[1] }) };
  return /^responder (?:preparing|received) EAP\b/.test(text) ? { what: 'eap' } : undefined;
}
