import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';

const RESTRICTED = ['set trusthost1 10.0.0.0 255.0.0.0', 'set accprofile "super_admin"'];
const OPEN = ['set accprofile "super_admin_readonly"'];
const OF_BOT = ['set accprofile "ftm-check-read-only"'];
const OF_BOT_RESTRICTED = ['set trusthost1 192.0.2.10 255.255.255.255', ...OF_BOT];

function diagnoseAdministrators(entries: Readonly<Record<string, readonly string[]>>) {
  const lines = Object.entries(entries).flatMap(([name, settings]) => [
    `    edit "${name}"`,
    ...settings.map((line) => `        ${line}`),
    '    next',
  ]);
  const text = ['config system admin', ...lines, 'end', ''].join('\n');
  return diagnose([{ name: 'backup.conf', text }]);
}

const NOTE = 'Only ftm-check, the account made for ftm-check, has no trusted hosts';

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
    const diagnosis = diagnoseAdministrators(entries);
    const check = diagnosis.checks.find(({ rule }) => rule === 'admin-trusthost-blocks-callback');
    expect(check?.verdict).toBe(verdict);
    if (reason) expect(check?.reason).toMatch(reason);
    const isNoted = check?.reason.startsWith('only ') === true;
    expect(renderText(diagnosis).replace(/\s+/g, ' ').includes(NOTE)).toBe(isNoted);
  });
});
