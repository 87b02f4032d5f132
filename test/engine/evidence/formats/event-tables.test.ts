import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../../support/diagnose-text.ts';

const NAMES = ['Date/Time', 'Level', 'Action', 'Status', 'Message', 'User', 'Remote IP', 'Reason'];
const FAILED = (time: string) => [
  `2026/03/02 ${time}`,
  'Alert',
  'ssl-login-fail',
  '',
  'SSL user failed to logged in',
  'plover',
  '203.0.113.9',
  'sslvpn_login_permission_denied',
];
const UP = [
  '2026/03/02 08:14:32',
  'Info',
  'tunnel-up',
  '',
  'SSL tunnel established',
  'wren',
  '203.0.113.40',
  'tunnel established',
];
const ROWS = [UP, FAILED('08:12:09'), FAILED('08:11:30')];

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = NAMES.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)) + 2);
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

const outcomes = (text: string) =>
  diagnoseText(text)
    .attempts.map(({ user, outcome }) => `${user} ${outcome}`)
    .toSorted();

describe('a table of VPN events copied from the page', () => {
  const expected = ['plover failed', 'plover failed', 'wren succeeded'];
  const filled = [NAMES, ...ROWS].map((row) => row.filter((_, at) => at !== 3));

  it.each([
    ['columns of blanks', alignColumns([NAMES, ...ROWS])],
    ['blanks, and no cell is empty', filled.map((row) => row.join('   ')).join('\n')],
    ['tabs', [NAMES, ...ROWS].map((row) => row.join('\t')).join('\n')],
    ['a table of Markdown', [NAMES, ...ROWS].map((row) => `| ${row.join(' | ')} |`).join('\n')],
  ])('is read: %s', (_how, table) => {
    expect(outcomes(`From Log & Report > VPN Events:\n\n${table}\n\nWhat exactly was wrong?\n`)).toEqual(
      expected,
    );
  });

  it('is read with details behind its last column', () => {
    const row = (...cells: readonly string[]) => cells.join('\t');
    const text = [
      row('Date/Time', 'Action', 'User', 'Remote IP', 'Tunnel IP', 'Reason'),
      row(
        '2026/03/02 08:14:32',
        'tunnel-up',
        'wren',
        '203.0.113.40',
        '10.212.134.200',
        'tunnel established',
        'logid=0101039947 tunneltype=ssl-tunnel',
      ),
      row(
        '2026/03/02 08:14:30',
        'tunnel-up',
        'wren',
        '203.0.113.40',
        'N/A',
        'login successfully',
        'logid=0101039424 tunneltype=ssl-web',
      ),
    ].join('\n');
    const diagnosis = diagnoseText(text, { user: 'wren' });
    expect(diagnosis.verdict).toBe('healthy');
    expect(outcomes(text)).toEqual(['wren succeeded']);
  });

  it('ends where a person goes on', () => {
    const text = `${alignColumns([NAMES, ...ROWS])}\nplover is an AD user, in the same group as wren.\n`;
    expect(outcomes(text)).toEqual(expected);
  });

  it('is none where its rows tell of something else', () => {
    const text = alignColumns([
      NAMES,
      ['2026/03/02 08:14:32', 'Info', 'login', '', 'Admin login', 'wren', '203.0.113.40', 'ok'],
    ]);
    expect(outcomes(text)).toEqual([]);
  });
});

describe('a refusal that only the event log tells of', () => {
  const TABLE = alignColumns([NAMES, ...ROWS]);

  it('is named with what it may stand for, and who got in', () => {
    const [first] = diagnoseText(TABLE).findings;
    expect(first).toMatchObject({
      rule: 'password-rejected',
      title: 'plover was refused (2 × “permission denied”); the event log does not show why',
    });
    expect(first?.summary).toContain('wren got in');
    expect(first?.fix.todo?.join(' ')).toContain('whether plover is locked, disabled or expired');
    expect(first?.fix.todo?.join(' ')).toContain('diagnose test authserver ldap <server> plover');
  });

  it.each([
    ['has a reason of its own', TABLE.replaceAll('permission_denied', 'password_expired')],
    ['is of a user who got in later', TABLE.replaceAll('plover', 'wren  ')],
    [
      'stands beside debug of the login',
      `${TABLE}\n[2210:root:1a]SSL state:before SSL initialization (203.0.113.9)\n`,
    ],
    [
      'stands beside the block of an address',
      `${TABLE}\n[2210:root:1a]fsv_logincache_is_locked:120 203.0.113.9 is locked\n[2210:root:1a]sslvpn_login:1  locked: rowid:1;fails=2;status=1;host=203.0.113.9\n`,
    ],
  ])('is no finding where it %s', (_why, text) => {
    expect(diagnoseText(text).findings.map(({ rule }) => rule)).not.toContain('password-rejected');
  });
});
