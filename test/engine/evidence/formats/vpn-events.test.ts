import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import { beginsCsv } from '../../../../src/engine/evidence/formats/csv.ts';

interface Event {
  readonly time: string;
  readonly id: string;
  readonly action: string;
  readonly user: string;
  readonly tunneltype: string;
  readonly remip: string;
  readonly reason: string;
}

const EVENTS: readonly Event[] = [
  {
    time: '08:12:01',
    id: '0101039943',
    action: 'ssl-new-con',
    user: 'N/A',
    tunneltype: 'ssl',
    remip: '203.0.113.9',
    reason: 'N/A',
  },
  {
    time: '08:12:09',
    id: '0101039426',
    action: 'ssl-login-fail',
    user: 'plover',
    tunneltype: 'ssl-web',
    remip: '203.0.113.9',
    reason: 'sslvpn_login_unknown_user',
  },
  {
    time: '08:14:30',
    id: '0101039424',
    action: 'tunnel-up',
    user: 'wren',
    tunneltype: 'ssl-web',
    remip: '203.0.113.40',
    reason: 'login successfully',
  },
  {
    time: '08:14:32',
    id: '0101039947',
    action: 'tunnel-up',
    user: 'wren',
    tunneltype: 'ssl-tunnel',
    remip: '203.0.113.40',
    reason: 'tunnel established',
  },
];

function keyValues({ time, id, action, user, tunneltype, remip, reason }: Event, quote: string): string {
  const q = (value: string) => `${quote}${value}${quote}`;
  return `date=2026-03-02 time=${time} devname=${q('fgt-branch-07')} logid=${q(id)} type=${q('event')} subtype=${q('vpn')} vd=${q('root')} action=${q(action)} tunneltype=${q(tunneltype)} remip=${remip} user=${q(user)} reason=${q(reason)} msg=${q('SSL event')}`;
}

/** As a page shows the details of an event. */
function labelled({ time, id, action, user, tunneltype, remip, reason }: Event, between: string): string {
  return [
    ['Date/Time', `2026/03/02 ${time}`],
    ['Level', 'alert'],
    ['Virtual Domain', 'root'],
    ['Action', action],
    ['Reason', reason],
    ['User', user],
    ['Remote IP', remip],
    ['Tunnel ID', '118200451'],
    ['Tunnel Type', tunneltype],
    ['Log ID', id],
    ['Log Description', 'SSL event'],
  ]
    .map(([name, value]) => `${name}${between}${value}`)
    .join('\n');
}

/** `logid: 0101039426`, a line for each field, with fields that the diagnosis does not use. */
function vertical({ time, id, ...fields }: Event, quote: string): string {
  return Object.entries({ date: '2026-03-02', time, devid: 'FGT60F', logid: id, tunnelid: '7', ...fields })
    .map(([name, value]) => `${name}: ${quote}${value}${quote}`)
    .join('\n');
}

/** In UTC, an hour behind the device. */
function ecs({ time, id, action, user, tunneltype, remip, reason }: Event): object {
  return {
    '@timestamp': `2026-03-02T${time.replace('08', '07')}.000Z`,
    observer: { vendor: 'Fortinet', product: 'Fortigate' },
    event: { module: 'fortinet', code: id, timezone: '+0100' },
    fortinet: { firewall: { type: 'event', subtype: 'vpn', vd: 'root', action, tunneltype, reason, remip } },
    source: { ip: remip, user: { name: user } },
    message: 'SSL event',
  };
}

