import { describe, expect, it } from 'vitest';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import {
  asked,
  GOOD,
  KEY_NOT_PROVEN,
  LOCKED,
  NO_ADDRESS,
  PEER_ID,
  result,
  SILENT,
  UNTRUSTED,
  WRONG,
} from '../../fixtures/logs/asked-lines.ts';
import { answersTo, diagnoseText } from '../../support/diagnose-text.ts';

it('a sentence that asks what a code means and where the trouble lies has two answers', () => {
  expect(answersTo('what does data 775 mean, is it the firewall?', LOCKED)).toEqual([
    'Data 775 of the directory means: the account is locked.',
    'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
  ]);
});

it('the number of a policy or a port is no code of a server', () => {
  expect(answersTo('what is policy 532?', LOCKED)).toBeUndefined();
});

describe('a question in the text', () => {
  it.each([
    [
      'is it the firewall or AD?',
      LOCKED,
      'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
    [
      'soooo… provider or us?',
      LOCKED,
      'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
    [
      'wren out again, AD or the firewall?',
      LOCKED,
      'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
    [
      'liegt es an der Firewall oder am AD?',
      WRONG,
      'The cause lies in the password that was typed, which the FortiGate checks itself.',
    ],
    ['what does data 775 mean?', LOCKED, 'Data 775 of the directory means: the account is locked.'],
    ['what does result 10 mean?', SILENT, 'Result 10 of the FortiGate means: the server did not answer.'],
    ['Was bedeutet -455?', LOCKED, 'Here -455 means: The directory refuses wren: the account is locked.'],
    [
      'is our box ok?',
      WRONG,
      'The cause lies in the password that was typed, which the FortiGate checks itself.',
    ],
    [
      'is it the fortigate?',
      SILENT,
      'The cause most likely lies in the server or on the way from the FortiGate to it.',
    ],
    ['why only him?', SILENT, 'The cause stops every user of this server, wherever they are.'],
    [
      'why only her',
      [...LOCKED, ...GOOD],
      'The cause is one of this account, wherever its user is, and stops no other user; marlow got in.',
    ],
    ['why only them?', [...LOCKED, ...WRONG], 'Each of these accounts has a cause of its own.'],
    [
      'is it the firewall or AD?',
      [...WRONG, ...LOCKED],
      'The cause for plover lies in the password that was typed, which the FortiGate checks itself. The cause for wren lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
  ])('%s', (question, lines, expected) => {
    expect(answersTo(question, lines)).toEqual([expected]);
  });

  it.each([
    [
      'is it the firewall or the client?',
      NO_ADDRESS,
      'The cause lies on the FortiGate, which has no address left for another client.',
    ],
    ['why only him?', NO_ADDRESS, 'The cause stops every further client of SSL VPN, wherever they are.'],
    [
      'liegt es an uns?',
      LOCKED,
      'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
    [
      'is it our fault?',
      SILENT,
      'The cause most likely lies in the server or on the way from the FortiGate to it.',
    ],
    [
      'all users or one?',
      LOCKED,
      'The cause is one of this account, wherever its user is, and stops no other user.',
    ],
    [
      'is it everybody or just wren?',
      SILENT,
      'The cause stops every user of this server, wherever they are.',
    ],
    [
      'betrifft es alle oder nur ihn?',
      WRONG,
      'The cause is one of this account, wherever its user is, and stops no other user.',
    ],
    [
      'why only Wren?',
      [...LOCKED, ...GOOD],
      'The cause is one of this account, wherever its user is, and stops no other user; marlow got in.',
    ],
    [
      'nur im Homeoffice geht es nicht',
      LOCKED,
      'The cause is one of this account, wherever its user is, and stops no other user.',
    ],
    ['it fails only from home', SILENT, 'The cause stops every user of this server, wherever they are.'],
    [
      'since the update wren cannot log in',
      LOCKED,
      'The cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
    ],
    [
      'seit dem Update kommt wren nicht rein',
      WRONG,
      'The cause lies in the password that was typed, which the FortiGate checks itself.',
    ],
    [
      'Why only wren?',
      PEER_ID,
      'The cause stops every client with this local ID; a client with the right ID gets further.',
    ],
  ])('in plain words: %s', (question, lines, expected) => {
    expect(answersTo(question, lines)).toEqual([expected]);
  });

  it.each([
    [
      'a line of debug',
      '[2210:root:1a]sslvpn_update_user_group_list:1790 got user (1:0), group (0:0), peer group (0) after update.',
    ],
    ['a prompt', 'fgt-hq # diagnose debug cli 8 # since the update, is it the firewall or AD?'],
    [
      'an event log',
      'date=2026-03-02 time=09:12:04 logid="0100032001" msg="admin asks: is it the firewall or AD?"',
    ],
    ['stamped debug', '2026-03-02 09:12:04 restarted after the upgrade, why only him?'],
  ])('is read from no %s', (_, line) => {
    expect(answersTo(LOCKED[0] ?? '', [line, ...LOCKED.slice(1)])).toBeUndefined();
  });

  it('is read from no output of a command, and from the words below it', () => {
    const output = ['fgt-hq # get system status', 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)'];
    const words = 'System time: since the update';
    expect(answersTo('Hello,', [...LOCKED, ...output, words])).toBeUndefined();
    expect(answersTo('Hello,', [...LOCKED, ...output, '', 'since the update wren is out'])).toHaveLength(1);
  });

  const FACTOR = [
    '[2210:root:1a]sslvpn_authenticate_user:183 authenticate user: [marlow]',
    '[2210:root:1a]rmt_web_access_check:777 access failed, uri=[/remote/logincheck],ret=4103,',
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 7',
    '[2210:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80',
    '[2210:root:1a]two factor check for marlow: off',
    '[2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)',
    '[2210:root:1a]Auth successful for user marlow',
  ];
  it.each([
    [
      'A colleague thinks MFA is bypassed. Can you confirm?',
      FACTOR,
      'marlow got in with a second factor, which the FortiGate asked for.',
    ],
    ['Do we have to do anything?', GOOD, 'Nothing has to be done: marlow got in.'],
    ['É preciso fazer alguma coisa?', GOOD, 'Nothing has to be done: marlow got in.'],
    [
      'Do I have to reset his password?',
      [asked('marlow', 70), result(1, 70), ...GOOD],
      'A new password is not needed: marlow got in after a login that failed.',
    ],
    ['Should I re-provision his token?', GOOD, 'The token stays as it is: marlow got in.'],
    ['Do we roll back?', GOOD, 'A rollback is not needed: marlow got in.'],
    [
      'Which side is wrong, and would "peertype any" be a bad idea?',
      PEER_ID,
      'The cause most likely lies in the local ID in the client’s profile, which the tunnel does not accept. Nothing on the FortiGate has to be changed.',
      '`peertype any` accepts every ID, but FortiOS may then take the client for one of another tunnel.',
    ],
    [
      'Should I re-provision his token?',
      WRONG,
      'The token stays as it is: the login is refused before a token is asked for.',
    ],
    [
      'can we exempt the branch address?',
      ['[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.15'],
      'An address cannot be exempted: SSL VPN counts failed logins of every address alike (`login-attempt-limit`).',
    ],
  ])('is answered by what the log shows: %s', (question, lines, ...expected) => {
    expect(answersTo(question, lines)).toEqual(expected);
  });

  it.each([
    ['Do we have to do anything?', LOCKED],
    [
      'Should I re-provision his token?',
      [
        ...FACTOR.slice(0, 5),
        '[2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 1 (deny)',
      ],
    ],
    ['can we exempt the branch address?', LOCKED],
    ['A colleague thinks MFA is bypassed.', GOOD],
    ['Do I have to reset her password?', [asked('wren', 70), result(0, 70), ...GOOD]],
  ])('has no answer that the log does not show: %s', (question, lines) => {
    expect(answersTo(question, lines)).toBeUndefined();
  });

  const NO_CERTIFICATE = [
    'config system ftm-push',
    '    set server-cert ""',
    '    set server "203.0.113.7"',
    '    set status enable',
    'end',
  ];
  it.each([
    [
      'Should I re-provision the tokens?',
      'The tokens stay as they are: with new ones the push would fail in the same way.',
    ],
    [
      'Do I have to ask the new ISP to open something?',
      'The cause lies on the FortiGate, whose push has no certificate.',
    ],
    ['Must every phone be touched?', 'Phones and VPN clients stay as they are.'],
    [
      'Can I switch off 2FA meanwhile?',
      'Users can type the code that the app shows; the second factor can stay on.',
    ],
  ])('is answered where only pushes fail: %s', (question, expected) => {
    expect(answersTo(question, NO_CERTIFICATE)).toEqual([expected]);
    expect(answersTo(question, SILENT)).not.toEqual([expected]);
    expect(answersTo('can we exempt the branch address?', NO_CERTIFICATE)).toBeUndefined();
  });

  it.each(['Is the bind account broken?', 'Liegt es am Dienstkonto?', 'is it our service account?'])(
    'says of the bind account whether its search succeeded: %s',
    (question) => {
      expect(answersTo(question, LOCKED)).toEqual([
        'The bind account works: its search found wren. The directory refuses only the login of the user.',
      ]);
      const withoutSearch = LOCKED.map((line) => line.replace('DN Search ->', 'Connecting ->'));
      expect(answersTo(question, withoutSearch)?.join()).not.toContain('bind account works');
    },
  );

  it('has no condition before advice that holds for every cause', () => {
    const warning = [
      'FortiClient warns that the certificate of the VPN is not trusted, and our people stop there.',
    ];
    expect(answersTo('Can we tell them to click on continue?', warning)).toEqual([
      'Users should not accept the warning: a certificate that their computers trust ends it.',
    ]);
  });

  it.each(['Should we just reboot it?', 'Hilft ein Neustart?'])(
    'says what a restart costs where nothing is decided: %s',
    (question) => {
      expect(
        answersTo(question, ['A user in the depot cannot get on the VPN. It worked last month.']),
      ).toEqual([
        'A restart is no diagnosis: it ends every session on the FortiGate, and the debug of the login is lost. First find out what refuses the login.',
      ]);
      expect(answersTo(question, LOCKED)?.join()).not.toContain('no diagnosis');
    },
  );

  it('reads from the sentence before what is to be done again', () => {
    expect(answersTo("The desk reset wren's password twice. Should we reset it again?", SILENT)).toEqual(
      answersTo("Should we reset wren's password?", SILENT),
    );
  });

  it('has the same answer once', () => {
    expect(answersTo('Is it our side or theirs? Is it the PSK?', KEY_NOT_PROVEN)).toEqual([
      'The cause may lie between client and tunnel, which have different keys.',
    ]);
  });

  it('is answered where nothing failed, and the lines that worry are explained', () => {
    const text = renderText(
      diagnoseText(['A colleague thinks MFA is bypassed. Can you confirm?', ...FACTOR].join('\n')),
      { width: 200 },
    );
    expect(text).toContain('marlow got in with a second factor');
    expect(text).toContain('two factor check … off');
  });

  it('is answered once', () => {
    expect(answersTo('since the update', ['wren is out since the update', ...LOCKED])).toHaveLength(1);
  });

  const at = (time: string, lines: readonly string[]) => lines.map((line) => `2026-03-02 ${time} ${line}`);
  it.each([['it worked yesterday'], ['seit heute morgen geht nichts'], ['worked fine until this morning']])(
    'says when the failures began: %s',
    (question) => {
      const log = [...at('07:55:10', GOOD), ...at('09:12:04', LOCKED)];
      expect(answersTo(question, log)).toEqual([
        'The first failed login in this log is that of wren at 09:12:04; before it marlow got in at 07:55:10.',
      ]);
      expect(answersTo(question, at('09:12:04', LOCKED))).toBeUndefined();
    },
  );

  it('says which release brought what was found', () => {
    const version = 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)';
    const unsigned = [
      asked('wren', 76),
      "[1067] __fnbamd_cfg_get_list-Loaded RADIUS server 'nps01' for usergroup 'vpn-staff' (2)",
      '[1120] __rad_chk_resp_authenticator-No Message Authenticator',
      result(1, 76),
    ];
    expect(answersTo('since the upgrade nobody gets in', [version, ...unsigned])).toEqual([
      'FortiOS asks for the Message-Authenticator from 7.2.10, 7.4.5 and 7.6.1 on; older releases accept answers without it.',
    ]);
  });

  it.each([
    // Asked the other way round, the statement holds as well.
    [
      'can we avoid rolling back?',
      'A rollback is not needed: once the CA certificate is imported, the FortiGate trusts the server.',
    ],
    [
      'Why did it work on 7.2.9?',
      'From 7.4.4 on FortiOS must know the issuer of the LDAP server’s certificate; older releases do not demand it.',
    ],
    [
      "Which certificate must be on the box, the DC's own or the root?",
      'The FortiGate needs the CA certificate that issued the LDAP server’s certificate, not the server’s own.',
    ],
    ['Which port does it use?', undefined],
    ['What group does she need?', undefined],
    ['How long does it take?', undefined],
  ])('is answered for what it asks for, or not at all: %s', (question, expected) => {
    expect(answersTo(question, UNTRUSTED)?.join(' ')).toBe(expected);
  });

  it.each([
    ['nothing failed', 'is it the firewall or AD?', GOOD],
    ['nothing is asked', 'wren cannot log in, the firewall was updated.', LOCKED],
    ['the text is a statement', 'It is the firewall that asks AD, not the client.', LOCKED],
  ])('has no answer where %s', (_, question, lines) => {
    expect(answersTo(question, lines)).toBeUndefined();
  });

  it('is answered above the failed logins', () => {
    const diagnosis = diagnoseText(['is it the firewall or AD?', ...LOCKED].join('\n'));
    const text = renderText(diagnosis, { width: 200 });
    const at = text.indexOf('“is it the firewall or AD?” The cause lies in the directory');
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(text.indexOf('❌ wren'));
    expect(JSON.stringify(renderSlack(diagnosis).blocks)).toContain('The cause lies in the directory');
  });
});
