import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const FIXTURE = readFileSync(
  new URL('../../../src/engine/rules/ldap-group-mismatch/fixtures/broken.moved.log', import.meta.url),
  'utf8',
);
const ASKED = 'CN=Remote-Stores,OU=Access,DC=heron,DC=example';
const LISTED = 'cn=Remote-Stores,OU=Roles,DC=heron,DC=example';
const MOVED = 'vpn-stores asks for Remote-Stores in OU=Access; the directory has it in OU=Roles';

function found(text: string) {
  const finding = diagnoseText(text).findings.find(({ rule }) => rule === 'ldap-group-mismatch');
  if (!finding) throw new Error('ldap-group-mismatch is not found');
  return { ...finding, said: `${finding.title}\n${finding.summary}\n${finding.fix.note}` };
}

const lines = (group: string) =>
  [
    'config user group',
    '    edit "vpn-stores"',
    '        config match',
    '            edit 2',
    `                set group-name "${group}"`,
    '            next',
    '        end',
    '    next',
    'end',
  ] as const;

it('a group that stands in another branch of the directory is named, with the lines for its entry', () => {
  const { title, fix, said, evidence } = found(FIXTURE);
  expect(title).toBe(MOVED);
  expect(fix.apply).toEqual(lines(LISTED));
  expect(fix.undo).toEqual(lines(ASKED));
  expect(evidence.map(({ text }) => text).join('\n')).toContain(LISTED);
  expect(said).not.toMatch(/Printers|Badges|Parking|add plover|add the account/i);
});

const wren = (group: string) =>
  FIXTURE.split('\n\n')[0]
    ?.replaceAll('plover', 'wren')
    .replaceAll('5119207', '5119208')
    .replaceAll('09:12:04', '09:14:20')
    .replace(LISTED, group);

it.each([
  ['two groups have this name', FIXTURE.replace('CN=Parking,OU=Access', 'CN=Remote-Stores,OU=Old')],
  ['the group is in another domain', FIXTURE.replace(LISTED, LISTED.replace('DC=heron', 'DC=egret'))],
  [
    'the log does not name the user group that was asked',
    FIXTURE.replace(/^.*(?:handle_req|Loaded LDAP).*\n/gm, ''),
  ],
])('words instead of lines where %s', (_why, text) => {
  const { title, fix, said } = found(text);
  expect(title).toMatch(/^vpn-stores asks for Remote-Stores in OU=Access.*; the directory has it in OU=/);
  expect([...fix.apply, ...fix.undo]).toEqual([]);
  expect(said).toContain('is the same group');
  expect(said).not.toMatch(/Printers|Badges|add plover|add the account/i);
});

it.each([
  ['the name is another', FIXTURE.replace('cn=Remote-Stores,', 'cn=Remote-Stores-2,')],
  ['only the spelling differs', FIXTURE.replace(LISTED, ASKED.toLowerCase().replaceAll(',', ', '))],
  ['the log lists the group that is asked for, too', `${wren(ASKED)}\n${FIXTURE}`],
  [
    'the entry is one of a server that was not asked',
    FIXTURE.replace('server-name "DC07"', 'server-name "DC08"'),
  ],
])('no group is called moved where %s', (_why, text) => {
  const { fix, said } = found(text);
  expect(said).not.toContain('the directory has it in');
  expect(fix.apply).toEqual([]);
});

it('a user beside, who is in no group of this name, changes nothing', () => {
  const { title, fix } = found(`${wren('CN=Canteen,OU=Access,DC=heron,DC=example')}\n${FIXTURE}`);
  expect(title).toBe(MOVED);
  expect(fix.apply).toEqual(lines(LISTED));
});
