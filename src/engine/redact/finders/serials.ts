import { hint, joinHints } from '../hint.ts';
import type { Span } from '../spans.ts';
import { matches } from './formats.ts';

const NAMED = {
  hint: hint('serial|devid|device_id|seriennummer|de série|de serie|di serie|序列号|序號|シリアル|일련번호'),
  pattern:
    /(?<!\w|\w-)(?:(?:serial[-_ ]?(?:number|no\.?)|devid|device_id|conserial|seriennummer|n[uú]m[eé]ro d[ei] s[eé]rie)|序列号|序號|シリアル(?:番号)?|일련번호)["”\\]{0,4}[ \t]{0,20}[:=：＝][ \t]{0,20}["“”\\]{0,4}([A-Za-z0-9][A-Za-z0-9-]{5,40})/dgi,
};
/** The sender of a push request: `"sender":"FGT-<serial>-<vdom>"`. */
const SENDER = {
  hint: hint('', 'sender'),
  pattern: /sender\\{0,7}"[ \t]{0,8}:[ \t]{0,8}\\{0,7}"[A-Za-z]{2,6}-([A-Za-z0-9]{6,40})-/dg,
};
/** A Fortinet serial number anywhere: 16 characters that begin with the product, some of virtual machines with a dash. */
const SHAPE = {
  hint: hint(
    '',
    ['FG', 'FW', 'FR', 'FP', 'FS', 'FM', 'FL', 'FV', 'FX']
      .flatMap((product) => [product + '~'.repeat(14), `${product}~-${'~'.repeat(12)}`])
      .concat('FAC|FAD|FAZ|FCT|FEX|FDD|FAI|FIC|S000^^')
      .join('|'),
  ),
  pattern:
    /(?<!\w|\w-)(?:F[A-Z][A-Z0-9](?:-?[A-Z0-9]{13}|-VM[A-Z0-9]{10})|S[0-9]{3}[A-Z]{2}[A-Z0-9]{10})(?![\w])/dg,
};
const PRODUCT = /^(?:FG|FW|FR|FP|FS|FM|FL|FV|FX|FAC|FAD|FAZ|FCT|FEX|FDD|FAI|FIC|S\d)/;
/** FortiToken serial numbers and licences identify the token that a fix concerns: they stay. */
const TOKEN = /^(?:FTK|FTM|EFTM)/i;

export const SERIAL_HINT = joinHints(NAMED.hint, SENDER.hint, SHAPE.hint);

export function findSerials(line: string): readonly Span[] {
  const found = (test: (word: string) => boolean, { hint, pattern }: typeof NAMED) =>
    hint.test(line)
      ? matches(line, pattern, 'serial').filter(({ start, end }) => test(line.slice(start, end)))
      : [];
  return [...found(isNamed, NAMED), ...found(isNamed, SENDER), ...found(isDeviceSerial, SHAPE)];
}

function isNamed(word: string): boolean {
  return !TOKEN.test(word) && /\d/.test(word);
}

function isDeviceSerial(word: string): boolean {
  if (TOKEN.test(word) || !PRODUCT.test(word) || /^[0-9A-F]+$/.test(word)) return false;
  return word.startsWith('FGVM') || word.replaceAll(/\D/g, '').length >= 2;
}
