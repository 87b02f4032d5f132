import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where secrets stand in what people send: `{p}` is a password, `{b}` base64, `{h}` hexadecimal, `{c}` an activation
 * code or a seed, `{t}` what tokens consist of, `{w}` and `{l}` words of letters only, `{s}` a short one,
 * `{m}` one of five characters, `{k}`, `{v}` and `{i}` with marks, `{a}` and `{M}` a word and a number, `{N}` words with dots and a number, `{R}` what looks like the name of a device, `{q}` a sentence, `{n}` digits, `{d}`, `{o}`,
 * `{E}` and `{G}` words with the endings of verbs, `{B}`, `{C}`, `{F}`, `{J}` and `{O}` words with joints, `{H}` and `{S}` words with a number, `{K}` and `{L}` words with blanks, `{U}` and `{V}` two that differ in their number, `{r}`, `{e}`, `{f}`, `{y}`, `{z}` and `{j}` codes that a message or a token shows, `{P}` digits in pairs, `{g}`, `{W}` and `{u}` keys in groups, `{A}` a day, `{I}` a word with the ending of a participle, `{Z}` words of a sentence, `{T}`, `{D}` and `{Q}` words with dashes, dots and blanks, `{1}` a date. Each line is a text of its own; `⏎` ends a line of it, `⇥` is a tab.
 */

/** Options of `config` that hold a secret, FortiOS 6.0 to 7.6, typed in the clear. */
const OPTIONS = `
password passwd passwd1 passwd2 passwd3 old-password guest-password login-passwd login-password admin-password
logon-password sso-password group-password ldap-password proxy-password ppp-password pptp-password http-password
est-http-password est-srp-password scep-password vcenter-password ddns-password ssh-hsk-password user-password
auth-password auth-password-l1 auth-password-l2 password2 password5 client-password cli-password enable-password
auth-pwd priv-pwd psksecret psksecret-remote ppk-secret group-authentication-secret session-sync-psksecret
secret secondary-secret tertiary-secret rsso-secret radius-secret captive-portal-radius-secret
captive-portal-macauth-radius-secret acct-server-secret client-secret shared-secret secret-token
passphrase sae-password mesh-passphrase key secondary-key tertiary-key server-key inter-controller-key
forticlient-reg-key key-string md5-key authentication-key auth-key enc-key authkey enckey auth-string
api-key aws-api-key azure-api-key access-key secret-key secret-access-key alicloud-access-key-secret ddns-key tsig-key
preshared-key pre-shared-key fixed-key wep-key key1 n-mhae-key eab-key-hmac acme-eab-key-hmac mka-cak ssh-hsk
access-token auth-token session-token token private-key-password keytab seed activation-code reg-id community
pass passw psk psks psksec secr
`
  .trim()
  .split(/\s+/);

const FOLDER = join(import.meta.dirname, 'placements');

/** Anything else in a text, in a file for each kind of place. */
const FORMS = readdirSync(FOLDER).flatMap((name) =>
  readFileSync(join(FOLDER, name), 'utf8').trimEnd().split('\n'),
);

export const SECRETS: Readonly<Record<string, string>> = {
  p: 'qT7zWm4xRk9Lp2Vx',
  w: 'Kupferlaterne',
  l: 'amselpavillon',
  s: 'drossel',
  n: '48392075',
  t: 'qT7zWm4xRk9Lp2Vx',
  b: 'Wm9xN3RLbTQvVnhSazlMcDJ+UXd6Tjh5QmMzRmg2SmQ1'.replace('~', 'A').replace('+', 'P'),
  h: '7f3c9a1be45d20868c71e9d2f0ab3657',
  c: 'EEIUW7ORPBI4DO2T',
  k: 'Kupfer.lat#er',
  m: 'tVzQ8',
  a: 'Libelle22',
  i: 'Igel&Hase3',
  f: 'RK7-48B',
  v: 'Laterne!27',
  N: 'Rhein.Auen.4417',
  M: 'Altbier-2031',
  R: 'reeds-ro-77',
  q: 'im Herbst fallen 7 Kraniche',
  d: '483920',
  o: '483 920',
  r: '4839 2075',
  e: 'K7MX2Q',
  y: 'QZ7M-4KLD-XX2P',
  z: 'QZKM-TKLD',
  j: 'ccccccjkfjlkvjgivcdjjgccbnnuiukjcjkikvhg',
  g: 'EEIU W7OR PBI4 DO2T',
  u: '482960-169268-107923-034261-270803-206526-513019-813603',
  x: '71 54 37 7a 57 6d 34 78 52 6b 39 4c 70 32 56 78',
  T: 'tor-bleibt-zu',
  D: 'Lila.Dachs.Leiter',
  P: '48 39 20',
  Q: 'Vier rote Kähne',
  B: 'wiese.am.bach',
  C: 'krug-gelb',
  F: 'Salbei.honig',
  H: 'biberDamm4',
  J: 'open-but-not-new',
  K: 'Otter & Biber',
  L: 'drei rote Boote 7',
  O: 'Quittenbaum_33',
  S: 'Minka2018',
  U: 'Falke88',
  V: 'Falke87',
  E: 'Moorlanding',
  G: 'broadcasted',
  X: '7154 377a 576d 3478 526b 394c 7032 5678',
  Y: '7154 377a 576d 3478 526b 394c',
  A: 'donnerstag',
  I: 'stufato',
  W: 'eeiu w7or pbi4 do2t',
  Z: 'bonne nuit à tous',
  1: '14.05.2011',
};

export interface Placement {
  readonly name: string;
  readonly text: string;
}

function placed(name: string, password?: string): Placement {
  const secrets = password === undefined ? SECRETS : { ...SECRETS, p: password };
  const text = lined(name).replaceAll(/\{([a-zA-Z\d])\}/g, (mark, letter: string) => secrets[letter] ?? mark);
  return { name, text };
}

/** `⏎` and `⇥` in a line of a table of texts. */
export function lined(text: string): string {
  return text.replaceAll('⏎', '\n').replaceAll('⇥', '\t');
}

/** What people choose. */
const CHOSEN = ['Sommer-2026!x', 'kd83.hTq_01', 'hunter22falcon'];

export const PLACEMENTS: readonly Placement[] = [
  ...OPTIONS.flatMap((option) => [`set ${option} {p}`, `set ${option} "{p}"`, `set ${option} ENC {b}`]),
  ...FORMS,
].map((form) => placed(form));

/** The same with each of the passwords that people choose. */
export const CHOSEN_PLACEMENTS: readonly Placement[] = FORMS.filter((form) => form.includes('{p}')).flatMap(
  (form) => CHOSEN.map((password) => placed(form, password)),
);

const LEGIBLE = 8;
const PIECES = [...Object.values(SECRETS), ...CHOSEN, '7WM4XRK9LP2VQTZX', 'QT7ZWM4XRK'].flatMap((secret) =>
  Array.from({ length: Math.max(1, secret.length - LEGIBLE + 1) }, (_, at) => secret.slice(at, at + LEGIBLE)),
);

/** A piece of a planted secret that can be read in the text. */
export function legibleIn(text: string): string | undefined {
  return PIECES.find((piece) => text.includes(piece));
}
