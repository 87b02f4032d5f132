import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

function fixFor(...names: readonly string[]) {
  const text = [
    'config user local',
    ...names.flatMap((name) => [`    edit "${name}"`, '        set type password', '    next']),
    'end',
    'config system ftm-push',
    '    set status enable',
    'end',
    'config vpn ssl settings',
    '    set source-interface "wan1"',
    '    config authentication-rule',
    '        edit 1',
    `            set users ${names.map((name) => `"${name}"`).join(' ')}`,
    '        next',
    '    end',
    'end',
  ].join('\n');
  const { findings } = diagnose([{ name: 'users.conf', text }]);
  return findings.find((each) => each.rule === 'two-factor-not-assigned')?.fix;
}

it('asks for a token and an address of each user’s own: no two can have the same', () => {
  const tokens = fixFor('ana', 'bob')?.apply.filter((line) => /set (?:fortitoken|email-to)/.test(line));
  expect(tokens).toHaveLength(4);
  expect(new Set(tokens).size).toBe(4);
});

it('does not take many users out of the VPN at once, and says how many are left', () => {
  const fix = fixFor('ana', 'bob', 'cleo', 'dora', 'emil');
  expect(fix?.apply.filter((line) => line.includes('edit '))).toHaveLength(3);
  expect(fix?.undo.filter((line) => line.includes('edit '))).toHaveLength(3);
  expect(fix?.note).toContain('2 more');
});
