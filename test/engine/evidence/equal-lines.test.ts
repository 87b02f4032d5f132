import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseStream } from '../../../src/engine/diagnosis/diagnose.ts';
import { createLineMap } from '../../../src/engine/evidence/line-map.ts';
import { SectionStream } from '../../../src/engine/evidence/section-stream.ts';

const LINES = ['', ' ', '{', 'x', 'end', 'FGT-01 # get system status', '[5784:root:d9]'];
const COUNT = 6_000;

describe.each(LINES)('many equal lines in succession: %j', (line) => {
  const many = Array<string>(COUNT).fill(line);

  it('are read as a few', () => {
    let kept = 0;
    const map = createLineMap();
    const stream = new SectionStream(
      'text',
      (sections) => {
        for (const section of sections) kept += section.lines.length;
        return undefined;
      },
      map,
    );
    for (const each of [...many, 'config system dns', 'end']) stream.line(each);
    stream.end();
    expect(kept).toBeLessThan(3_000);
  });

  it.each([
    ['', 0],
    ['\n', 1],
  ])('count as what they are, with %j at the end', async (end, more) => {
    const text = many.join('\n') + end;
    const whole = diagnose([{ name: 'text', text }]);
    const stream = await diagnoseStream([{ name: 'text', bytes: Buffer.from(text) }]);
    const lines = line === '' ? COUNT - 1 + more : COUNT;
    expect([whole, stream].map(({ sources }) => sources[0]?.lines)).toEqual([lines, lines]);
  });

  it('leave the lines behind them their numbers', () => {
    const denied =
      '[5784:root:d9]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_unknown_user]';
    const text = [...many, '[5784:root:d9]authenticate user: [marlow]', denied, ''].join('\n');
    const { attempts } = diagnose([{ name: 'text', text }]);
    const quoted = attempts.flatMap(({ hops }) => hops.flatMap(({ evidence }) => evidence));
    expect(quoted.find(({ text: quote }) => quote === denied)?.line).toBe(COUNT + 2);
  });
});
