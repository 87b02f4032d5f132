import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNoiseScanner } from '../../../src/engine/evidence/noise-scanner.ts';
import { createNormalizer } from '../../../src/engine/evidence/normalize.ts';
import { noiseDaemon, OPENING_WORDS } from '../../../src/engine/fortios/debug/noise.ts';
import { readRecords } from '../../../src/engine/fortios/debug/read-records.ts';
import { mayHoldSecret } from '../../../src/engine/redact/may-hold-secret.ts';
import { twoUsersLog } from '../../fixtures/logs/two-users.ts';
import { runs } from '../../support/amount.ts';
import { anyText } from '../../support/any-text.ts';

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The same line, with as many other characters in the place of what is said about the connection. */
function withoutOpening(line: string): string {
  return OPENING_WORDS.reduce((text, each) => text.replaceAll(each, 'j'.repeat(each.length)), line);
}

describe('the scan for filler', () => {
  const head = fc.constantFrom(
    '[5784:root:d9]',
    '2025-11-24 09:12:03 [5784:root:0]',
    '2025-13-24 09:12:03 [1:a-b.c:ff]',
    '[1906] handle_req-',
    '[1906] __x-',
    'ike 0:',
    'ike V=root:0:',
    '[12:30:45]',
    '[5784:root:zz]',
    '2025-11-24 ',
    '',
  );
  const word = fc.oneof(
    fc.constantFrom(
      'token',
      'req ',
      '&lt;',
      '`',
      'EAP',
      'x'.repeat(66),
      '[',
      'set ',
      'FGT60F0000000001',
      ' failed',
      'SSL: ',
      '\r',
    ),
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary-ascii', maxLength: 10 }),
    anyText({ maxLength: 4 }),
    fc.constantFrom(...OPENING_WORDS),
    fc.constantFrom('req: /remote/portal', 'tunnelEnter:502 keepalive', ' ret=-1 error=-1'),
  );
  const line = fc
    .tuple(head, fc.array(word, { maxLength: 4 }))
    .map(([first, words]) => `${first}${words.join('')}`.replaceAll('\n', ''));

  it('takes only what is filler, whole and harmless', () => {
    let taken = 0;
    let opened = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const bytes = Buffer.from(`${lines.join('\n')}\n`);
        const scan = createNoiseScanner(bytes);
        const found = scan.scan(0);
        const passed = bytes.toString('utf8', 0, found.next).split('\n').slice(0, -1);
        expect(found.passed?.count ?? 0).toBe(passed.length);
        taken += passed.length;
        const openings = found.passed?.openings ?? [];
        expect(openings).toEqual(
          passed.flatMap((raw, index) => {
            const text = withoutCr(raw);
            return OPENING_WORDS.some((each) => text.includes(each)) ? [{ index, text }] : [];
          }),
        );
        opened += openings.length;
        for (const [index, raw] of passed.entries()) {
          const text = withoutOpening(withoutCr(raw));
          // As long as a terminal is wide: filler only where the next line shows that it is whole.
          const whole = text.length === 80 ? `${text}.` : text;
          expect([text, noiseDaemon(whole)]).not.toEqual([text, undefined]);
          if (text.length === 80) {
            const two = [text, withoutCr(lines[index + 1] ?? '')];
            expect([...readRecords(two)][0]?.raw).toBe(text);
          }
          expect([text, mayHoldSecret(text)]).toEqual([text, false]);
          const normalizer = createNormalizer();
          expect([...normalizer.line(text), ...normalizer.end()]).toEqual([text]);
        }
      }),
      { numRuns: runs(5_000) },
    );
    expect(taken).toBeGreaterThan(runs(500));
    // About one in two hundred: a sample may have none.
    expect(opened).toBeGreaterThanOrEqual(runs(20) - 1);
  });

  it('takes most of a busy log', () => {
    const lines = twoUsersLog(40);
    const taken = lines.filter((text) => {
      // The message below shows that no mail wrapped the line.
      const bytes = Buffer.from(`${text}\n[5784:root:d9]tunnelEnter\n`);
      return createNoiseScanner(bytes).scan(0).next > Buffer.byteLength(text);
    });
    expect(taken.length / lines.length).toBeGreaterThan(0.6);
  });
});
