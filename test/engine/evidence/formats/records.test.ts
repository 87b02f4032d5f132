import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../../src/engine/evidence/formats/records.ts';

const FIELDS = 'user="wren" action="ssl-login-fail" reason="none" remip="203.0.113.9"';
const DATED = `date="2026-03-02" time="08:12:09" ${FIELDS}`;

describe('a record without an id', () => {
  it.each([
    ['pairs', DATED],
    ['a number before the pairs', `1: ${DATED}`],
    ['a bracket before the pairs', `(${DATED})`],
    ['a priority', `<189>${DATED}`],
    ['a syslog head', `<189>Mar 02 08:12:09 fgt-heron ${DATED}`],
    ['a syslog head with its version', `<189>1 2026-03-02T08:12:09Z fgt-heron - - - - ${DATED}`],
    ['commas', DATED.replaceAll(' ', ',')],
  ])('is an event of the device: %s', (_what, line) => {
    expect(readRecord(line)).toMatch(/logid="0101039426" .*user="wren"/);
  });

  it.each([
    [
      'prose with pairs',
      'He wrote action=ssl-login-fail user=wren reason=none status=failed msg=SSL VPN login fail yesterday',
    ],
    ['prose with the pairs of a device', `He wrote ${DATED}`],
    [
      'a line of another product',
      'date=2026-03-02 time=08:12:09, user=wren, action=ssl-login-fail, reason=none, product=OtherVPN',
    ],
    ['a line that names another product', `${DATED} product="OtherVPN"`],
    ['pairs that any product writes', 'user=wren, action=ssl-login-fail, reason=none, status=failed'],
  ])('is none: %s', (_what, line) => {
    expect(readRecord(line)).toBeUndefined();
  });
});
