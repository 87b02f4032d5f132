import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unwrapper } from '../../../src/engine/evidence/formats/unwrap.ts';
import { looksLikePlainEvidence } from '../../../src/engine/evidence/looks-like-evidence.ts';
import { createNormalizer, normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { LINE_FORMS } from '../../support/line-forms.ts';

/** The lines that are cut into sections: numbers that rise are removed as a format of its own. */
function readLines(text: string): readonly string[] {
  const unwrapper = new Unwrapper(looksLikePlainEvidence);
  const read = normalizeText(text)
    .split('\n')
    .flatMap((line) => unwrapper.line(line));
  return [...read, ...unwrapper.end()].flatMap((step) =>
    'lines' in step ? step.lines.map((placed) => placed.text) : step,
  );
}

/** What programs put before a line that they log, at 9:12:03. */
const PREFIXES = {
  'a time of day': '09:12:03 ',
  'a time with thousandths': '09:12:03.123 ',
  SecureCRT: '[20251124_09:12:03] ',
  MobaXterm: '[2025-11-24 09:12:03] ',
  'Tera Term': '[Mon Nov 24 09:12:03.123 2025] ',
  'a date as Germans write it': '(24.11.2025 09:12:03) ',
  'a date as Americans write it': '11/24/2025 9:12:03 AM - ',
  'ISO 8601': '2025-11-24T09:12:03.123Z ',
  'ISO 8601 with a zone': '2025-11-24T09:12:03+01:00 ',
  'a comma before thousandths': '2025-11-24 09:12:03,123 ',
  ts: 'Nov 24 09:12:03 ',
  syslog: 'Nov 24 09:12:03 jump sshlog[12]: ',
  'syslog without a process': 'Nov  4 09:12:03 192.0.2.7 console: ',
  'syslog of RFC 5424': '<134>1 2025-11-24T09:12:03Z jump term 12 - - ',
  'a bar behind it': '09:12:03 | ',
  'two of them': 'Nov 24 09:12:03 [09:12:02] ',
  'the form of FortiOS itself': '2025-11-24 09:12:03 ',
} as const;

const SESSION = [
  'FGT # get system status',
  'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
  'Serial Number: none',
  'Virtual domain configuration: disable',
  '',
  'FGT # show system ftm-push',
  'config system ftm-push',
  '    set server "198.51.100.10"',
  '    set status enable',
  'end',
  '',
  'FGT # get system ftm-push',
  'server-port         : 4433',
  'status              : enable',
  '',
  'FGT # ',
];

describe('a session with a prefix on each line', () => {
  it.each(Object.entries(PREFIXES))('is read as without: %s', (_name, prefix) => {
    const text = SESSION.map((line) => prefix + line).join('\n');
    expect(normalizeText(text).split('\n')).toEqual(SESSION);
  });

  it.each(Object.entries(PREFIXES))(
    'keeps blank lines whose blank at the end is lost: %s',
    (_name, prefix) => {
      const text = SESSION.map((line) => (prefix + line).trimEnd()).join('\n');
      expect(
        normalizeText(text)
          .split('\n')
          .map((line) => line.trimEnd()),
      ).toEqual(SESSION.map((line) => line.trimEnd()));
    },
  );

  it('is read alike whole and line by line', () => {
    const line = fc.oneof(
      fc.constantFrom(...SESSION),
      fc.constantFrom(
        '[5784:root:d9]fam_do_cb:10 fnbamd return auth success.',
        '2025-11-24 09:12:03 [378] a_b-c',
        'prose',
      ),
    );
    const stamped = fc.tuple(fc.constantFrom('', ...Object.values(PREFIXES)), line).map(([a, b]) => a + b);
    fc.assert(
      fc.property(fc.array(stamped, { maxLength: 12 }), (lines) => {
        const mender = createNormalizer();
        const streamed = [...lines.flatMap((each) => mender.line(each)), ...mender.end()];
        expect(streamed.join('\n')).toBe(normalizeText(lines.join('\n')));
      }),
    );
  });

  it('is one command with its answer', () => {
    const text = normalizeText(SESSION.map((line) => `[2025-11-24 09:12:03] ${line}`).join('\n'));
    const sections = toSections({ name: 'paste', text }).map(({ command }) => command);
    expect(sections).toEqual(['get system status', 'show system ftm-push', 'get system ftm-push', undefined]);
  });
});

const CONFIG = ['config user local', '    edit "wren"', '        set type "password"', '    next', 'end'];
const DEBUG = [
  '[1738] handle_req-Rcvd auth req 7 for wren in staff opt=0 prot=4',
  'a line that only the log around it explains',
  '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 7, len=2524',
];

describe('what is repeated before each line', () => {
  it.each(Object.entries(LINE_FORMS))('is removed: %s', (_what, write) => {
    for (const lines of [CONFIG, DEBUG, SESSION.filter((line) => line !== '')]) {
      const mended = readLines(`Hello,\nsee here:\n${lines.map(write).join('\n')}\nwhat is wrong?`);
      expect(mended.map((line) => line.trimEnd())).toEqual([
        'Hello,',
        'see here:',
        ...lines.map((line) => line.trimEnd()),
        'what is wrong?',
      ]);
    }
  });

  it.each([
    ['prose', ['Then I typed config system ftm-push', 'Then I typed set status enable', 'Then I typed end']],
    ['prose with a time', ['at 09:12:04 we saw config system ftm-push', 'at 09:12:05 we saw     set status']],
    ['steps of a chat', ['Ana: config system ftm-push', 'Ana: set status enable', 'Ana: end']],
    ['numbered steps', ['1. config system ftm-push', '2. set status enable', '3. end']],
    ['one line with a command', ['Ana: config system ftm-push', 'Wren: did that help?']],
    ['quoted words of a log', ['we found [1738] handle_req-Rcvd auth req 7 for wren', 'we found no more']],
    ['other columns', ['wren\tconfig system ftm-push', 'plover\tconfig system global']],
    ['a table of secrets', [`psk| ${DEBUG[0]}`, `psk| ${DEBUG[2]}`, 'psk| Sommer2024x']],
    [
      'a label of a secret',
      [`Password 1: ${DEBUG[0]}`, `Password 2: ${DEBUG[2]}`, 'Password 3: Sommer2024x'],
    ],
    ['steps as code in a list', ['- `config system ftm-push`', '- `set status disable`', '- `end`']],
    ['two configurations in a list', ['1. `config global`', '2. `config system ftm-push`', '3. `end`']],
    ['steps in bold', ['1. **config system ftm-push**', '2. **set status disable**', '3. **end**']],
    ['lines that a diff removed', ['-config system ftm-push', '-    set status disable', '-end']],
    ['lines that a diff removed before', ['< config system ftm-push', '<     set status disable', '< end']],
    ['members of JSON', ['{"line": 1, "text": "config user local"}', '{"line": 2, "text": "    edit 1"}']],
  ])('is part of the text: %s', (_what, lines) => {
    expect(normalizeText(lines.join('\n')).split('\n')).toEqual(lines);
  });
});

describe('what is repeated before some lines', () => {
  const [first = '', , second = ''] = DEBUG;

  it.each([
    ['of the first file', 'fgt-a.conf:', 'fgt-b.conf:'],
    ['of the first host', 'fgt-1.conf:', 'fgt-2.conf:'],
    ['of the first address', '192.0.2.7 | ', '192.0.2.8 | '],
  ])('is removed from the lines %s', (_what, mark, other) => {
    const others = CONFIG.map((line) => other + line);
    expect(normalizeText([...CONFIG.map((line) => mark + line), ...others].join('\n')).split('\n')).toEqual([
      ...CONFIG,
      ...others,
    ]);
  });

  it.each([
    ['a number of people', ['1 ', '2 '], '12 users are locked out', '12 users are locked out'],
    ['the next number', ['1 ', '2 '], '3 a line', 'a line'],
    ['the bar of a value', ['s-1 | ', 's-1 | '], 's-1 |     set comment a|', '    set comment a|'],
    ['quotes of a value', ['x "', 'x "'], 'x "    set comment ""', '    set comment ""'],
    ['a mark that is not at the end', ['**', '**'], `**a${' '.repeat(40_000)}x`, `a${' '.repeat(40_000)}x`],
  ])('leaves %s', (_what, [mark, next], line, rest) => {
    const close = mark === '**' ? mark : '';
    const text = `${mark}${first}${close}\n${next}${second}${close}\n${line}`;
    expect(readLines(text)).toEqual([first, second, rest]);
  });
});

it('is the prompt at which a session waited when debug was printed', () => {
  const message = 'id=20085 trace_id=7 func=print_pkt_detail line=5501 msg="vd-root:0 received a packet"';
  expect(normalizeText(`FGT-EDGE # ${message}`)).toBe(message);
  expect(normalizeText(`FGT-EDGE (root) # ${message}`)).toBe(message);
  expect(normalizeText('FGT-EDGE # diagnose debug flow trace start 10')).toContain('FGT-EDGE # diagnose');
});

describe('what is no prefix', () => {
  it.each([
    '2025-11-24 09:12:03 [5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [marlow]',
    '2025-11-24 09:12:03 Connecting to server address: 203.0.113.9, port nubmer: 443 oif: 5',
    '2025-11-24 09:12:03 User-Agent: fortinet/client',
    '2025-11-24 09:12:03.123456 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 1',
    '3.412345 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 1',
    '09:12:01.000001 IP 192.0.2.9.40312 > 192.0.2.40.1812: RADIUS, Access-Request (1), id: 0x01 length: 80',
    '[2183] handle_req-Rcvd auth req 1 for marlow in  opt=0 prot=11',
    '12:30 is when it failed',
    '2025-11-24 09:12:03 marlow called and said it failed',
  ])('%s', (line) => {
    expect(normalizeText(line)).toBe(line);
  });
});
