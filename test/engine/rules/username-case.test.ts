import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { rule } from '../../../src/engine/rules/username-case-bypasses-2fa/rule.ts';

const FIXTURE = new URL(
  '../../../src/engine/rules/username-case-bypasses-2fa/fixtures/broken.txt',
  import.meta.url,
);

it.each([
  ['6.0.10', undefined],
  ['6.0.11', 'username-case-sensitivity'],
  ['6.2.4', undefined],
  ['6.2.5', 'username-case-sensitivity'],
  ['7.0.0', 'username-case-sensitivity'],
  ['7.0.1', 'username-sensitivity'],
  ['7.6.4', 'username-sensitivity'],
])('%s knows the setting as %s', (release, setting) => {
  const text = readFileSync(FIXTURE, 'utf8');
  const facts = readFacts(redact([{ name: 'paste', text }]).items.flatMap(toSections)).facts;
  const version = parseVersion(release);
  const judgement = rule.judge(facts, version ? { version } : {});
  const fix = judgement.verdict === 'broken' ? judgement.fix : undefined;
  expect(fix?.apply.map((line) => line.trim()).filter((line) => line.startsWith('set '))).toEqual(
    setting === undefined ? [] : [`set ${setting} disable`],
  );
  expect(fix?.note?.includes('upgrade') ?? false).toBe(setting === undefined);
});

const SKIPPED = [
  'config user local',
  '    edit "o.plover"',
  '        set type ldap',
  '        set two-factor fortitoken',
  '        set fortitoken "FTKMOB11AA22BB33"',
  '        set ldap-server "DC-OSLO"',
  '    next',
  'end',
  'config user group',
  '    edit "VPN-Staff"',
  '        set member "DC-OSLO" "o.plover"',
  '    next',
  'end',
  '',
  '[627] fnbam_user_auth_group_match-req id: 55120015, server: DC-OSLO, local auth: 0, dn match: 1',
  "[587] __group_match-Group 'VPN-Staff' passed group matching",
  '[909] update_auth_token_session-config does not require 2fa',
  '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 55120015, len=2600',
  '',
].join('\n');
const causeBeside = (said: string) =>
  diagnose([{ name: 'case.txt', text: `${said}\n\n${SKIPPED}` }]).findings.find(
    ({ explainedBy }) => explainedBy === undefined,
  );

it.each(['She typed "O.Plover" and got in.', 'Sie gibt «O.PLOVER» ein, ohne Token.'])(
  'the spelling that a person names decides where the log has no name: %s',
  (said) => {
    const cause = causeBeside(said);
    expect(cause?.rule).toBe('username-case-bypasses-2fa');
    expect(cause?.title).toMatch(/^O\.(?:Plover|PLOVER) got in without a second factor: .* o\.plover$/);
    expect(cause?.fix.apply.map((line) => line.trim())).toContain('edit "o.plover"');
    expect(cause?.evidence.map(({ text }) => text)).toContain(said);
  },
);

it.each(['She typed "o.plover" and got in.', 'She typed "T.Teal" and got in.', 'The entry is “O.Plover”.'])(
  'no spelling that differs is typed: %s',
  (said) => {
    expect(causeBeside(said)?.rule).toBe('remote-group-bypasses-2fa');
  },
);
