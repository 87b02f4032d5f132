// Event logs and objects as other programs export them, several devices, packets in hexadecimal.

import { backup, base, block, part, SWITCHED_OFF } from './configuration.ts';
import { type Expect, one, pasted, type Scenario } from './scenario.ts';
import { shell, status, two } from './terminal.ts';

const ev = (id: string, level: string, desc: string, msg: string, extra = '') =>
  `date=2026-11-26 time=10:17:40 eventtime=1795688260000000000 tz="+0000" logid="01000${id}" type="event" subtype="system" level="${level}" vd="root" logdesc="${desc}" ${extra}msg="${msg}"`;
const FAIL = ev('32161', 'alert', 'FortiToken mobile push message failed', 'FTM push message failed.');
const pushFail: Expect = { notVerdict: 'healthy', hop: ['push-request', 'push-service'] };
const hex = (bytes: Buffer) => {
  const rows: string[] = [];
  for (let i = 0; i < bytes.length; i += 16) {
    const b = bytes.subarray(i, i + 16);
    const h = b
      .toString('hex')
      .replace(/(.{4})/g, '$1 ')
      .trim();
    rows.push(
      `0x${i.toString(16).padStart(4, '0')}\t ${h.padEnd(40)}\t${[...b].map((c) => (c > 31 && c < 127 ? String.fromCharCode(c) : '.')).join('')}`,
    );
  }
  return rows.join('\n');
};
const packet = (seed: number, body = '') =>
  Buffer.concat([
    Buffer.from('00090f09000a0009 0f09000b08004500'.replace(/ /g, ''), 'hex'),
    Buffer.from(Array.from({ length: 38 }, (_, i) => (seed * 37 + i * 11) % 256)),
    Buffer.from(body),
  ]);
const DUMP = (n: number, body = '') =>
  `interfaces=[any]\nfilters=[tcp port 4433]\n${Array.from({ length: n }, (_, i) => `2026-11-26 10:32:50.1000${two(i)} wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: psh ${2870211 + i} ack 1\n${hex(packet(i, body))}\n`).join('\n')}`;
const off: Expect = { verdict: 'broken', finds: ['push-disabled'] };

