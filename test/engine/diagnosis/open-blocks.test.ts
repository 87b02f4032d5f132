import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const OFF = ['config system ftm-push', '    set status disable'];
const ON = ['config system ftm-push', '    set status enable', '    set server-port 4433'];
const WAN = [
  'config system interface',
  '    edit "wan1"',
  '        set ip 198.51.100.7 255.255.255.0',
  '        set allowaccess ping https',
];
const USER = [
  'config user local',
  '    edit "marlow"',
  '        set type password',
  '        set two-factor fortitoken',
];

function verdictOf(lines: readonly string[], rule: string): string | undefined {
  const { checks, findings } = diagnose([{ name: 'paste', text: lines.join('\n') }]);
  return findings.some((finding) => finding.rule === rule)
    ? 'broken'
    : checks.find((check) => check.rule === rule)?.verdict;
}

describe('a block without its end', () => {
  it.each([
    ['says what a line of it says', [...OFF, ...WAN], 'push-disabled', 'broken'],
    ['says it as the last block, too', [...WAN, ...OFF], 'push-disabled', 'broken'],
    [
      'says nothing of a line that it does not hold',
      ['config system ftm-push', '    set server-port 4433', ...WAN],
      'push-disabled',
      'unknown',
    ],
    ['is never in order', [...ON, ...WAN], 'push-disabled', 'unknown'],
    ['shows no address that is missing', [...ON, ...WAN], 'push-address-missing', 'unknown'],
    ['shows no token that is missing', [...USER, ...WAN], 'two-factor-not-assigned', 'unknown'],
    [
      'with its end shows it',
      [...USER, '    next', 'end', ...WAN, '    next', 'end'],
      'two-factor-not-assigned',
      'broken',
    ],
  ] as const)('%s', (_, lines, rule, verdict) => {
    expect(verdictOf(lines, rule)).toBe(verdict);
  });

  it('may be cut within its last value, where the text has no line end', () => {
    const cut = [...ON, ...WAN.slice(0, -1), '        set allowaccess pi'];
    expect(verdictOf(cut, 'wan-ftm-access-missing')).toBe('unknown');
  });

  it('is not in the state after `abort`', () => {
    expect(verdictOf([...OFF, 'abort', ...WAN], 'push-disabled')).toBe('unknown');
  });
});
