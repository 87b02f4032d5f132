import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';

const LOG = [
  'FGT-BRANCH # diagnose debug enable',
  '[1738] handle_req-Rcvd auth req 799105187901 for wren in staff opt=00000000 prot=4 svc=2',
  '[507] create_auth_session-Session created for req id 799105187901',
  "[818] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'heron' for usergroup 'staff' (8)",
  '[984] __ldap_next_state-State: Admin Binding -> DN Search',
  "[790] fnbamd_ldap_build_dn_search_req-base:'dc=heron' filter:cn=wren",
  '[984] __ldap_next_state-State: DN Search -> User Binding',
  '[1000] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090439, data 533, v4563)',
  'a line that only the log around it explains',
  '[984] __ldap_next_state-State: User Binding -> Done',
  '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 799105187901, len=2524',
];
const findingsIn = (lines: readonly string[]) =>
  diagnose([{ name: 'paste', text: lines.join('\n') }]).findings.map(({ rule, confidence, evidence }) => ({
    rule,
    confidence,
    evidence,
  }));

describe('a log that was pasted as a list', () => {
  it.each<[string, (line: string, at: number) => string]>([
    ['hyphens', (line) => `- ${line}`],
    ['asterisks', (line) => `* ${line}`],
    ['bullets with a margin', (line) => `  • ${line}`],
    ['dashes', (line) => `– ${line}`],
    ['numbers', (line, at) => `${at + 1}. ${line}`],
    ['numbers in brackets', (line, at) => `${at + 1}) ${line}`],
    ['the number that Markdown counts from', (line) => `1. ${line}`],
    ['code in a list', (line) => `- \`${line}\``],
    ['code', (line) => `\`${line}\``],
    ['a quotation', (line) => `> ${line}`],
    ['a quotation of a quotation', (line) => `> > ${line}`],
    ['bars', (line) => `| ${line}`],
  ])('is read as without its marks: %s', (_mark, marked) => {
    const findings = findingsIn(LOG);
    expect(findings[0]?.rule).toBe('ldap-user-refused');
    expect(normalizeText(LOG.map(marked).join('\n'))).toBe(LOG.join('\n'));
    expect(findingsIn(LOG.map(marked))).toEqual(findings);
  });

  it('is known by one quoted line', () => {
    expect(normalizeText(`> ${LOG[1]}`)).toBe(LOG[1]);
  });
});

describe('a list of other things', () => {
  it.each([
    ['a change', ['- set status disable', '+ set status enable']],
    ['a change below log lines', [`- ${LOG[1]}`, '', '- set status disable', '+ set status enable'], 1],
    ['a change directly below log lines', [`- ${LOG[1]}`, '- set status disable', '+ set status enable'], 1],
    ['steps', ['1. config system ftm-push', '2. set status enable', '3. end']],
    ['what a person did', ['- restarted the phone', '- typed the code', '* asked wren']],
    ['a list above log lines', ['- restarted the phone', `- ${LOG[1]}`], 0],
    ['another list below log lines', [`- ${LOG[1]}`, '* asked wren'], 1],
    ['a list behind prose', [`- ${LOG[1]}`, 'What I did:', '- restarted the phone'], 1],
    ['members of YAML', ['users:', '- name: wren', '- name: plover']],
  ])('keeps its marks: %s', (_what, lines, from = 0) => {
    const kept = lines.slice(from).filter((line) => !line.includes('handle_req'));
    expect(normalizeText(lines.join('\n')).split('\n')).toEqual(expect.arrayContaining(kept));
  });
});
