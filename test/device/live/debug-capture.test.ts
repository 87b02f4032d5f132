import { describe, expect, it } from 'vitest';
import { createCapture } from '../../../src/device/live/debug-capture.ts';

const HOST = 'fgt-branch-07';

function captured(lines: readonly string[], now = 0): readonly string[] {
  const capture = createCapture(HOST);
  for (const line of lines) capture.add(line, now);
  return capture.lines;
}

describe('what a window keeps', () => {
  it.each([
    ['a line', ['[1906] handle_req-x'], ['[1906] handle_req-x']],
    ['a line behind the prompt', [`${HOST} # [1906] x`], ['[1906] x']],
    ['behind the prompt of a scope', [`${HOST} (global) # [1906] x`], ['[1906] x']],
    [
      'behind what keeps the session awake',
      [' \b[1906] x', `${HOST} #  \b[1906] y`],
      ['[1906] x', '[1906] y'],
    ],
    ['no empty line and no bare prompt', ['', '   ', `${HOST} # `], []],
    ['no echo of what opened it', [`${HOST} # diagnose debug enable`, 'diagnose debug enable'], []],
    ['a line that begins like the host', [`${HOST}x is a name`], [`${HOST}x is a name`]],
  ])('%s', (_name, lines, kept) => {
    expect(captured(lines)).toEqual(kept);
  });
});

describe('a flood', () => {
  const fill = (count: number, line: string, now: (index: number) => number) => {
    const capture = createCapture(HOST);
    for (let index = 0; index < count; index += 1) capture.add(line, now(index));
    return capture;
  };

  it.each([
    ['3,000 lines in a second are none', 3_000, 'x', () => 5, false],
    ['one more is', 3_001, 'x', () => 5, true],
    ['not when they come in two seconds', 6_000, 'x', (index: number) => (index < 3_000 ? 0 : 1_000), false],
    ['512 KB in a second are none', 512, 'x'.repeat(1024), () => 5, false],
    ['a line more is', 513, 'x'.repeat(1024), () => 5, true],
    [
      '4 MB in all are one, however slowly they come',
      4_100,
      'x'.repeat(1024),
      (index: number) => index * 100,
      true,
    ],
  ] as const)('%s', (_name, count, line, now, isFlood) => {
    expect(fill(count, line, now).isFlood()).toBe(isFlood);
  });

  it('is not kept beyond the line that made it one', () => {
    expect(fill(50_000, 'x', () => 5).lines).toHaveLength(3_001);
  });
});
