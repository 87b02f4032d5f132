import { describe, expect, it } from 'vitest';
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

describe('a token that the text reserves', () => {
  const answer = (note: string) => {
    const text = [
      'config user local',
      '    edit "wren"',
      '        set type password',
      '        set passwd ENC AAAA',
      '    next',
      '    edit "plover"',
      '        set type password',
      '        set two-factor fortitoken',
      '        set fortitoken "FTKMOB1A2B3C4D01"',
      '    next',
      'end',
      '',
      note,
    ].join('\n');
    const [finding] = diagnose([{ name: 'ticket.txt', text }], { user: 'wren' }).findings;
    return { lines: finding?.fix.apply.join('\n'), note: finding?.fix.note };
  };

  it.each([
    'Note: FTKMOB1A2B3C4D5E was reserved for her in the list.',
    'Laut Liste ist FTKMOB1A2B3C4D5E für sie vorgesehen.',
    'We have reserved the token FTKMOB1A2B3C4D5E.',
  ])('is in the fix, with the check that it is free: %s', (note) => {
    const fix = answer(note);
    expect(fix.lines).toContain('set fortitoken "FTKMOB1A2B3C4D5E"');
    expect(fix.note).toContain('check first that it is free');
    expect(fix.note).toContain('execute fortitoken-mobile provision FTKMOB1A2B3C4D5E');
  });

  it.each([
    'FTKMOB1A2B3C4D5E was lost last week.',
    'FTKMOB1A2B3C4D5E is not reserved for her.',
    'FTKMOB1A2B3C4D5E and FTKMOB1A2B3C4D6F were reserved.',
  ])('is none in other words: %s', (note) => {
    expect(answer(note).lines).toContain('set fortitoken "<FTKMOB-serial>"');
  });
});