export const scenarios: readonly Scenario[] = [
  pasted('event 32161 plain', FAIL, pushFail),
  pasted('event 32161, syslog header', `<185>Nov 26 10:17:40 198.51.100.20 ${FAIL}`, pushFail),
  pasted('event 32161, numbered', `1: ${FAIL}\n`, pushFail),
  pasted(
    'event 32161, CSV',
    'date,time,logid,type,subtype,level,vd,logdesc,msg\n2026-11-26,10:17:40,0100032161,event,system,alert,root,"FortiToken mobile push message failed","FTM push message failed."\n',
    pushFail,
    'events.csv',
  ),
  pasted(
    'event 32161, JSON lines',
    `${JSON.stringify({ date: '2026-11-26', time: '10:17:40', logid: '0100032161', type: 'event', subtype: 'system', level: 'alert', vd: 'root', logdesc: 'FortiToken mobile push message failed', msg: 'FTM push message failed.' })}\n`,
    pushFail,
    'events.json',
  ),
  pasted(
    'event 32161, CEF',
    '<185>Nov 26 10:17:40 fgt-orchid-01 CEF:0|Fortinet|Fortigate|v7.2.8|32161|event:system|7|deviceExternalId=FGT60FTK20001234 FTNTFGTlogid=0100032161 cat=event:system FTNTFGTsubtype=system FTNTFGTlevel=alert FTNTFGTvd=root FTNTFGTlogdesc=FortiToken mobile push message failed msg=FTM push message failed.\n',
    pushFail,
    'events.cef',
  ),
  pasted(
    'REST answer of ftm-push',
    JSON.stringify({
      http_method: 'GET',
      results: {
        status: 'disable',
        'server-port': 4433,
        'server-cert': { q_origin_key: 'Fortinet_Factory' },
        'server-ip': '0.0.0.0',
        server: '198.51.100.20',
      },
      vdom: 'root',
      path: 'system',
      name: 'ftm-push',
      status: 'success',
      http_status: 200,
      serial: 'FGT60FTK20001234',
      version: 'v7.2.8',
      build: 1639,
    }),
    off,
    'ftm.json',
  ),
  pasted(
    'REST answers of several objects',
    JSON.stringify([
      {
        http_method: 'GET',
        results: {
          status: 'enable',
          'server-port': 4433,
          'server-cert': 'Fortinet_Factory',
          'server-ip': '0.0.0.0',
          server: '198.51.100.20',
        },
        vdom: 'root',
        path: 'system',
        name: 'ftm-push',
        status: 'success',
        http_status: 200,
        serial: 'FGT60FTK20001234',
        version: 'v7.2.8',
        build: 1639,
      },
      {
        http_method: 'GET',
        results: [
          {
            name: 'wan1',
            q_origin_key: 'wan1',
            vdom: 'root',
            ip: '198.51.100.20 255.255.255.0',
            allowaccess: 'ping https',
            type: 'physical',
          },
        ],
        vdom: 'root',
        path: 'system',
        name: 'interface',
        status: 'success',
        http_status: 200,
        serial: 'FGT60FTK20001234',
        version: 'v7.2.8',
        build: 1639,
      },
    ]),
    { verdict: 'broken', finds: ['wan-ftm-access-missing'] },
    'api.json',
  ),
  pasted(
    'FortiAnalyzer CSV with key=value cells',
    '"itime=1795688260","date=2026-11-26","time=10:17:40","devid=FGT60FTK20001234","vd=root","type=event","subtype=system","level=alert","logid=0100032161","logdesc=FortiToken mobile push message failed","msg=failed"\n',
    { notVerdict: 'healthy', hop: ['push-request', 'push-service'] },
    'faz.csv',
  ),
  pasted(
    '32160 only',
    'date=2026-11-26 time=10:17:40 eventtime=1795688260000000000 tz="+0000" logid="0100032160" type="event" subtype="system" level="notice" vd="root" logdesc="FortiToken mobile push message succeeded" msg="ok"\n',
    { verdict: 'inconclusive', noFindings: true },
  ),
  pasted(
    '53050 cloud failure',
    'date=2026-11-26 time=10:17:40 eventtime=1795688260000000000 tz="+0000" logid="0100053050" type="event" subtype="system" level="information" vd="root" logdesc="FortiToken Cloud authentication failure" msg="failed"\n',
    { notVerdict: 'healthy' },
  ),
  {
    id: 'two devices, one broken',
    files: [
      { name: 'a.conf', text: backup() },
      {
        name: 'b.conf',
        text: backup({
          ftm: SWITCHED_OFF,
          global: ['set hostname "fgt-tulip-02"'],
          interface: base.interface.map((x) => x.replaceAll('198.51.100.20', '198.51.100.88')),
        }),
      },
    ],
    expect: { verdict: 'broken', finds: ['push-disabled'], says: /fgt-tulip-02/ },
  },
  {
    id: 'two devices, the broken one first',
    files: [
      { name: 'b.conf', text: backup({ ftm: SWITCHED_OFF, global: ['set hostname "fgt-tulip-02"'] }) },
      { name: 'a.conf', text: backup() },
    ],
    expect: { verdict: 'broken', finds: ['push-disabled'], says: /fgt-tulip-02/ },
  },
  {
    id: 'two devices, both sound: neither lends the other its facts',
    files: [
      { name: 'a.conf', text: backup() },
      {
        name: 'b.conf',
        text: backup({
          global: ['set hostname "fgt-tulip-02"'],
          ftm: ['set server-cert "Fortinet_Factory"', 'set server "198.51.100.88"', 'set status enable'],
          interface: base.interface.map((x) => x.replaceAll('198.51.100.20', '198.51.100.88')),
        }),
      },
    ],
    expect: { verdict: 'healthy', noFindings: true },
  },
  {
    id: 'two sessions in one paste',
    files: one(
      `${shell('fgt-orchid-01', ['get system status', status()], ['show system ftm-push', part('ftm')])}${shell('fgt-tulip-02', ['get system status', status('fgt-tulip-02').replace('20001234', '20005678')], ['show system ftm-push', block('system ftm-push', SWITCHED_OFF)])}`,
    ),
    expect: { verdict: 'broken', finds: ['push-disabled'], says: /fgt-tulip-02/ },
  },
  pasted('forty ordinary packets in hexadecimal', DUMP(40), { maxRedactions: 5 }),
  pasted(
    'a password inside a packet',
    DUMP(1, 'POST /logincheck HTTP/1.1\r\nHost: x\r\n\r\nusername=pilar&secretkey=Wisteria%2144\r\n'),
    { saysNot: /Wisteria/ },
  ),
  pasted(
    'a quoted mail with the abbreviated command',
    `On Thu, Ana wrote:\n${shell('fgt-orchid-01', [
      'sh full sys ftm-push',
      block('system ftm-push', [...SWITCHED_OFF, 'set status disable']),
    ])
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n')}`,
    { verdict: 'broken', first: 'push-disabled' },
  ),
  pasted(
    'the REST object with push switched off',
    JSON.stringify(
      {
        http_method: 'GET',
        results: {
          proxy: 'enable',
          'server-port': 4433,
          'server-cert': 'Fortinet_Factory',
          'server-ip': '0.0.0.0',
          server: '198.51.100.20',
          status: 'disable',
        },
        vdom: 'root',
        path: 'system',
        name: 'ftm-push',
        status: 'success',
        http_status: 200,
        serial: 'FGT60FTK20001234',
        version: 'v7.2.8',
        build: 1639,
      },
      null,
      2,
    ),
    { verdict: 'broken', first: 'push-disabled' },
  ),
  {
    id: 'a sound backup with line ends of Windows and a byte order mark',
    files: one(`\uFEFF${backup().replaceAll('\n', '\r\n')}`, 'fgt-orchid-01.conf'),
    expect: { noFindings: true, verdict: 'healthy' },
  },
];