const FORMS: readonly (readonly [string, string])[] = [
  ['as printed', EVENTS.map((each) => keyValues(each, '"')).join('\n')],
  ['without the log id', EVENTS.map((each) => keyValues(each, '"').replace(/logid="\d+" /, '')).join('\n')],
  ['over syslog', EVENTS.map((each) => `<189>${keyValues(each, '"')}`).join('\n')],
  [
    'CSV with a heading',
    `Date/Time,Log ID,Action,User,Remote IP,Tunnel Type,Reason\n${EVENTS.map(({ time, id, action, user, remip, tunneltype, reason }) => `"2026-03-02 ${time}",${id},${action},${user},${remip},${tunneltype},${reason}`).join('\n')}`,
  ],
  [
    'CSV without the log id',
    `Date/Time,Device,Action,User,Remote IP,Reason,Tunnel Type\n${EVENTS.map(({ time, action, user, remip, tunneltype, reason }) => `2026-03-02 ${time},fgt-heron,${action},${user},${remip},${reason},${tunneltype}`).join('\n')}`,
  ],
  [
    'CSV with semicolons and without the log id',
    `Tunnel Type;Timestamp;User;Action;Reason;Remote IP\n${EVENTS.map(({ time, action, user, remip, tunneltype, reason }) => `${tunneltype};2026-03-02 ${time};${user};${action};${reason};${remip}`).join('\n')}`,
  ],
  ['CSV of pairs', EVENTS.map((each) => keyValues(each, '""').replace(/ (?=\w+=)/g, ',')).join('\n')],
  [
    'a table without the log id and the type of tunnel',
    `date|time|action|user|remip|reason\n${EVENTS.map(({ time, action, user, remip, reason }) => `2026-03-02|${time}|${action}|${user}|${remip}|${reason}`).join('\n')}`,
  ],
  [
    'columns between tabs, in the words of the page',
    `#\tDate/Time\tAction\tUser\tReason\tRemote IP\tMessage\n${EVENTS.map(({ time, action, user, remip, reason }, at) => `${at + 1}\t2026-03-02 ${time}\t${action}\t${user}\t${reason}\t${remip}\tSSL event`).join('\n')}`,
  ],
  [
    'a table of Markdown',
    `Here is what FortiAnalyzer shows:\n\n| Date | Time | User | Action | Reason | Remote IP |\n|---|:--|---|---|---|---|\n${EVENTS.map(({ time, action, user, remip, reason }) => `| 2026-03-02 | ${time} | ${user} | ${action} | ${reason} | ${remip} |`).join('\n')}`,
  ],
  [
    'columns between tabs that begin with the time, as the page writes it',
    `Date/Time\tLevel\tAction\tUser\tReason\tRemote IP\tMessage\n${EVENTS.map(({ time, action, user, remip, reason }) => `2026/03/02 ${time}\talert\t${action}\t${user}\t${reason}\t${remip}\tSSL event`).join('\n')}`,
  ],
  ...(
    [
      ['two blanks', '  '],
      ['a blank', ' '],
      ['a tab', '\t'],
      ['a colon', ': '],
      ['a line end', '\n'],
    ] as const
  ).map(
    ([name, between]) =>
      [
        `a label and its value in each line, with ${name} between them`,
        `Copied from the page:\n\n${EVENTS.map((each) => labelled(each, between)).join('\n\n')}\n\nWhy is that?`,
      ] as const,
  ),
  [
    'labels and values of one event after the other, without an empty line',
    EVENTS.map((each) => labelled(each, '  ')).join('\n'),
  ],
  [
    'CSV of cells with pairs',
    EVENTS.map((each) => `"${keyValues(each, '').replace(/ (?=\w+=)/g, '","')}"`).join('\n'),
  ],
  [
    'CSV of cells with pairs whose values are in quotes',
    EVENTS.map((each) => `"${keyValues(each, '""').replace(/ (?=\w+=)/g, '","')}"`).join('\n'),
  ],
  [
    'CEF',
    EVENTS.map(
      ({ time, id, action, user, tunneltype, remip, reason }) =>
        `<188>Mar 02 ${time} fgt-branch-07 CEF:0|Fortinet|Fortigate|v7.4.8|${id.slice(5)}|event:vpn ${action}|7|FTNTFGTeventtime=${Date.parse(`2026-03-02T${time}+01:00`) / 1000} FTNTFGTtz=+0100 FTNTFGTlogid=${id} cat=event:vpn FTNTFGTsubtype=vpn FTNTFGTvd=root act=${action} FTNTFGTtunneltype=${tunneltype} FTNTFGTremip=${remip} duser=${user} FTNTFGTreason=${reason} msg=SSL event`,
    ).join('\n'),
  ],
  [
    'JSON, flat',
    EVENTS.map(({ time, id, ...fields }) =>
      JSON.stringify({
        date: '2026-03-02',
        time,
        logid: id,
        type: 'event',
        subtype: 'vpn',
        vd: 'root',
        ...fields,
      }),
    ).join('\n'),
  ],
  ['JSON of a log shipper', EVENTS.map((each) => JSON.stringify(ecs(each))).join('\n')],
  ['JSON of a log shipper, pretty', JSON.stringify(EVENTS.map(ecs), null, 2)],
  [
    'JSON of a log shipper, with dots',
    EVENTS.map(({ time, id, user, ...fields }) =>
      JSON.stringify({
        '@timestamp': `2026-03-02T${time}.000Z`,
        'event.code': id,
        'source.user.name': user,
        fortinet: { firewall: { vd: 'root', ...fields } },
      }),
    ).join('\n'),
  ],
  ['semicolons', EVENTS.map((each) => keyValues(each, '').replace(/ (?=\w+=)/g, '; ')).join('\n')],
  ['bars', EVENTS.map((each) => keyValues(each, '').replace(/ (?=\w+=)/g, '|')).join('\n')],
  ['values without quotes', EVENTS.map((each) => keyValues(each, '')).join('\n')],
  [
    'only the fields that a person sees',
    EVENTS.map(
      ({ time, action, user, remip, reason }) =>
        `date="2026-03-02" time="${time}" user="${user}" action="${action}" reason="${reason}" remip="${remip}"`,
    ).join('\n'),
  ],
  [
    'LEEF',
    EVENTS.map(
      ({ time, id, action, user, tunneltype, remip, reason }) =>
        `<188>Mar 02 ${time} fgt-heron LEEF:1.0|Fortinet|FortiGate|7.4.8|${id.slice(5)}|devTime=2026-03-02 ${time}\tlogid=${id}\tsubtype=vpn\tact=${action}\tusrName=${user}\tsrc=${remip}\ttunneltype=${tunneltype}\treason=${reason}`,
    ).join('\n'),
  ],
  ['YAML', EVENTS.map((each) => `- ${vertical(each, '"').replaceAll('\n', '\n  ')}`).join('\n')],
  [
    'name and value in each line, in the words of FortiOS',
    EVENTS.map((each) => vertical(each, '')).join('\n\n'),
  ],
  [
    'a table of two columns for each event',
    EVENTS.map((each) => vertical(each, '').replaceAll(/^([^:]+): (.*)$/gm, '| $1 | $2 |')).join('\n\n'),
  ],
  [
    'JSON of Kibana, where each field is a list',
    EVENTS.map(({ time, id, ...fields }) =>
      JSON.stringify({
        _index: 'logs-fortinet',
        fields: {
          '@timestamp': [`2026-03-02T${time}.000Z`],
          'event.code': [id],
          'log.level': ['alert'],
          ...Object.fromEntries(
            Object.entries(fields).map(([name, value]) => [`fortinet.firewall.${name}`, [value]]),
          ),
        },
      }),
    ).join('\n'),
  ],
  [
    'JSON of Wazuh',
    EVENTS.map(({ time, id, ...fields }) =>
      JSON.stringify({
        timestamp: `2026-03-02T${time}.123+0000`,
        rule: { level: 5, description: 'Fortigate: VPN' },
        agent: { name: 'siem' },
        data: { date: '2026-03-02', time, logid: id, type: 'event', subtype: 'vpn', ...fields },
      }),
    ).join('\n'),
  ],
  [
    'JSON of Splunk, with the line as it came',
    EVENTS.map((each) => JSON.stringify({ preview: false, result: { _raw: keyValues(each, '"') } })).join(
      '\n',
    ),
  ],
  [
    'JSON of Elastic, with the line twice',
    JSON.stringify(
      EVENTS.map((each) => ({
        _source: { message: keyValues(each, '"'), event: { original: `<189>${keyValues(each, '"')}` } },
      })),
      null,
      2,
    ),
  ],
  [
    'CSV of Sentinel',
    `TimeGenerated,DeviceVendor,DeviceAction,DestinationUserName,SourceIP,Message,AdditionalExtensions\n${EVENTS.map(({ time, id, action, user, tunneltype, remip, reason }) => `2026-03-02T${time}.000Z,Fortinet,${action},${user},${remip},SSL event,"FTNTFGTlogid=${id};cat=event:vpn;FTNTFGTtunneltype=${tunneltype};reason=${reason}"`).join('\n')}`,
  ],
];

