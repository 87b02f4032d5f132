import type { SecretKind } from './kinds.ts';

/** How a name and its value stand together: `set N V`, `N : V`, `"N": "V"`, `N=V`. */
export type Form = 'set' | 'colon' | 'json' | 'equals';

const EVERYWHERE: readonly Form[] = ['set', 'colon', 'json', 'equals'];

/** Names that do not end in one of the telling words below. `iv` and `hmac` are cipher names outside JSON. */
const EXACT: Readonly<Record<string, readonly [SecretKind, readonly Form[]]>> = {
  psksecret: ['psk', EVERYWHERE],
  'psksecret-remote': ['psk', EVERYWHERE],
  'sae-password': ['psk', EVERYWHERE],
  'pre-shared-key': ['psk', EVERYWHERE],
  'preshared-key': ['psk', EVERYWHERE],
  'shared-secret': ['secret', EVERYWHERE],
  passwd1: ['password', EVERYWHERE],
  credential: ['password', EVERYWHERE],
  // The new one, where a login form has the user choose one.
  credential2: ['password', EVERYWHERE],
  authpasswd: ['password', EVERYWHERE],
  privpasswd: ['password', EVERYWHERE],
  history0: ['password', ['set']],
  history1: ['password', ['set']],
  authkey: ['key', EVERYWHERE],
  enckey: ['key', EVERYWHERE],
  // `key=16 …` of a tunnel list has a finder of its own.
  key: ['key', ['set', 'colon']],
  'key-string': ['key', EVERYWHERE],
  'md5-key': ['key', EVERYWHERE],
  'md5-keys': ['key', EVERYWHERE],
  community: ['community', EVERYWHERE],
  seed: ['seed', EVERYWHERE],
  'reg-id': ['registration-id', EVERYWHERE],
  'registration-id': ['registration-id', EVERYWHERE],
  'activation-code': ['activation-code', EVERYWHERE],
  'token-activation-code': ['activation-code', EVERYWHERE],
  'qr-code': ['activation-code', EVERYWHERE],
  ciphertext: ['ciphertext', ['json', 'equals']],
  hmac: ['ciphertext', ['json']],
  iv: ['ciphertext', ['json']],
  magic: ['challenge', ['json', 'equals']],
  apikey: ['api-key', EVERYWHERE],
  authorization: ['api-key', ['json']],
  cookie: ['cookie', ['json', 'equals']],
  samlresponse: ['secret', ['equals']],
  ccsrftoken: ['cookie', ['json', 'equals']],
};

const TELLING_END = /(?:^|-)(password|passwd|pwd|passphrase|secret|psk|key)\d{0,2}$/;
/** Not every `… token` is one that opens something: `Total activated token: 0`. */
const OPENING_TOKEN =
  /^(?:(?:[\w-]{1,20}-)?(?:api|access|auth|bearer|refresh|oauth|session|secret|private|device)-)?token$/;
const COOKIE_NAME = /cookie(?:-\w{1,20})?$/;

/** Names with a telling end whose value is no secret. */
const HARMLESS =
  /(?:^|-)(?:public-key|host-key|sort-key|match-key|attribute-key|primary-key|hash-key|fortitoken)\d{0,2}$/;

/** Logs name the same few things over and over. */
const KNOWN: Readonly<Record<Form, Map<string, SecretKind | undefined>>> = {
  set: new Map(),
  colon: new Map(),
  json: new Map(),
  equals: new Map(),
};
const MOST_KNOWN = 500;

/** What is hidden under this name in this form; `undefined` for a harmless name. Case, `_` and spaces do not matter. */
export function secretKindOf(rawName: string, form: Form): SecretKind | undefined {
  const known = KNOWN[form];
  const found = known.get(rawName);
  if (found !== undefined || known.has(rawName)) return found;
  const kind = judgeName(rawName, form);
  if (known.size >= MOST_KNOWN) known.clear();
  // A copy of its own: as a part of its line it would keep that in memory.
  known.set(Array.from(rawName).join(''), kind);
  return kind;
}

function judgeName(rawName: string, form: Form): SecretKind | undefined {
  const name = rawName.toLowerCase().replaceAll(/[_ ]/g, '-');
  const exact = Object.hasOwn(EXACT, name) ? EXACT[name] : undefined;
  if (exact) return exact[1].includes(form) ? exact[0] : undefined;
  if (form === 'equals' && COOKIE_NAME.test(name)) return 'cookie';
  if (HARMLESS.test(name)) return undefined;
  if (OPENING_TOKEN.test(name)) return 'api-key';
  const end = TELLING_END.exec(name)?.[1];
  if (end === undefined) return undefined;
  if (name.endsWith('private-key')) return 'private-key';
  if (end === 'passphrase' || end === 'psk' || name.startsWith('ppk-')) return 'psk';
  if (end === 'secret') return 'secret';
  if (/(?:^|-)(?:api|access|routing|integration)-key\d?$/.test(name)) return 'api-key';
  return end === 'key' ? 'key' : 'password';
}

/** Words FortiOS prints in the place of a secret to say how it is made, or that there is none. */
const CHOICES =
  /^(?:enabled?|disabled?|auto|auto-generate|specify|none|null|nil|default|yes|no|on|off|true|false|n\/a|empty|value)$/i;
/** FortiToken serials name the token a fix is about; they open nothing. */
const TOKEN_SERIAL = /^FTK[A-Z0-9]{6,20}$/i;

export function isHarmlessValue(value: string): boolean {
  return value.length <= 32 && (CHOICES.test(value) || TOKEN_SERIAL.test(value));
}
