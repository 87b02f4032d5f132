import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const RULE = 'source-ip-blocked';
const MARLOW = [
  '[2210:root:1a]allocSSLConn:310 sconn 0x7f68b70b (0:root)',
  '[2210:root:1a]SSL state:SSLv3/TLS read client hello (203.0.113.40)',
  '[2210:root:1a]SSL established: TLSv1.3 TLS_AES_256_GCM_SHA384',
  "[2210:root:1a]fsv_logincheck_common_handler:1340 user 'marlow' has a matched local entry.",
  '[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [marlow]',
  '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 0',
];
const UP =
  '[2210:root:1a]deconstruct_session_id:716 decode session id ok, user=[marlow], group=[crew],authserver=[],portal=[full-access],host[203.0.113.40],realm=[]';
const locked = (host: string) => `[2210:root:1b]fsv_blocklist_check:65 locked: rowid=3,host=${host}`;
const counted = (host: string) =>
  `[2210:root:0]dump_one_blocklist:94 status=1;host=${host};fails=2;logintime=1772442842`;
const listed = (host: string) =>
  `fgt # diagnose vpn ssl blocklist list\nrowid=1, host=${host}, status=locked, fails=2\n\nfgt # `;

describe('a blocked address beside a login', () => {
  it.each([
    ['of the debug', locked('192.0.2.61')],
    ['counted in the debug', counted('192.0.2.61')],
    ['of the list', listed('192.0.2.61')],
  ])('%s is no reason for a user who comes from another one', (_what, line) => {
    const text = [...MARLOW, UP, line].join('\n');
    expect(rulesIn(diagnoseText(text, { user: 'marlow' }))).not.toContain(RULE);
  });

  it.each([
    ['of the same client', locked('203.0.113.40'), { user: 'marlow' }],
    ['of a client without a login', locked('192.0.2.61'), { user: 'wren' }],
    ['where nobody is asked about', locked('192.0.2.61'), {}],
  ])('is the reason: %s', (_what, line, focus) => {
    expect(rulesIn(diagnoseText([...MARLOW, UP, line].join('\n'), focus))).toContain(RULE);
  });
});

describe('the message about too many attempts', () => {
  it.each([
    ['in a report', 'She gets: SSLVPN connection is down: Too many bad login attempts. Please try again.'],
    [
      'in a report that begins with "when"',
      'When she connects, FortiClient says “Too many bad login attempts”.',
    ],
    ['of one user', 'The user with the Linux client sees: Too many bad login attempts.'],
    ['in a subject', 'Subject: VPN: Too many bad login attempts since 09:10'],
    ['after another sentence', 'If a user calls, ask first. Today: Too many bad login attempts.'],
  ])('%s counts', (_where, text) => {
    expect(rulesIn(diagnoseText(text))).toContain(RULE);
  });

  it.each([
    ['a title', '<title>What to do when users are told "Too many bad login attempts"</title>'],
    ['a heading', '# Troubleshooting: Too many bad login attempts'],
    ['a condition', 'If a user sees “Too many bad login attempts”, wait for a minute.'],
    ['a condition with the user', 'If the user is told “Too many bad login attempts”, look at the list.'],
    ['a rule', 'Users who get “Too many bad login attempts” wait for a minute.'],
  ])('%s of a text about it does not', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain(RULE);
  });
});

it('a block takes its limits from lines of the settings that stand alone', () => {
  const text = `${locked('192.0.2.61')}\n\n    set login-attempt-limit 3\n    set login-block-time 900\n`;
  const [first] = diagnoseText(text).findings;
  expect(first?.summary).toContain('After 3 failed logins SSL VPN blocks the source address for 900 s');
  const [other] = diagnoseText(`${locked('192.0.2.61')}\n\n    set login-timeout 900\n`).findings;
  expect(other?.summary).toContain('were not read');
});

it('the commands that show who fails behind a blocked address name it', () => {
  const [first] = diagnoseText(locked('192.0.2.61')).findings;
  expect(first?.fix.note).toContain('`execute log filter field remip 192.0.2.61`, `execute log display`.');
});
