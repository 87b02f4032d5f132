import type { Span } from '../spans.ts';

const NAMED =
  /(?<![\w-])(?:serial[-_ ]?(?:number|no\.?)|devid|device_id|conserial)["”\\]{0,4}[ \t]{0,20}[:=][ \t]{0,20}["“”\\]{0,4}([A-Za-z0-9][A-Za-z0-9-]{5,40})/dgi;
/** What the push request calls itself: `"sender":"FGT-<serial>-<vdom>"`. */
const SENDER = /sender\\{0,7}"[ \t]{0,8}:[ \t]{0,8}\\{0,7}"[A-Za-z]{2,6}-([A-Za-z0-9]{6,40})-/dg;
/** A Fortinet device's serial number anywhere: 16 characters that begin with the product. */
const SHAPE = /(?<![\w-])(?:F[A-Z][A-Z0-9]-?[A-Z0-9]{13}|S[0-9]{3}[A-Z]{2}[A-Z0-9]{10})(?![\w])/dg;
const PRODUCT = /^(?:FG|FW|FR|FP|FS|FM|FL|FV|FX|FAC|FAD|FAZ|FEX|FDD|FAI|FIC|S\d)/;
/** FortiToken serials and licences name the token a fix is about: they stay. */
const TOKEN = /^(?:FTK|FTM|EFTM)/i;

export function findSerials(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const pattern of [NAMED, SENDER]) {
    for (const match of line.matchAll(pattern)) {
      const serial = match[1] as string;
      const [start, end] = match.indices?.[1] ?? [0, 0];
      if (!TOKEN.test(serial) && /\d/.test(serial)) spans.push({ start, end, kind: 'serial' });
    }
  }
  for (const match of line.matchAll(SHAPE)) {
    const [start, end] = match.indices?.[0] ?? [0, 0];
    if (isDeviceSerial(match[0])) spans.push({ start, end, kind: 'serial' });
  }
  return spans;
}

function isDeviceSerial(word: string): boolean {
  if (TOKEN.test(word) || !PRODUCT.test(word) || /^[0-9A-F]+$/.test(word)) return false;
  return word.startsWith('FGVM') || word.replaceAll(/\D/g, '').length >= 2;
}
