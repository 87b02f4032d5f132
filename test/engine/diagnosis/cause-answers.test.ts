import { expect, it } from 'vitest';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import {
  GOOD,
  KEY_NOT_PROVEN,
  LOCKED,
  NO_ANSWER_4500,
  NO_PACKET,
  NOT_FOUND,
  NOT_SHOWN,
  SILENT,
  UNTRUSTED,
  WRONG,
} from '../../fixtures/logs/asked-lines.ts';
import { answersTo, diagnoseText } from '../../support/diagnose-text.ts';
import { readFixture } from '../../support/rule-fixtures.ts';

it.each([
  [
    'Do we need another licence?',
    LOCKED,
    'A licence is not what is missing: the cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
  ],
  ['Do we need another licence?', GOOD, 'Nothing has to be bought: marlow got in.'],
  [
    'Do we roll back to 7.4.7?',
    SILENT,
    'A rollback is not needed: the cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  [
    'Does a reboot help?',
    LOCKED,
    'A restart of the FortiGate does not help: the cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
  ],
  [
    'is it a certificate issue?',
    SILENT,
    'The cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  [
    'Can we go live on Monday?',
    SILENT,
    'The fault is still there: the cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  [
    'Can we go live on Monday?',
    KEY_NOT_PROVEN,
    'The cause may lie between client and tunnel, which have different keys.',
  ],
  [
    'is it a DNS issue?',
    NOT_FOUND,
    'The cause lies in the name or in the LDAP entry of the FortiGate, whose search finds no such account.',
  ],
  [
    'since the update nobody gets in',
    KEY_NOT_PROVEN,
    'The cause may lie between client and tunnel, which have different keys.',
  ],
  [
    'Does a reboot help?',
    ['ike V=root:0:ra-staff: ignoring IKEv2 request, no policy configured'],
    'A restart of the FortiGate does not help: the cause most likely lies on the FortiGate, which has no enabled firewall policy for the tunnel.',
  ],
  ['Does it expose us to the internet?', LOCKED, 'The change opens no port to the internet.'],
  [
    'Do I have to touch every laptop?',
    SILENT,
    'The clients stay as they are: the cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  ['Do I have to touch every laptop?', WRONG, undefined],
  [
    'is it a certificate issue?',
    UNTRUSTED,
    'The cause lies on the FortiGate, which does not know the CA of the server’s certificate.',
  ],
  [
    'Does a reboot help?',
    KEY_NOT_PROVEN,
    'A restart of the FortiGate does not help if the cause lies between client and tunnel, which have different keys.',
  ],
  [
    'Do we have to restart the DC?',
    UNTRUSTED,
    'A restart does not help: the cause lies on the FortiGate, which does not know the CA of the server’s certificate.',
  ],
  ['Do we have to restart the server?', SILENT, undefined],
  [
    'Does it help to reinstall FortiToken?',
    UNTRUSTED,
    'A new installation of the app does not help, and its token would be lost.',
  ],
  [
    'Soll er FortiClient neu installieren?',
    WRONG,
    'A new installation does not help: the cause lies in the password that was typed, which the FortiGate checks itself.',
  ],
  [
    'Does it hit our local users, too?',
    SILENT,
    'Local users of the FortiGate are not stopped by this: they do not need the server.',
  ],
  [
    'And what do I need from the Windows people?',
    UNTRUSTED,
    'The text to forward says what the owner of the directory has to do.',
  ],
  [
    'And what do I need from the Windows people?',
    WRONG,
    'The cause lies in the password that was typed, which the FortiGate checks itself.',
  ],
  ['What do I tell him?', WRONG, 'He can be told that the password was not the one that the account has.'],
  [
    'Can I do it while people are working?',
    WRONG,
    'Nobody else is disconnected: the change concerns only plover, so it can be done during the day.',
  ],
  [
    'Can I do it during opening hours?',
    SILENT,
    'Nobody is disconnected: only new logins use the change, so it can be done during the day.',
  ],
  [
    'All other home workers are fine with this tunnel. Do we have to change anything on the FortiGate?',
    KEY_NOT_PROVEN,
    'If so, nothing on the FortiGate has to be changed: others get in with the key of the tunnel.',
  ],
  [
    'Do we have to change anything on the FortiGate?',
    UNTRUSTED,
    'The FortiGate has to be changed: it needs the CA certificate that issued the LDAP server’s certificate.',
  ],
  [
    'it fails only from home',
    NO_PACKET,
    'The cause stops clients in a network that blocks the port, or with another address in their profile; a second network shows which.',
  ],
  [
    'Do I have to change anything on the FortiGate?',
    NO_ANSWER_4500,
    'If so, nothing on the FortiGate is wrong; IKE over TCP (`transport auto`, FortiOS 7.4.2, FortiClient 7.4.1) is a way around the block.',
  ],
  [
    'Can I close the ticket?',
    GOOD,
    'The last logins in this log succeed: marlow got in. One login from each group and network proves the rest.',
  ],
  [
    'Is it still broken?',
    GOOD,
    'The last logins in this log succeed: marlow got in. One login from each group and network proves the rest.',
  ],
  [
    'Is it still broken?',
    LOCKED,
    'The fault is still there: the cause lies in the directory, which refuses the account; the FortiGate only passes that on.',
  ],
  ['Can I close the ticket?', NOT_SHOWN, undefined],
  ['is it the firewall or AD?', NOT_SHOWN, undefined],
  ['is it the firewall or AD?', ['Guten Morgen, das VPN geht nicht.'], 'This text does not decide it yet.'],
  [
    'Does push need a licence?',
    ['Guten Morgen, das VPN geht nicht.'],
    'Push needs a FortiToken Mobile token for each user, from a licence or one of the two trial tokens; logins without push need none.',
  ],
  [
    'is it the firewall or AD?',
    ['%ASA-6-113005: AAA user authentication Rejected : reason = Invalid password'],
    undefined,
  ],
  [
    'Shall I reset her password?',
    SILENT,
    'A new password does not help: the cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  [
    'is this an attack?',
    SILENT,
    'Nothing here shows an attack: the cause most likely lies in the server or on the way from the FortiGate to it.',
  ],
  [
    'May I forward this to the customer?',
    LOCKED,
    'This answer can be passed on: passwords, keys and serial numbers are hidden in it; names and addresses are not.',
  ],
  [
    'Is it safe to post this log in a forum?',
    LOCKED,
    'ftm-check found no secret in the text; names and addresses are in it.',
  ],
  [
    'Is this safe to paste into the vendor ticket?',
    LOCKED,
    'ftm-check found no secret in the text; names and addresses are in it.',
  ],
  [
    'Is it safe to post this log in a forum?',
    ['password: Kestrel-77', ...LOCKED],
    'The text holds a secret (hidden in this answer), names and addresses: remove them before it is passed on.',
  ],
])('is answered by a statement: %s', (question, lines, expected) => {
  expect(answersTo(question, lines)?.join(' ')).toBe(expected);
});

it('is shown also where the text is nothing of a FortiGate', () => {
  const asked = 'Guten Morgen, das VPN geht nicht. Is it safe to post this log in a forum?';
  const [first] = createAnswer(diagnoseText(asked)).parts;
  expect(JSON.stringify(first)).toContain('found no secret in the text');
});

it.each([
  [
    'What does "gw validation failed" mean?',
    'ike-peer-id-mismatch/fixtures/broken.log',
    'Here `gw validation failed` means that the tunnel does not accept the local ID which the client sent.',
  ],
  [
    'And where in FortiClient is it set?',
    'ike-peer-id-mismatch/fixtures/broken.log',
    'FortiClient has the local ID in the settings of the connection: Advanced Settings, Phase 1, Local ID. In an exported profile it is `<localid>`.',
  ],
  [
    'What does gw validation failed say?',
    'ike-eap-not-negotiated/fixtures/broken.log',
    'Here `gw validation failed` means that tunnel and client do not agree on a user login by EAP.',
  ],
  [
    'Could it be the ISP of the hotel?',
    'ike-psk-mismatch/fixtures/broken.log',
    'A provider or network cannot change the key: it is set in the client’s profile and on the tunnel, and these two differ.',
  ],
  [
    'Do we need other proposals?',
    'ike-no-policy/fixtures/broken.log',
    'Proposals and pre-shared key stay as they are: FortiOS does not compare them before a firewall policy uses the tunnel.',
  ],
  [
    'Do I change the firewall or the client?',
    'ike-proposal-mismatch/fixtures/broken.dhgrp.log',
    'The client’s profile has to be changed to DH group 14 where only some clients fail; the FortiGate has to be changed once where many fail and their values are not weak.',
  ],
  [
    'May we relax the check for a week?',
    'radius-authenticator-invalid/fixtures/broken.log',
    'The check can be relaxed as a stopgap only where the release notes of this FortiOS name `require-message-authenticator`: answers can then be forged (CVE-2024-3596).',
  ],
  [
    'Is there a workaround until Friday?',
    'ldaps-certificate-untrusted/fixtures/broken.log',
    'A PC of the domain mostly has the CA certificate (`certmgr.msc`, Trusted Root): exported from there it can be imported at once. Local users are not stopped by this.',
  ],
  [
    'Is it the hotel or us?',
    'callback-blocked-upstream/fixtures/broken.txt',
    'The cause most likely lies in a network between the phone and the FortiGate. Nothing on the FortiGate has to be changed.',
  ],
  [
    'Is it the router or us?',
    'push-port-mismatch/fixtures/broken.taken.txt',
    'The cause most likely lies on the device in front, which forwards another port than push uses.',
  ],
  [
    'Is it the directory or us?',
    'ldap-group-mismatch/fixtures/broken.log',
    'The directory does not report this group for the account, which has to join it there. The FortiGate has to be changed only if `config match` names a wrong group.',
  ],
  [
    'Is it because she has the free client?',
    'host-check-failed/fixtures/broken.log',
    'The free FortiClient VPN cannot do a host check: the licensed FortiClient can.',
  ],
])('is answered by the rule of the cause: %s', (question, fixture, expected) => {
  expect(answersTo(question, ['', ...readFixture(fixture).split('\n')])?.join(' ')).toBe(expected);
});

it.each([
  ['Should I re-provision his token?', 'token-server-unreachable/fixtures/broken.txt'],
  ['Should I re-provision his token?', 'device-unregistered/fixtures/broken.txt'],
])('what a cause leaves open has no answer: %s, %s', (question, fixture) => {
  expect(answersTo(question, ['', ...readFixture(fixture).split('\n')])).toBeUndefined();
});

it('a restart frees memory for a while, where that is what SSL VPN lacks', () => {
  const statistics = ['', 'fgt-hq # diagnose vpn ssl statistics', 'SSLVPN state:              conserve'];
  expect(answersTo('Does a restart help?', statistics)).toEqual([
    'A restart of the FortiGate helps until the memory is used up again, and it ends every session.',
  ]);
});

it.each([
  ['775', 'The directory says that the account is locked. A wrong password has another code (data 52e).'],
  ['532', 'The directory says that the password has expired. A wrong password has another code (data 52e).'],
  ['52e', 'The directory says that the password is wrong (data 52e).'],
])('whether the password is wrong is what the directory says: data %s', (code, expected) => {
  const lines = LOCKED.map((line) => line.replace('data 775', `data ${code}`));
  expect(answersTo('Is the password wrong?', lines)).toEqual([expected]);
});

it.each([
  ['Can anybody explain ret=4103?', '4103'],
  ['What does ret=5003 mean?', '5003'],
])('a line that every login has is explained: %s', (question, code) => {
  expect(answersTo(question, GOOD)).toEqual([
    `ret=${code} of SSL VPN means: no user is logged in yet; the line stands also in logins that succeed, so it is no fault.`,
  ]);
});

it.each(['Do you see anything odd?', '¿Ves algo raro?', 'Ist da etwas auffällig?'])(
  'a text with settings and no login has nothing wrong in it: %s',
  (question) => {
    const status = [
      '',
      'fgt-hq # get system status',
      'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
    ];
    expect(answersTo(question, status)).toEqual([
      'ftm-check found nothing wrong in this text, and no login is in it.',
    ]);
    expect(answersTo(question, NOT_SHOWN)).toBeUndefined();
  },
);

it.each([
  ['Our server is a FreeRADIUS 3.0.20.', 'FreeRADIUS does it from 3.0.26 and 3.2.3 on. To'],
  ['Our servers are NPS and FreeRADIUS.', 'FortiAuthenticator'],
  ['Our server is a Windows NPS.', 'updates of July 2024'],
  ['Since yesterday all logins fail.', 'FortiAuthenticator'],
])('names the product that signs its answers, where a person names one: %s', (words, expected) => {
  const log = readFixture('radius-authenticator-invalid/fixtures/broken.log');
  const { findings } = diagnoseText(`${words}\n\n${log}`);
  expect(findings[0]?.fix.note).toContain(expected);
});

it('says once that the cause is only possible', () => {
  const described =
    'SSL VPN: when 30 people are connected, the next one fails at 98 %. The range has 30 addresses.';
  const answers = answersTo(`${described}\nDo we need more licences? Does a reboot help?`, []) ?? [];
  expect(answers.map((answer) => answer.startsWith('If so, '))).toEqual([true, false]);
});
