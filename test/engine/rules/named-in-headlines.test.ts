import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const openfortivpn = (call: string, issuer: string) =>
  [
    `$ sudo openfortivpn ${call} -u knot`,
    'ERROR:  Gateway certificate validation failed, and the certificate digest is not in the local whitelist. If you trust it, rerun with:',
    'ERROR:  Gateway certificate:',
    'ERROR:      subject:',
    'ERROR:          CN=FGT40FTK00000000',
    'ERROR:      issuer:',
    `ERROR:          CN=${issuer}`,
    'INFO:   Closed connection to gateway.',
    '',
  ].join('\n');
const push = (cert: string) =>
  `FGT # show system ftm-push\nconfig system ftm-push\n    set server-cert "${cert}"\n    set server "push.ems.example"\n    set status enable\nend\n\nFGT # diagnose debug application ftm-push -1\nFGT # diagnose debug enable\nFGT # 2026-04-11 10:02:52 SSL_accept:SSLv3/TLS read client hello\n2026-04-11 10:02:52 SSL: (where=0x4004 ret=0x230)\n2026-04-11 10:02:52 SSL: (where=0x2002 ret=0xffffffff)\n`;

it.each([
  [
    openfortivpn('ra.ems.example:8443', 'fortinet-subca2003'),
    'The VPN shows the factory certificate of the FortiGate',
    'issued for ra.ems.example (a FortiGate that was replaced',
  ],
  [
    openfortivpn('198.51.100.77:8443', 'fortinet-ca2'),
    'The VPN shows the factory certificate of the FortiGate',
    'issued for the name to which the clients connect (',
  ],
  [
    openfortivpn('ra.ems.example:8443', 'Ems-Root'),
    'The client does not trust the certificate of the VPN',
    'issued for ra.ems.example. Import',
  ],
  [push('ems-2026'), 'The phone does not know the CA of ems-2026, the `server-cert` of push', ''],
  [push('Fortinet_GUI_Server'), 'The phone refused the FortiGate’s certificate', ''],
])('a refused certificate is named in the headline: %#', (text, title, todo) => {
  const [finding] = diagnoseText(text).findings;
  expect(finding?.title).toContain(title);
  expect(finding?.fix.todo?.join(' ') ?? '').toContain(todo);
  const steps = finding?.fix.todo?.join(' ') ?? '';
  expect(steps.includes('servercert "<certificate>"')).toBe(steps.includes('Replace `<certificate>` first:'));
});

const RESTORE = 'The old configuration brings nothing back';
it.each([
  ['7.6.5', 'Shall we restore the backup of yesterday?', 'certain', RESTORE],
  ['8.0.0', 'Müssen wir die alte Konfiguration wieder einspielen?', 'certain', RESTORE],
  ['7.6.3', 'Nobody connects.', 'certain', ''],
])(
  'a FortiOS that does not know `vpn ssl settings` proves it: %s, %s',
  (version, words, confidence, answer) => {
    const text = `${words}\n\nFGT-Ems # get system status | grep Version\nVersion: FortiGate-80F v${version},build3620,260101 (GA.F)\n\nFGT-Ems # show vpn ssl settings\ncommand parse error before 'ssl'\nCommand fail. Return code -61\n`;
    const diagnosis = diagnoseText(text);
    expect(diagnosis.findings[0]).toMatchObject({ rule: 'ssl-vpn-removed', confidence });
    expect(diagnosis.findings[0]?.summary).toContain("command parse error before 'ssl'");
    expect(JSON.stringify(diagnosis)).toContain(answer);
  },
);
