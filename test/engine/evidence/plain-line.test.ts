import { array, assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDebugCommand, isDebugMark } from '../../../src/engine/evidence/debug-lines.ts';
import { createUnwrapper } from '../../../src/engine/evidence/formats/unwrap.ts';
import { looksLikePlainEvidence } from '../../../src/engine/evidence/looks-like-evidence.ts';
import { createNormalizer } from '../../../src/engine/evidence/normalize.ts';
import { isPlainLine } from '../../../src/engine/evidence/plain-line.ts';
import { productOfLine, vendorOfLine } from '../../../src/engine/evidence/products.ts';
import { noiseDaemon } from '../../../src/engine/fortios/debug/noise.ts';
import { parsePromptLine } from '../../../src/engine/fortios/prompt.ts';

/** Words that some step looks for, made of characters that a value may have. */
const WORD = oneof(
  constantFrom(
    'logid',
    'CEF:',
    'id=1',
    'Version: FortiMail-VM64 v7.4.1',
    'SSL: ',
    'ike 0:',
    '2025-11-24',
    '09:12:03',
  ),
  constantFrom(
    '"__type": "SoftToken.',
    'pushd',
    'diagnose debug ',
    'date=',
    'FTKMOB',
    '1',
    '-',
    ',',
    '/',
    '"',
    ' ',
  ),
  string({ unit: constantFrom(...Array.from('abZ019 ."@/+,:-_=#')), maxLength: 12 }),
);
const LINE = tuple(
  constantFrom('', '    ', '        '),
  constantFrom('set ', 'edit ', 'config ', 'unset ', 'next', 'end', ''),
  array(WORD, { maxLength: 6 }),
).map(([indent, verb, words]) => indent + verb + words.join(''));

function everyStepPasses(line: string): boolean {
  const normalizer = createNormalizer();
  const mended = normalizer.line(line);
  return (
    mended.length === 1 &&
    mended[0] === line &&
    normalizer.isIdle() &&
    !createUnwrapper(looksLikePlainEvidence).wants(line) &&
    noiseDaemon(line) === undefined &&
    !isDebugMark(line) &&
    !isDebugCommand(line) &&
    parsePromptLine(line) === undefined &&
    productOfLine(line)?.isFortigate !== false &&
    vendorOfLine(line) === undefined
  );
}

describe('a plain line', () => {
  it('is one that every step leaves alone', () => {
    assert(
      property(LINE, (line) => {
        expect(isPlainLine(line)).toBe(everyStepPasses(line));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '        set hostname "fgt-branch-07"',
    '        set ip 192.0.2.1 255.255.255.0',
    'config system global',
    '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin',
    '        set alias "Büro"',
  ])('may be %s', (line) => {
    expect(isPlainLine(line)).toBe(true);
  });

  it.each([
    '#config-version=FAZVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin',
    'fgt-branch-07 # diagnose debug enable',
    '        set comment "see [1234:root:1]SSL: (where=0x10 ret=0x1)"',
    '        set comment "a &amp; b"',
    '        set comment "“quoted”"',
    '{"sender":"FGT-1"}',
    "config interface 'lan'",
    '    edit "logid"',
  ])('is not %s', (line) => {
    expect(isPlainLine(line)).toBe(false);
  });
});