describe.each(FORMS)('VPN logins of the event log, %s', (_form, text) => {
  const diagnosis = diagnose([{ name: 'vpn.log', text: `${text}\n` }]);

  it('are logins with their users and outcomes', () => {
    expect(diagnosis.attempts.map(({ user, outcome }) => [user, outcome])).toEqual([
      ['plover', 'failed'],
      ['wren', 'succeeded'],
    ]);
    expect(diagnosis.findings.map(({ rule }) => rule)).toEqual(['user-not-in-vpn-rule']);
  });

  it('are at the time of the device', () => {
    expect(diagnosis.attempts.map(({ startedAt }) => startedAt)).toEqual([
      expect.stringContaining('08:12:'),
      expect.stringContaining('08:14:'),
    ]);
  });
});

describe('a table of columns', () => {
  const headed = (...rows: readonly string[]) =>
    diagnose([
      {
        name: 'paste.txt',
        text: `Date/Time\tLevel\tAction\tStatus\tReason\tRemote IP\tVPN Tunnel\n${rows.join('\n')}\n`,
      },
    ]);

  it('shows IPsec that found no common proposal', () => {
    const { findings } = headed(
      '2026-03-02 09:12:01\terror\tnegotiate\tfailure\tpeer SA proposal not match local policy\t203.0.113.21\tN/A',
    );
    expect(findings[0]).toMatchObject({ rule: 'ike-proposal-mismatch', confidence: 'possible' });
  });

  it.each([
    ['a negotiation that goes well', 'notice\tnegotiate\tsuccess\tN/A'],
    ['another event', 'notice\tlogin\tfailed\tpassword wrong'],
  ])('shows no failed login of %s', (_what, cells) => {
    const { attempts, findings } = headed(`2026-03-02 09:12:01\t${cells}\t203.0.113.21\tN/A`);
    expect([attempts, findings]).toEqual([[], []]);
  });

  it('keeps the lines of another table', () => {
    const rows = ['date|action|user|reason', '2026-03-02|reboot|root|kernel', '2026-03-02|mount|root|disk'];
    const { sources } = diagnose([{ name: 'paste.txt', text: rows.join('\n') }]);
    expect(sources[0]?.lines).toBe(rows.length);
    expect(beginsCsv(rows[0] ?? '')?.row(rows[1] ?? '')).toBe(rows[1]);
  });

  it.each([
    ['prose', 'Hello, we changed the rule, and it fails', 'Hello, we changed the rule, and it fails'],
    ['a row of a different event', '44547,login,wren', ''],
  ])('below a heading with the log id: %s', (_what, row, expected) => {
    expect(beginsCsv('Log ID, Action, User')?.row(row)).toBe(expected);
  });
});

