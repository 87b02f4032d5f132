import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeKinds } from '../../../src/engine/evidence/describe-kinds.ts';
import type { Section } from '../../../src/engine/evidence/types.ts';
import { AMOUNT, runs } from '../../support/amount.ts';
import { cut, FNBAMD, PUSH_CONFIG, SSLVPN } from './section-outline.ts';

/** A sample has a quarter of the repetitions: what grows with the square of the length takes minutes in either. */
const SHARE = AMOUNT === 'sample' ? 1 / 4 : 1;

/** Number of lines covered; NaN where sections overlap, leave a gap, or are empty. */
function coverage(sections: readonly Section[]): number {
  return sections.reduce(
    (next, section) =>
      section.start === next + 1 && section.lines.length > 0 ? next + section.lines.length : Number.NaN,
    0,
  );
}

describe('anything else', () => {
  it.each([
    ['nothing', ''],
    [
      'ordinary talk',
      'Hi all,\nthe status: enable it please. config system ftm-push is not documented.\nserver: my own\n[1] follow-up\n[12:30:45] hello',
    ],
    [
      'a Cisco IOS configuration',
      'Router#show running-config\nhostname R1\n!\ninterface Gi0/0\n ip address 192.0.2.1 255.255.255.0\n!\nline vty 0 4\nend',
    ],
    ['a Cisco controller', 'config wlan enable 1\nconfig interface address management 192.0.2.1\nconfig end'],
    [
      'a Juniper configuration',
      'set system host-name edge\nset interfaces ge-0/0/0 unit 0\nedit system\nend',
    ],
    [
      'an HTTP exchange',
      'POST / HTTP/1.1\nConnection: keep-alive\nAccept: */*\nContent-Type: application/json\nContent-Length: 2\n\n{}',
    ],
    ['binary', String.fromCharCode(...Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256))],
    ['a giant line', 'x'.repeat(10_000_000 * SHARE)],
    ['giant indent', ' '.repeat(10_000_000 * SHARE)],
  ])('%s is other text', (_what, text) => {
    const sections = cut(text);
    expect(sections.map((section) => section.kind)).toEqual(['other']);
    expect(describeKinds(new Set(sections.map(({ kind }) => kind)))).toEqual(['other text']);
  });

  it.each([
    ['open quotes', 'config system dns\nset a "b\n', 100_000],
    ['wrappers in wrappers', 'config global\n', 200_000],
    ['rows that lack their proof', 'status : x\n', 200_000],
    ['typed sessions', 'FGT # config system dns\n', 100_000],
    ['a log with gaps', `${SSLVPN}\n${'foo\n'.repeat(99)}`, 2_000],
  ])('finishes with %s', (_what, lines, times) => {
    const text = lines.repeat(times * SHARE);
    expect(coverage(cut(text))).toBe(text.split('\n').length);
  });

  it('covers every line exactly once, in order', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        '',
        ...PUSH_CONFIG.split('\n'),
        'config global',
        'config vdom',
        'edit root',
        'next',
        'set a "b',
        SSLVPN,
        FNBAMD,
        'FGT # get system status',
        'FGT # ',
        'FGT (root) # show user local',
        'FGT # config system dns',
        'FGT (dns) # end',
        'Unknown action 0',
        'Command fail. Return code -56',
        'Version: FortiGate-60F v7.4.8,build2795,250523',
        'server-port : 4433',
        'FORTITOKEN   DRIFT  STATUS',
        '==[wan1]',
        'diagnose debug enable',
        'Accept: */*',
        '#config-version=FGT60F-7.4.8-FW-build2795-250523:vdom=0',
        'PING a (192.0.2.1): 56 data bytes',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
        const text = lines.join('\n');
        const sections = cut(text);
        expect(coverage(sections)).toBe(text.split('\n').length);
        expect(sections.flatMap((section) => section.lines)).toEqual(text.split('\n'));
      }),
      { numRuns: runs(300) },
    );
  });
});
