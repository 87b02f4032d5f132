import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../src/platform/audit/audit-line.ts';
import type { AuditEvent } from '../../../src/platform/audit/events.ts';
import { verifyTrail } from '../../../src/platform/audit/verify-trail.ts';
import { anyText } from '../../support/any-text.ts';
import { anchorOf, LEFT, REFUSED, writtenLines } from './trail.ts';

/** Characters that JSON leaves as they are. */
const ACTING = '\u007f\u009b31m\u202e\u2028\u{e0041}';
const event: fc.Arbitrary<AuditEvent> = fc.oneof(
  fc.constant(REFUSED),
  fc.constant(LEFT),
  fc.record({
    event: fc.constant('request.accepted' as const),
    actor: fc.record({ user: fc.oneof(anyText(), fc.constant(ACTING)) }),
    run: anyText(),
    kind: fc.constantFrom('check', 'analyze'),
  }),
);
const trail = fc.array(event, { minLength: 1, maxLength: 12 }).map((events) => writtenLines(events));

describe('a trail as it was written', () => {
  it('is whole, whatever the texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(trail, async (lines) => {
        expect(await verifyTrail(lines)).toMatchObject({ state: 'whole', lines: lines.length });
      }),
    );
  });

  it('holds no control character', () => {
    fc.assert(
      fc.property(trail, (lines) => {
        expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('is whole after every line of it, but open', async () => {
    const lines = writtenLines([REFUSED, LEFT]);
    for (let end = 1; end < lines.length; end += 1) {
      const verified = await verifyTrail(lines.slice(0, end));
      expect(verified).toMatchObject({ state: 'whole', chains: [{ seq: end - 1, closed: false }] });
    }
  });

  it('can be checked with sha256sum: the hash is over the bytes before it', () => {
    for (const text of writtenLines([LEFT])) {
      const read = readLine(text);
      expect(read?.hash).toBe(read?.claimed);
      expect(text.endsWith(`,"hash":"${read?.hash}"}`)).toBe(true);
    }
  });
});

describe('a trail that somebody touched', () => {
  it('shows the first line of which a character was changed', async () => {
    await fc.assert(
      fc.asyncProperty(trail, fc.nat(), fc.nat(), async (lines, at, position) => {
        const index = at % lines.length;
        const line = lines[index] ?? '';
        const offset = position % line.length;
        const changed = line[offset] === 'a' ? 'b' : 'a';
        const touched = lines.with(index, `${line.slice(0, offset)}${changed}${line.slice(offset + 1)}`);
        expect(await verifyTrail(touched)).toMatchObject({ state: 'broken', line: index + 1 });
      }),
    );
  });

  it('shows where a line was taken out, but for the last ones', async () => {
    await fc.assert(
      fc.asyncProperty(trail, fc.nat(), async (lines, at) => {
        const index = at % (lines.length - 1);
        expect(await verifyTrail(lines.toSpliced(index, 1))).toMatchObject({
          state: 'broken',
          line: index + 1,
        });
      }),
    );
  });

  it('shows where two lines were swapped', async () => {
    await fc.assert(
      fc.asyncProperty(trail, fc.nat(), fc.nat(), async (lines, a, b) => {
        const [first, second] = [a % lines.length, b % lines.length].sort((x, y) => x - y) as [
          number,
          number,
        ];
        fc.pre(first !== second);
        const touched = lines.with(first, lines[second] ?? '').with(second, lines[first] ?? '');
        expect(await verifyTrail(touched)).toMatchObject({ state: 'broken', line: first + 1 });
      }),
    );
  });

  it('shows where a line was put in: of another trail, a copy, or anything else', async () => {
    await fc.assert(
      fc.asyncProperty(trail, trail, fc.nat(), fc.nat(), async (lines, others, at, which) => {
        const index = 1 + (at % lines.length);
        const candidates = [...others, ...lines, 'anything else'];
        const put = candidates[which % candidates.length] ?? '';
        const verified = await verifyTrail(lines.toSpliced(index, 0, put));
        // A copy of the next line is the right one, and the next one is then the copy.
        const line = put === lines[index] ? index + 2 : index + 1;
        expect(verified).toMatchObject({ state: 'broken', line });
      }),
    );
  });

  it.each([
    ['a closed trail goes on', (lines: string[]) => [...lines, ...lines.slice(-1)], /after the end/],
    ['its beginning is gone', (lines: string[]) => lines.slice(1), /begins at 1/],
    ['nothing is left', () => [], /no line of an audit trail/],
    [
      'a line is cut in two',
      (lines: string[]) => [...lines.slice(0, 2), (lines[2] ?? '').slice(0, 40)],
      /not a line/,
    ],
  ])('%s', async (_, touch, reason) => {
    const verified = await verifyTrail(touch(writtenLines([REFUSED, LEFT])));
    expect(verified).toMatchObject({ state: 'broken', reason: expect.stringMatching(reason) as string });
  });
});

describe('an anchor', () => {
  const lines = writtenLines([REFUSED, LEFT, REFUSED]);
  const anchors = [anchorOf(lines[2])];

  it('does not hurt a trail that is whole', async () => {
    expect(await verifyTrail(lines, { anchors })).toMatchObject({ state: 'whole' });
  });

  it('shows that the end was cut off before it, which the trail alone cannot', async () => {
    expect(await verifyTrail(lines.slice(0, 2))).toMatchObject({ state: 'whole' });
    expect(await verifyTrail(lines.slice(0, 2), { anchors })).toMatchObject({
      state: 'broken',
      line: 0,
      reason: expect.stringContaining('the trail was cut') as string,
    });
    expect(await verifyTrail(lines.slice(0, 3), { anchors })).toMatchObject({ state: 'whole' });
  });

  it('shows that the whole trail was written anew, with hashes that fit', async () => {
    const chain = anchors[0]?.chain ?? '';
    const forged = writtenLines([REFUSED, REFUSED, REFUSED]);
    expect(await verifyTrail(forged)).toMatchObject({ state: 'whole' });
    expect(await verifyTrail(forged, { anchors })).toMatchObject({ state: 'broken' });
    const other = { ...anchorOf(lines[2]), chain, hash: 'f'.repeat(64) };
    expect(await verifyTrail(lines, { anchors: [other] })).toMatchObject({ state: 'broken', line: 3 });
  });
});

it('finds its lines among others where it is told to', async () => {
  const lines = writtenLines([LEFT]).flatMap((line) => ['{"level":"info"}', line]);
  expect(await verifyTrail(lines)).toMatchObject({ state: 'broken', line: 1 });
  expect(await verifyTrail(lines, { amongOthers: true })).toMatchObject({ state: 'whole', lines: 3 });
});
