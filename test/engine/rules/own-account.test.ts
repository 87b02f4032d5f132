import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const RESTRICTED = ['set trusthost1 10.0.0.0 255.0.0.0', 'set accprofile "super_admin"'];
const OPEN = ['set accprofile "super_admin_readonly"'];
const OF_BOT = ['set accprofile "ftm-check-read-only"'];
const OF_BOT_RESTRICTED = ['set trusthost1 192.0.2.10 255.255.255.255', ...OF_BOT];

function judge(entries: Readonly<Record<string, readonly string[]>>) {
  const lines = Object.entries(entries).flatMap(([name, settings]) => [
    `    edit "${name}"`,
    ...settings.map((line) => `        ${line}`),
    '    next',
  ]);
  const text = ['config system admin', ...lines, 'end', ''].join('\n');
  const { checks } = diagnose([{ name: 'backup.conf', text }]);
  return checks.find(({ rule }) => rule === 'admin-trusthost-blocks-callback');
}

describe('the account of ftm-check among the administrators', () => {
  it.each([
    [
      'it alone is open',
      { admin: RESTRICTED, 'ftm-check': OF_BOT },
      'healthy',
      /only ftm-check, the account made for/,
    ],
    ['it is the only one', { 'ftm-check': OF_BOT }, 'healthy', /there is no other/],
    ['another one is open too', { 'ftm-check': OF_BOT, noc: OPEN }, 'healthy', /^administrator noc has/],
    ['it has a trusted host', { admin: RESTRICTED, 'ftm-check': OF_BOT_RESTRICTED }, 'broken', undefined],
  ])('%s', (_, entries, verdict, reason) => {
    const check = judge(entries);
    expect(check?.verdict).toBe(verdict);
    if (reason) expect(check?.reason).toMatch(reason);
  });
});
