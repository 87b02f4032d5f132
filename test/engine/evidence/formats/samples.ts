const EVENTS = [
  {
    date: '2025-11-24',
    time: '10:15:02',
    logid: '0100032161',
    type: 'event',
    subtype: 'system',
    level: 'alert',
    vd: 'root',
    msg: 'push; failed, "really"',
  },
  {
    date: '2025-11-24',
    time: '10:15:05',
    logid: '0100032159',
    type: 'event',
    subtype: 'system',
    level: 'notice',
    vd: 'root',
    user: 'marlow',
    serialno: 'FTKMOB11AA22BB33',
    msg: 'activation',
  },
] as const;
const [SENT, FAILED] = EVENTS;
const pairs = (event: object) => Object.entries(event).map(([name, value]) => [name, String(value)] as const);
const HEADING = [
  'date',
  'time',
  'logid',
  'type',
  'subtype',
  'level',
  'vd',
  'user',
  'serialno',
  'msg',
] as const;
const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const cells = (event: Readonly<Record<string, string>>) => HEADING.map((name) => event[name] ?? '');
const plain = (event: object) =>
  pairs(event)
    .map(([name, value]) =>
      name === 'date' || name === 'time' ? `${name}=${value}` : `${name}="${value.replaceAll('"', "'")}"`,
    )
    .join(' ');
const cef = (event: Readonly<Record<string, string>>) =>
  `2025-11-24T${event.time}Z fgt-01 CEF:0|Fortinet|Fortigate|v7.4.8|32161|event:system|7|deviceExternalId=x FTNTFGTlogid=${event.logid} cat=event:system FTNTFGTvd=root${event.user ? ` duser=${event.user}` : ''}${event.serialno ? ` FTNTFGTserialno=${event.serialno}` : ''} msg=${(event.msg ?? '').replaceAll(/[=\\]/g, '\\$&')}`;

/** The same two records of the event log in each format, and the lines in which they begin. */
export const EVENT_LOGS: readonly (readonly [
  format: string,
  text: string,
  lines: readonly [number, number],
])[] = [
  ['as FortiOS prints it', EVENTS.map(plain).join('\n'), [1, 2]],
  [
    'syslog (RFC 3164)',
    EVENTS.map((event) => `<185>Nov 24 10:15:02 fgt-01 ${plain(event)}`).join('\n'),
    [1, 2],
  ],
  [
    'syslog (RFC 5424)',
    EVENTS.map((event) => `<185>1 2025-11-24T10:15:02Z fgt-01 - - - - ${plain(event)}`).join('\n'),
    [1, 2],
  ],
  [
    'syslog through a relay',
    EVENTS.map((event) => `2025-11-24T10:15:02.123+01:00 relay ${plain(event)}`).join('\n'),
    [1, 2],
  ],
  [
    'comma between pairs',
    EVENTS.map((event) =>
      pairs({ ...event, msg: 'x' })
        .map(([name, value]) => `${name}="${value}"`)
        .join(','),
    ).join('\n'),
    [1, 2],
  ],
  [
    'CSV of pairs',
    EVENTS.map((event) =>
      pairs({ ...event, msg: 'x' })
        .map(([name, value]) => `"${name}=${value}"`)
        .join(','),
    ).join('\n'),
    [1, 2],
  ],
  [
    'CSV with a heading',
    [HEADING.join(','), ...EVENTS.map((event) => cells(event).map(csvCell).join(','))].join('\n'),
    [2, 3],
  ],
  [
    'CSV with semicolons',
    [HEADING.join(';'), ...EVENTS.map((event) => cells(event).map(csvCell).join(';'))].join('\n'),
    [2, 3],
  ],
  [
    'a table with tabs',
    [HEADING.join('\t'), ...EVENTS.map((event) => cells({ ...event, msg: 'x' }).join('\t'))].join('\n'),
    [2, 3],
  ],
  [
    'CSV with headings for people',
    [
      '"Date/Time","Log ID","Virtual Domain","User","Serial Number of token","Message"',
      ...EVENTS.map((event: Readonly<Record<string, string>>) =>
        [
          `${event.date} ${event.time}`,
          event.logid ?? '',
          'root',
          event.user ?? '',
          event.serialno ?? '',
          event.msg ?? '',
        ]
          .map(csvCell)
          .join(','),
      ),
    ].join('\n'),
    [2, 3],
  ],
  ['JSON, one record a line', EVENTS.map((event) => JSON.stringify(event)).join('\n'), [1, 2]],
  [
    'JSON with a number as id',
    EVENTS.map((event) => JSON.stringify({ ...event, logid: Number(event.logid) })).join('\n'),
    [1, 2],
  ],
  ['a JSON list', JSON.stringify(EVENTS), [1, 1]],
  ['a JSON list over many lines', JSON.stringify(EVENTS, null, 2), [2, 12]],
  [
    'JSON of a search engine',
    JSON.stringify({ hits: { hits: EVENTS.map((event) => ({ _source: event })) } }),
    [1, 1],
  ],
  [
    'JSON of a log server, a line in each record',
    JSON.stringify({
      hits: { hits: EVENTS.map((event) => ({ _source: { message: `<185>${plain(event)}` } })) },
    }),
    [1, 1],
  ],
  [
    'JSON with a line a record',
    EVENTS.map((event) => JSON.stringify({ host: 'fgt-01', log: plain(event) })).join('\n'),
    [1, 2],
  ],
  [
    'messages in an export of Slack',
    JSON.stringify(
      EVENTS.map((event) => ({ type: 'message', text: `\`\`\`${plain(event)}\`\`\`` })),
      null,
      1,
    ),
    [4, 8],
  ],
  ['CEF', [SENT, FAILED].map(cef).join('\n'), [1, 2]],
];

