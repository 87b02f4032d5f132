/** `FGT60F`; codes of larger models abbreviate the number: `FG3H0E` is 300E, `FG39E6` is 3960E. */
const PLAIN_CODE = /^F(?:GT|GR|WF)(\d{2,3})([A-Z])$/;
const CODE = /^F(?:GT?|GR|WF)(\d[\dA-Z]*)$/;
const NAME = /^Forti[A-Za-z]+-(?:(\d+)([A-Z])|VM)/;

/**
 * False only if the two cannot be one model. The header of a backup has a code (`FGT60F`), `get system status` a name
 * (`FortiGate-60F`). Where a code abbreviates the number, several names fit.
 */
export function maySameModel(one: string, other: string): boolean {
  if (one === other) return true;
  const [code, name] = NAME.test(one) ? [other, one] : [one, other];
  const named = NAME.exec(name);
  if (named === null || NAME.test(code)) return false;
  const [, number = '', series = ''] = named;
  const plain = PLAIN_CODE.exec(code);
  if (plain) return plain[1] === number && plain[2] === series;
  const [, large] = CODE.exec(code) ?? [];
  if (large === undefined) return number === '';
  return large.includes(series) && hasInOrder(number, large.replaceAll(/\D/g, ''));
}

function hasInOrder(number: string, digits: string): boolean {
  let at = 0;
  for (const digit of number) if (digit === digits[at]) at += 1;
  return number !== '' && at === digits.length;
}