it('names the device of the event log, where it is one', () => {
  const line = (device: string) =>
    `date=2026-03-02 time=09:12:04 devname="${device}" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=203.0.113.80 user="wren" group="N/A" dst_host="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`;
  const { device } = diagnose([{ name: 'events.log', text: line('fgt-heron') }]);
  expect(device.hostname).toBe('fgt-heron');
});

it.each([
  [
    'a person lists what is known',
    'User: wren\nAction: she rebooted\nReason: unknown\nStatus: open\nTime: 9:12',
  ],
  ['an event of another sort', 'Action  reboot\nUser  wren\nReason  kernel\nLevel  alert\nMessage  rebooted'],
  ['too few labels', 'Action  ssl-login-fail\nUser  wren\n\nReason  sslvpn_login_unknown_user'],
])('labels and values are no event where %s', (_what, text) => {
  const { attempts, sources } = diagnose([{ name: 'paste.txt', text: `${text}\n` }]);
  expect([attempts, sources[0]?.lines]).toEqual([[], text.split('\n').length]);
});

it('keeps what a person writes behind the labels', () => {
  const text = `${labelled(EVENTS[1] as Event, '  ')}\nDo we have to buy a licence?\n`;
  const { findings, answers } = diagnose([{ name: 'paste.txt', text }]);
  expect(findings.map(({ rule }) => rule)).toEqual(['user-not-in-vpn-rule']);
  expect(answers?.map(({ question }) => question)).toEqual(['Do we have to buy a licence?']);
});

describe('rows copied from the log view of the GUI', () => {
  const row = (...cells: readonly string[]) => cells.join('  ');
  const FAILED = row(
    '2026/03/02 09:12:04',
    'SSL VPN login fail',
    'ssl-login-fail',
    'plover',
    '203.0.113.9',
    'sslvpn_login_unknown_user',
  );

  it.each([
    ['blanks', FAILED],
    ['tabs', FAILED.replaceAll('  ', '\t')],
    ['a date with hyphens', FAILED.replaceAll('/', '-')],
  ])('are events: %s', (_what, text) => {
    const { attempts } = diagnose([{ name: 'paste.txt', text }], {});
    expect(attempts.map(({ user, outcome }) => [user, outcome])).toEqual([['plover', 'failed']]);
  });

  it('tell a login from one that failed', () => {
    const good = row(
      '2026/03/02 09:14:30',
      'SSL VPN login',
      'ssl-login',
      'wren',
      '203.0.113.9',
      'login successfully',
    );
    const { attempts } = diagnose([{ name: 'paste.txt', text: `${FAILED}\n${good}` }], {});
    expect(attempts.map(({ user, outcome }) => [user, outcome])).toEqual([
      ['plover', 'failed'],
      ['wren', 'succeeded'],
    ]);
  });

  it('are none without an address', () => {
    const { attempts } = diagnose([{ name: 'paste.txt', text: FAILED.replace('203.0.113.9', '-') }], {});
    expect(attempts).toEqual([]);
  });
});
