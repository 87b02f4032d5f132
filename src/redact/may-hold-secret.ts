import { createWordSpotter } from '../fortios/debug/word-spotter.ts';
import { DUMPED } from './values.ts';

/** One of these stands wherever a finder finds something, or where a line opens or closes what later lines are in. */
export const SECRET_WORDS: readonly string[] = [
  'pass',
  'pwd',
  'secret',
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
  'hooks.slack',
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
];

/** The same for what tells itself by its form, where case matters; `*` is any character, `~` a capital or a digit. */
export const SECRET_FORMS: readonly string[] = [
  'ENC',
  // Packets in IKE debug; `Dec` is a month.
  'dec ',
  'enc ',
  'xapp',
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
const KEY_MATERIAL = /^\s*[A-Za-z0-9+/=]{60}/;

/**
 * False where the redactor would leave a line alone, whatever stood before it, provided that no secret is open. Far
 * cheaper than looking for the secrets themselves.
 */
export function mayHoldSecret(line: string): boolean {
  return (
    line.trimEnd().endsWith('end') || SPOTTER.spots(line) || KEY_MATERIAL.test(line) || DUMPED.test(line)
  );
}
