import { describe, expect, it } from 'vitest';
import { backupText } from '../../support/backup.ts';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const FTM = ['wan-ftm-access-missing', 'ftm-access-wrong-interface'];
const PORT1 = (access: string) =>
  `    edit "port1"\n        set vdom "root"\n        set ip 198.51.100.10 255.255.255.0\n        ${access}\n        set role wan\n    next`;
const LOOPBACK =
  '    edit "lo-ftm"\n        set vdom "root"\n        set ip 10.99.0.1 255.255.255.255\n        set allowaccess ftm\n        set type loopback\n    next';
const vip = (lines: string) => `    edit "ftm-in"\n        set extintf "port1"\n${lines}\n    next`;

describe('an access list with text of something else', () => {
  it.each([
    ['a syslog line', 'sNov 24 08:14:02 fgt date=2026-11-24 time=08:14:02 devname="fgt" logid="0100032001"'],
    ['an event log line', 'date=2026-11-24 time=08:14:02 logid="0100032001" type="event"'],
    ['debug of sslvpn', '[2214:root:51]sslvpn_authenticate_user:192 authenticate user: [wren]'],
    ['debug flow', 'id=65308 trace_id=12 func=print_pkt_detail line=5824 msg="x"'],
    ['three dots', '...'],
  ])('shows no absence (%s)', (_what, glued) => {
    const text = backupText({ 'system interface': PORT1(`set allowaccess ping https ${glued}`) });
    const diagnosis = diagnoseText(text);
    for (const rule of FTM) expect(rulesIn(diagnosis)).not.toContain(rule);
    expect(diagnosis.verdict).toBe('inconclusive');
  });
});

describe('one interface alone', () => {
  const shown = (access: string) =>
    `fgt-branch-07 # show system interface port1\nconfig system interface\n${PORT1(access)}\nend\n\nfgt-branch-07 # `;
  const push = (lines: string) =>
    `fgt-branch-07 # show system ftm-push\nconfig system ftm-push\n${lines}\n    set status enable\nend\n\n`;

  it.each([
    ['the phone calls a name', '    set server "vpn.example.net"'],
    ['push answers on another interface', '    set interface "port2"'],
  ])('says nothing about the device where %s', (_why, lines) => {
    expect(rulesIn(diagnoseText(push(lines) + shown('set allowaccess ping https')))).toEqual([]);
  });

  it('decides where it has the address', () => {
    const text = push('    set server "198.51.100.10"') + shown('set allowaccess ping https');
    expect(rulesIn(diagnoseText(text))[0]).toBe('wan-ftm-access-missing');
  });
});

describe('a virtual IP on the push address', () => {
  const interfaces = `${PORT1('set allowaccess ping')}\n${LOOPBACK}`;

  it.each([
    ['by address', '        set extip 198.51.100.10\n        set mappedip "10.99.0.1"'],
    [
      'by port',
      '        set extip 198.51.100.10\n        set mappedip "10.99.0.1"\n        set portforward enable\n        set extport 4433\n        set mappedport 4433',
    ],
  ])('is the way in where it leads to an own interface with ftm, %s', (_how, lines) => {
    const diagnosis = diagnoseText(
      backupText({ 'system interface': interfaces, 'firewall vip': vip(lines) }),
    );
    expect(rulesIn(diagnosis)).toEqual([]);
  });

  it('is in the way where it leads elsewhere', () => {
    const lines = '        set extip 198.51.100.10\n        set mappedip "10.7.0.20"';
    const text = backupText({ 'system interface': interfaces, 'firewall vip': vip(lines) });
    expect(rulesIn(diagnoseText(text))).toContain('port-conflict-vip');
  });

  it('over several addresses is not turned into one port', () => {
    const lines = '        set extip 198.51.100.10-198.51.100.14\n        set mappedip "10.7.0.20-10.7.0.24"';
    const diagnosis = diagnoseText(backupText({ 'firewall vip': vip(lines) }));
    const finding = diagnosis.findings.find(({ rule }) => rule === 'port-conflict-vip');
    expect(finding?.fix.apply).toEqual([]);
    expect(finding?.fix.note).toContain('198.51.100.10-198.51.100.14');
  });
});

describe('a masked serial number', () => {
  it.each(['FTKMxxxxxxxxxxxx', 'FTKXXXXXXXXXXXXX', 'FTK2****', 'xxxxxxxx', 'FTK...'])(
    '%s is unknown',
    (serial) => {
      const text = `config user local\n    edit "wren"\n        set two-factor fortitoken\n        set fortitoken "${serial}"\n    next\nend\n`;
      expect(rulesIn(diagnoseText(text))).not.toContain('token-not-mobile');
    },
  );
});

describe('a blocked source', () => {
  const COUNTED =
    '[15453:root:40]dump_one_blocklist:94 status=2;host=203.0.113.92;fails=2;logintime=1670247625';
  const REFUSED = '[15453:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.92';
  it.each([
    ['the count of its failures', COUNTED, 'likely', COUNTED],
    ['the refusal that names the lock', `${COUNTED}\n${REFUSED}`, 'certain', REFUSED],
  ])('is shown by %s', (_what, log, confidence, quote) => {
    const login =
      '[15453:root:40]login_failed:393 user[carol],auth_type=1 failed [sslvpn_login_permission_denied]';
    const { findings } = diagnoseText(`${login}\n${log}\n`);
    const finding = findings.find(({ rule }) => rule === 'source-ip-blocked');
    expect(finding?.confidence).toBe(confidence);
    expect(finding?.evidence.map(({ text }) => text).toSorted()).toEqual([login, quote].toSorted());
  });
});
