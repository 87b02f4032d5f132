import { createWordSpotter } from '../fortios/debug/word-spotter.ts';
import { looksLikeKeyMaterial } from './pem.ts';
import { lineEnd } from './values.ts';

/** One of these stands wherever a finder finds something, or where a line opens or closes what later lines are in. */
export const SECRET_WORDS: readonly string[] = [
  'pass',
  'pwd',
  'secr',
  'psk',
  'key',
  'token!',
  'cookie',
  'credential',
  'authorization',
  'community',
  'seed',
  'reg-id',
  'reg_id',
  'reg id',
  'registration',
  'activation',
  'qr-code',
  'qr_code',
  'qr code',
  'ciphertext',
  'hmac',
  '"iv',
  'magic=',
  'magic ',
  '"magic',
  'samlresponse',
  'history0',
  'history1',
  'set ',
  'append ',
  'diag',
  'exe',
  'serial',
  'devid',
  'device_id',
  'sender',
  'begin ',
  'config',
  'webhook',
  'hooks.slack',
  'api.telegram',
  'pagerduty',
  'routing',
  'integration',
  'xox',
  'skeyid',
  'code=',
  'code ',
  'code2',
  'sig=',
  'sig ',
  'signature',
  'hexdump',
  'hex_pnt',
  'pw ',
  'pw:',
  'pw=',
  'kennwort',
  'wachtwoord',
  'auth=',
  'sessionid',
  'phpsess',
  'pscp ',
  'chap2-',
  'chap-resp',
  'eap-message',
  'bearer',
  'basic ',
  'negotiate ',
  'convertto',
  'radtest',
  'radclient',
  'ldapsearch',
  'ldapmodify',
  'ldapcompare',
  'snmp',
  'curl ',
  'wget ',
  'plink',
  'putty',
  'openfortivpn',
];

/** The same for what tells itself by its form, where case matters; `*` is any character, `~` a capital or a digit. */
export const SECRET_FORMS: readonly string[] = [
  'ENC',
  // Packets in IKE debug; `Dec` is a month.
  'dec ',
  'enc ',
  'xapp',
  'auth 0',
  'hvs.',
  'npm_',
  'AIza',
  'ya29.',
  'rk_live_',
  'SG.',
  'CLIENT_RANDOM',
  'TlRMTVNTUAA',
  'AKIA',
  'ASIA',
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
  'github_pat_',
  'glpat-',
  'sk-*',
  'R0*',
  'u+*',
  'eyJ',
  'APA91b',
  'SH2',
  'AK1',
  'PB2',
  'SK_',
  'sk_',
  'Sk_',
  'sK_',
  '://',
  // A device's serial number.
  'FG~~',
  'FG~-',
  'FW~~',
  'FW~-',
  'FR~~',
  'FR~-',
  'FP~~',
  'FP~-',
  'FS~~',
  'FS~-',
  'FM~~',
  'FM~-',
  'FL~~',
  'FL~-',
  'FV~~',
  'FV~-',
  'FX~~',
  'FX~-',
  'FAC',
  'FAD',
  'FAZ',
  'FEX',
  'FDD',
  'FAI',
  'FIC',
  'S000^^',
];

const SPOTTER = createWordSpotter(SECRET_WORDS, SECRET_FORMS);
const KEY_LENGTH = 60;
const KEY_MATERIAL = /[A-Za-z0-9+/=]{60}/y;
/** How a line of a dump begins: its bytes, or where in a packet they stand. */
const DUMPED =
  /^(?:[>|+-]? {5,20}[0-9a-f]{2} |[\s>|+*•-]{0,20}(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[ \t]{1,4})?(?:0x)?[0-9a-f]{3,7}0:?[ \t])/;

/**
 * False where the redactor would leave a line alone, whatever stood before it, provided that no secret is open. Far
 * cheaper than looking for the secrets themselves.
 */
export function mayHoldSecret(line: string): boolean {
  const end = lineEnd(line);
  return line.startsWith('end', end - 3) || SPOTTER.spots(line) || DUMPED.test(line) || isKey(line, end);
}

/** Looks at the end first, where few lines have as many such characters. */
function isKey(line: string, end: number): boolean {
  if (end < KEY_LENGTH) return false;
  KEY_MATERIAL.lastIndex = end - KEY_LENGTH;
  return KEY_MATERIAL.test(line) && looksLikeKeyMaterial(line);
}
