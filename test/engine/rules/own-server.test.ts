import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const LOGIN = [
  '2026-03-02 09:12:01 [1850] handle_req-Rcvd auth req 1312 for wren in crew opt=00200421 prot=11',
  "2026-03-02 09:12:01 [421] __compose_group_list_from_req-Group 'crew', type 1",
];
const REJECTED = [
  ...LOGIN,
  "2026-03-02 09:12:01 [1105] __fnbamd_rad_send-Sent radius req to server 'nps-b': fd=10, IP=10.4.0.12(10.4.0.12:1812) code=1 id=9 len=130",
  '2026-03-02 09:12:01 [1216] fnbamd_rad_validate_pkt-RADIUS resp code 3',
  "2026-03-02 09:12:01 [1286] fnbamd_rad_process-Result from radius svr 'nps-b' is 1, req 1312",
  '2026-03-02 09:12:01 [239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 1312, len=2144',
].join('\n');
const entry = (path: string, name: string, ...lines: readonly string[]) =>
  `\nconfig ${path}\n    edit "${name}"\n${lines.map((line) => `        ${line}\n`).join('')}    next\nend\n`;
const user = (server: string, name = 'wren') =>
  entry(
    'user local',
    name,
    'set type radius',
    `set radius-server "${server}"`,
    'set two-factor fortitoken',
    'set fortitoken "FTKMOB1122334455"',
  );
const group = (...members: readonly string[]) =>
  entry('user group', 'crew', `set member ${members.map((name) => `"${name}"`).join(' ')}`);

describe('a user whose entry names another server than the group', () => {
  it('is put into the group, instead of a question to the server that refused', () => {
    const [first] = diagnoseText(REJECTED + user('nps-a') + group('nps-b')).findings;
    expect(first).toMatchObject({
      rule: 'radius-rejected',
      confidence: 'likely',
      title: 'crew sends wren to nps-b, and the entry of wren names nps-a',
    });
    expect(first?.fix.apply.join('\n')).toContain('append member "wren"');
  });

  it.each([
    ['the entry names the server', user('nps-b') + group('nps-b')],
    ['the user is in the group', user('nps-a') + group('nps-b', 'wren')],
    ['the group holds another server', user('nps-a') + group('nps-c')],
    ['the entry is of another user', user('nps-a', 'marlow') + group('nps-b')],
    ['the group was not read', user('nps-a')],
  ])('is not the reason where %s', (_what, settings) => {
    const refused = diagnoseText(REJECTED + settings).findings.find(({ rule }) => rule === 'radius-rejected');
    expect(refused?.title).toBe('RADIUS server nps-b refused wren');
  });
});
