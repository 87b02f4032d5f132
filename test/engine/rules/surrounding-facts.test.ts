import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

describe('a local-in policy that drops what a policy above does not accept', () => {
  const FLOW = [
    'id=65308 trace_id=9 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.61:40122->198.51.100.10:4433) tun_id=0.0.0.0 from wan1. flag [S], seq 1, ack 0, win 65535"',
    'id=65308 trace_id=9 func=fw_local_in_handler line=545 msg="iprope_in_check() check failed on policy 9, drop"',
  ].join('\n');
  const entry = (id: number, ...lines: readonly string[]) =>
    [
      `    edit ${id}`,
      ...lines.map((line) => `        set ${line}`),
      '        set schedule "always"',
      '    next',
    ].join('\n');
  const table = (...entries: readonly string[]) =>
    ['config firewall local-in-policy', ...entries, 'end'].join('\n');
  const HOME = entry(
    3,
    'intf "wan1"',
    'srcaddr "HOME-NET"',
    'dstaddr "all"',
    'action accept',
    'service "ALL"',
  );
  const ALL = entry(9, 'intf "wan1"', 'srcaddr "all"', 'dstaddr "all"', 'service "ALL"');
  const titleOf = (policies: string) => diagnoseText(`${FLOW}\n\n${policies}\n`).findings[0]?.title;

  it('names who gets in', () => {
    expect(titleOf(table(HOME, ALL))).toBe(
      'Local-in policy 9 drops the phone’s answer: policy 3 above it accepts only HOME-NET',
    );
  });

  it.each([
    ['below it', table(ALL, HOME)],
    ['of another port', table(HOME.replace('"ALL"', '"SSH"'), ALL)],
    ['of another interface', table(HOME.replace('wan1', 'wan2'), ALL)],
    ['that denies', table(HOME.replace('accept', 'deny'), ALL)],
    ['that is off', table(HOME.replace('set schedule', 'set status disable\n        set schedule'), ALL)],
  ])('but not a policy %s', (_what, policies) => {
    expect(titleOf(policies)).toBe('Local-in policy 9 drops the phone’s answer');
  });
});

describe('a blocked address', () => {
  const LOG = [
    '[2811:root:4d]SSL established: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384',
    '[2811:root:4d]req: /remote/logincheck',
    '[2811:root:4d]login_failed:405 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]',
    '[2811:root:0]dump_one_blocklist:94 status=1;host=203.0.113.61;fails=2;logintime=1788420011',
    '[2811:root:4e]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.61\n',
  ].join('\n');
  const LIST =
    'edge # diagnose vpn ssl blocklist list\nidx   ip              status    fails   remaining\n1     203.0.113.61    locked    2       377\n\nedge #\n';

  it.each([
    ['the whole log', {}],
    ['the logins of that address', { client: '203.0.113.61' }],
  ])('names who failed and the rest of the time, of %s', (_what, focus) => {
    const [finding] = diagnoseText(LOG + LIST, focus).findings;
    expect(finding?.title).toBe(
      'SSL VPN blocks 203.0.113.61 for another 377 s: too many failed logins of wren',
    );
    expect(finding?.fix.note).toContain('Wait 377 s');
    expect(finding?.fix.note).toContain('let wren check the password');
  });

  it('is left with words where the list shows no time and the log another address', () => {
    const list = LIST.replace('   remaining', '').replace('       377', '');
    const [finding] = diagnoseText(LOG.replaceAll('203.0.113.61', '203.0.113.9') + list).findings;
    expect(finding?.title).toBe('SSL VPN blocks 203.0.113.61 for a while: too many failed logins');
    expect(finding?.fix.note).toContain('first find out who fails');
  });
});

describe('a signature that is missing', () => {
  const log = (entity: string) =>
    [
      'samld_process_request [145]: len=9811, cmd=2, pid=1893, job_id=72011',
      `__samld_sp_login_resp [820]: SAML SP: idp-entity '${entity}'`,
      'IDP sig verify is required for response and assertions',
      '__samld_sp_login_resp [833]: Failed to process response message. ret=101(Signature element not found.)',
      'samld_send_common_reply [92]: Code: 1, id: 72011, pid: 1893, len: 65, data_len 49',
    ].join('\n');

  it.each([
    ['https://sts.windows.net/00000000-1111-2222-3333-444444444444/', 'Let Entra ID sign the response'],
    ['https://idp.heron.example/meta', 'Let the identity provider sign the response'],
  ])('of %s: %s', (entity, words) => {
    const [finding] = diagnoseText(log(entity)).findings;
    expect(finding?.rule).toBe('saml-response-unsigned');
    expect(finding?.fix.note?.startsWith(words)).toBe(true);
  });
});