export const PUSH = [
  'config system ftm-push',
  '    set server "198.51.100.10"',
  '    set status disable',
  'end',
];
const SESSION = ['fgt # show full-configuration system ftm-push', ...PUSH, '', 'fgt # '];
const answer = {
  http_method: 'GET',
  results: {
    proxy: 'enable',
    server: '198.51.100.10',
    'server-port': 4433,
    'server-cert': { q_origin_key: 'Fortinet_Factory' },
    status: 'disable',
  },
  vdom: 'root',
  path: 'system',
  name: 'ftm-push',
  status: 'success',
  http_status: 200,
  version: 'v7.4.8',
  build: 2795,
};
/** Escapes what some ticket systems write as `\\u003d`. */
const withEscapes = (json: string) =>
  json.replace(/[=<>&'()]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const nested = (text: string) =>
  withEscapes(JSON.stringify({ type: 'doc', content: [{ type: 'codeBlock', content: [{ text }] }] }));

const ansible = (result: string) => `TASK [debug] ******\nok: [fgt-branch-07] => ${result}`;

const yaml = (result: string) => `TASK [debug] ******\nok: [fgt-branch-07] => \n${result}`;
/** As PyYAML prints a text in a list. */
const yamlItem = (text: string) => (/^\s|["'#:{}[\]]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text);

const numbered = (line: (text: string, number: number) => string) =>
  PUSH.map((text, at) => line(text, at + 8)).join('\n');

/** The same configuration in each format, and the line that says that push is off. */
export const CONFIGURATIONS: readonly (readonly [format: string, text: string, line: number])[] = [
  ['the REST API', JSON.stringify(answer, null, 2), 10],
  [
    'the REST API in one line',
    `$ curl -sk https://192.0.2.1/api/v2/cmdb/system/ftm-push\n${JSON.stringify(answer)}`,
    2,
  ],
  ['cat -n', numbered((text, number) => `${String(number).padStart(6)}\t${text}`), 3],
  ['grep -n', numbered((text, number) => `${number}:${text}`), 3],
  [
    'grep -n of a file, with context',
    numbered(
      (text, number) => `fgt-01.conf${number === 9 ? ':' : '-'}${number}${number === 9 ? ':' : '-'}${text}`,
    ),
    3,
  ],
  ['an editor', numbered((text, number) => `${String(number).padStart(4)} │ ${text}`), 3],
  ['an editor without a bar', numbered((text, number) => `${number} ${text}`), 3],
  [
    'a ticket as a page',
    `<!DOCTYPE html><html><head><style>p{}</style></head><body><p>Our config:<br/>${PUSH.join('<br/>').replaceAll('"', '&quot;')}</p></body></html>`,
    1,
  ],
  [
    'a page with a paragraph a line',
    `<div>${PUSH.map((line) => line.replaceAll(' ', '&nbsp;')).join('</div><div>')}</div>`,
    1,
  ],
  [
    'an export of Slack',
    JSON.stringify(
      [
        { type: 'message', user: 'U1', text: `our config\n\`\`\`${PUSH.join('\n')}\`\`\``, ts: '1' },
        { type: 'message', text: 'thanks', ts: '2' },
      ],
      null,
      2,
    ),
    5,
  ],
  [
    'an export of Slack in one line',
    JSON.stringify([{ type: 'message', user: 'U1', text: SESSION.join('\n'), ts: '1' }]),
    1,
  ],
  ['Ansible, a list of lines', ansible(JSON.stringify({ 'out.stdout_lines': PUSH }, null, 4)), 6],
  [
    'Ansible, the result of a module of ssh',
    ansible(JSON.stringify({ changed: true, rc: 0, stdout: SESSION.join('\r\n'), stdout_lines: SESSION })),
    2,
  ],
  ['Ansible, a message', ansible(JSON.stringify({ msg: `${PUSH.join('\n')}\n` }, null, 4)), 3],
  [
    'Ansible, a variable printed by Python inside a message',
    ansible(
      JSON.stringify({ msg: `{'rc': 0, 'stdout': '${PUSH.join('\\r\\n')}', 'failed': False}` }, null, 4),
    ),
    3,
  ],
  [
    'Ansible, the commands of a loop',
    ansible(JSON.stringify({ results: [{ item: 'show system ftm-push', stdout: [PUSH.join('\n')] }] })),
    2,
  ],
  [
    'Ansible in YAML, a list of lines',
    yaml(`    out.stdout_lines:\n${PUSH.map((text) => `    - ${yamlItem(text)}`).join('\n')}`),
    6,
  ],
  [
    'Ansible in YAML, a list in a list',
    yaml(
      `    stdout_lines:\n${PUSH.map((text, at) => `    ${at === 0 ? '-' : ' '}   - ${yamlItem(text)}`).join('\n')}`,
    ),
    6,
  ],
  [
    'Ansible in YAML, long lines and double quotes',
    yaml(
      `    stdout_lines:\n    - fgt-branch-07 login banner that goes on and on\n        to the next line\n${PUSH.map((text) => `    - ${JSON.stringify(text)}`).join('\n')}`,
    ),
    8,
  ],
  [
    'Ansible in YAML, a text',
    yaml(`    stdout: |-\n${SESSION.map((text) => `        ${text}`).join('\n')}`),
    7,
  ],
  [
    'Ansible in YAML, of a callback',
    `ok: [fgt-branch-07] => changed=false \n  stdout_lines:\n${PUSH.map((text) => `  - ${yamlItem(text)}`).join('\n')}`,
    5,
  ],
  ['Ansible without a playbook', `fgt-branch-07 | CHANGED | rc=0 >>\n${SESSION.join('\n')}`, 5],
  ['Ansible, a module of fortios', ansible(JSON.stringify({ changed: false, meta: answer }, null, 4)), 13],
  [
    'a ticket in JSON in JSON',
    JSON.stringify({ key: 'T-1', fields: { comment: [{ body: nested(SESSION.join('\n')) }] } }, null, 1),
    6,
  ],
  [
    'a ticket in JSON, three deep',
    JSON.stringify({ hook: 1, payload: JSON.stringify({ body: nested(SESSION.join('\n')) }) }, null, 1),
    3,
  ],
  [
    'a ticket in JSON',
    JSON.stringify({ issues: [{ key: 'T-1', fields: { description: SESSION.join('\r\n') } }] }, null, 2),
    6,
  ],
];
