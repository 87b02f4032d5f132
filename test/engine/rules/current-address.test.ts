import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const push = (server: string) => [
  'config system ftm-push',
  `    set server "${server}"`,
  '    set status enable',
  'end',
];
const wan = (name: string, mode: string, ...more: readonly string[]) => [
  'config system interface',
  `    edit "${name}"`,
  `        set mode ${mode}`,
  '        set allowaccess ping ftm',
  ...more,
  '    next',
  'end',
];
const run = (command: string, ...answer: readonly string[]) => [
  `BAY-40F # ${command}`,
  ...answer,
  '',
  'BAY-40F #',
];
const show = (lines: readonly string[]) => run('show system ftm-push', ...lines);
const found = (...parts: readonly (readonly string[])[]) => diagnoseText(parts.flat().join('\n')).findings[0];

describe('the address that an interface has, of any output that shows it', () => {
  const ROW = (ip: string) =>
    `name: wan1   mode: dhcp    ip: ${ip} 255.255.255.0   status: up    netbios-forward: disable    type: physical`;
  const outputs = (ip: string) =>
    [
      [
        'a header with blanks',
        run(
          'get system interface physical wan1',
          '== [wan1]',
          '        mode: dhcp',
          `        ip: ${ip} 255.255.255.0`,
        ),
      ],
      ['picked rows', run('get system interface | grep -A1 wan', '== [ wan1 ]', ROW(ip))],
      ['a picked row', run('get sys int | grep wan1', ROW(ip))],
      [
        'a picked address',
        run('diagnose ip address list | grep wan1', `IP=${ip}->${ip}/255.255.255.0 index=5 devname=wan1`),
      ],
      [
        'a picked block',
        run(
          'get system interface physical | grep -A3 wan1',
          '        ==[wan1]',
          '                mode: dhcp',
          `                ip: ${ip} 255.255.255.0`,
        ),
      ],
      [
        'a later output of another interface',
        [
          ...run('get system interface | grep wan1', ROW(ip)),
          ...run('get system interface physical dmz', '==[dmz]', '        ip: 10.4.0.1 255.255.255.0'),
        ],
      ],
    ] as const;

  it.each(outputs('203.0.113.31'))('%s: the old one is named with it', (_what, output) => {
    const finding = found(
      show(push('198.51.100.44')),
      run('show system interface wan1', ...wan('wan1', 'dhcp')),
      output,
    );
    expect(finding?.rule).toBe('push-address-stale');
    expect(finding?.title).toBe('FTM push sends phones to 198.51.100.44, and wan1 has 203.0.113.31');
    expect(finding?.fix.apply.join('\n')).toContain('set server "203.0.113.31"');
  });

  it.each(outputs('198.51.100.44'))('%s: is in order', (_what, output) => {
    expect(
      found(show(push('198.51.100.44')), run('show system interface wan1', ...wan('wan1', 'dhcp')), output),
    ).toBeUndefined();
  });

  it('an output of another interface alone says nothing', () => {
    const diagnosis = diagnoseText(
      [
        ...show(push('198.51.100.44')),
        ...run('show system interface wan1', ...wan('wan1', 'dhcp')),
        ...run('get system interface | grep dmz', ROW('192.168.9.1').replace('wan1', 'dmz')),
      ].join('\n'),
    );
    expect(diagnosis.findings).toEqual([]);
    expect(JSON.stringify(diagnosis)).toContain('does not show whether it still has 198.51.100.44');
  });
});

describe('a private WAN, and a device in front that does not forward the port of push', () => {
  const WAN1 = run(
    'get system interface physical wan1',
    '== [wan1]',
    '        mode: dhcp',
    '        ip: 192.168.50.2 255.255.255.0',
  );
  const ALLOWS = run('show system interface wan1 | grep allowaccess', '        set allowaccess ping ftm');
  const CAPTURE = run(
    "diagnose sniffer packet any 'port 4433' 4 0 l",
    'interfaces=[any]',
    'filters=[port 4433]',
    '0 packets received by filter',
    '0 packets dropped by kernel',
  );
  const PUSH = show(push('203.0.113.90'));
  const SAYS = 'The device in front does not forward TCP 4433 to 192.168.50.2';

  it.each([
    ['a person pressed Approve meanwhile', ['(tapped Approve twice meanwhile)', ...CAPTURE], ALLOWS],
    [
      'a person says what is forwarded',
      ['The modem of the provider forwards only 443 and 500/4500 to it.'],
      ALLOWS,
    ],
    ['in German', ['Auf der Fritzbox ist nur 8443 freigegeben.', ...CAPTURE], ALLOWS],
    ['its settings were not read', ['On the router we just opened port 10443.', ...CAPTURE], []],
  ])('%s', (_what, said, allows) => {
    const finding = found(PUSH, WAN1, allows, said);
    expect(finding).toMatchObject({ rule: 'upstream-nat-not-forwarded', title: SAYS, confidence: 'likely' });
    expect(finding?.fix.note).toContain('forward TCP 4433 to 192.168.50.2');
  });

  const DRAWN = 'Internet > FRITZ!Box (203.0.113.90) > FortiGate wan1 192.168.50.2.';

  it('as a person draws it', () => {
    const finding = found([DRAWN, 'Der Push kommt, nach „Genehmigen“ passiert nichts.', ''], PUSH, CAPTURE);
    expect(finding).toMatchObject({ rule: 'upstream-nat-not-forwarded', title: SAYS, confidence: 'likely' });
  });

  it('may be it where Approve was not pressed, and is not where nothing was captured', () => {
    const rule = 'upstream-nat-not-forwarded';
    const silent = found([DRAWN, 'Der Push kommt am Handy an.', ''], PUSH, CAPTURE);
    expect(silent).toMatchObject({ rule, confidence: 'possible' });
    expect(found([DRAWN, ''], PUSH)?.rule).not.toBe(rule);
    expect(found([''], PUSH, CAPTURE)?.rule).not.toBe(rule);
    expect(found([DRAWN.replace('192.168.50.2', '203.0.113.90'), ''], PUSH, CAPTURE)?.rule).not.toBe(rule);
  });

  it.each([
    ['nothing is said and nothing captured', [], ALLOWS],
    ['the port is among those', ['The router forwards only 4433 and 10443.'], ALLOWS],
    [
      'the interface refuses it itself',
      ['The router forwards only 10443.'],
      run('show system interface wan1 | grep allowaccess', '        set allowaccess ping'),
    ],
  ])('but not where %s', (_what, said, allows) => {
    expect(found(PUSH, WAN1, allows, said)?.rule).not.toBe('upstream-nat-not-forwarded');
  });

  it('an empty capture alone makes it possible', () => {
    expect(found(PUSH, WAN1, ALLOWS, CAPTURE)).toMatchObject({
      confidence: 'possible',
      title: 'Nothing arrived on TCP 4433: the device in front may not forward it to 192.168.50.2',
    });
  });
});
