import { describe, expect, it } from 'vitest';
import {
  GOOD,
  KEY_NOT_PROVEN,
  LOCKED,
  NO_PACKET,
  NOT_FOUND,
  NOT_SHOWN,
  SILENT,
  UNTRUSTED,
  WRONG,
} from '../../fixtures/logs/asked-lines.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const answersTo = (question: string, lines: readonly string[]) =>
  diagnoseText([question, ...lines].join('\n')).answers?.map(({ answer }) => answer);

describe('a thing or a side that a person suspects', () => {
  it.each([
    [
      'Is push the problem?',
      WRONG,
      'No. The cause: the password that was typed, which the FortiGate checks itself.',
    ],
    ['Do they block Linux?', SILENT, 'No. The cause: the server, or the way from the FortiGate to it.'],
    ['Is it the Wi-Fi?', NO_PACKET, undefined],
    [
      'Is it our side or theirs?',
      KEY_NOT_PROVEN,
      'Possible cause: both sides: client and tunnel have different keys.',
    ],
    ['Is his account locked?', LOCKED, 'Yes, that is the cause.'],
    ['Is his account blocked?', SILENT, 'No. The cause: the server, or the way from the FortiGate to it.'],
    ['Is his account blocked?', NOT_FOUND, undefined],
    ['Is the firewall down?', WRONG, 'The password that was typed, which the FortiGate checks itself.'],
    [
      'is it something on the firewall?',
      LOCKED,
      'No. The cause: the directory, which refuses the account; the FortiGate passes that on.',
    ],
    [
      'What do we have to change on the firewall?',
      LOCKED,
      'Nothing on the FortiGate. The cause: the directory, which refuses the account; the FortiGate passes that on.',
    ],
    ['What do we have to change on the firewall?', UNTRUSTED, 'On the FortiGate, as described below.'],
    [
      'What do we have to change on our side?',
      UNTRUSTED,
      'The FortiGate, which does not know the CA of the server’s certificate.',
    ],
    ['Who is right?', SILENT, 'The server, or the way from the FortiGate to it.'],
    ['Is it the password? Or is it the PSK?', NOT_SHOWN, 'This text does not decide it yet.'],
    [
      'Liegt es an seinem Kennwort?',
      ['Guten Morgen, das VPN geht nicht.'],
      'This text does not decide it yet.',
    ],
    ['May two visitors share one token?', GOOD, undefined],
    [
      'Is the phone broken? Is it Fortinet?',
      SILENT,
      'No. The cause: the server, or the way from the FortiGate to it. No.',
    ],
    ['Is there a workaround?', SILENT, 'Local users of the FortiGate are not stopped by this.'],
    ['Is there a workaround?', WRONG, undefined],
  ])('%s', (question, lines, expected) => {
    expect(answersTo(question, lines)?.join(' ')).toBe(expected);
  });

  it('names a possible cause once', () => {
    expect(answersTo('Is it our side or theirs? Does a reboot help?', KEY_NOT_PROVEN)).toEqual([
      'Possible cause: both sides: client and tunnel have different keys.',
      'Probably not.',
    ]);
  });
});
