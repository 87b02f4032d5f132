import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);

function diagnosisOf(file: string) {
  const text = readFileSync(new URL(file, RULES_FOLDER), 'utf8');
  return diagnose([{ name: 'evidence.txt', text }]);
}

describe('an answer says what was read', () => {
  it('takes the limits of a block list from picked lines, and frees the address itself', () => {
    for (const file of ['broken.picked.txt', 'broken.three-lines.txt']) {
      const [finding] = diagnosisOf(`source-ip-blocked/fixtures/${file}`).findings;
      expect(finding?.summary).toContain('After 4 failed logins');
      expect(finding?.summary).toContain('for 1800 s');
      expect(finding?.fix.note).toContain('`diagnose vpn ssl blocklist del 203.0.113.92`');
    }
  });

  it('calls limits that were not read the default', () => {
    const [finding] = diagnosisOf('source-ip-blocked/fixtures/broken.notice.txt').findings;
    expect(finding?.summary).toContain('which were not read');
  });

  it('asks the owner of the directory only what the code leaves open', () => {
    const note = (file: string) =>
      diagnosisOf(`ldap-bind-account-refused/fixtures/${file}`).findings[0]?.fix.note;
    expect(note('broken.log')).toContain('code 52e. Was the password changed');
    expect(note('broken.log')).not.toContain('expired');
    expect(note('broken.expired.log')).toContain('code 532: the password has expired');
  });

  it('suspects the clock that NTP does not set', () => {
    const finding = (file: string) => diagnosisOf(`saml-clock-skew/fixtures/${file}`).findings[0];
    expect(finding('broken.log')?.summary).toContain('the log does not show');
    expect(finding('broken.ntp-on.txt')?.summary).toContain('the identity provider’s clock is wrong');
    const off = finding('broken.ntp-off.txt');
    expect(off?.title).toContain('NTP is off');
    expect(off?.fix.apply).toContain('    set ntpsync enable');
    expect(JSON.stringify(off)).not.toMatch(/does not show|read `diagnose sys ntp status`/);
  });

  it('suspects no clock where only the setting of NTP is shown', () => {
    const log = readFileSync(new URL('saml-clock-skew/fixtures/broken.log', RULES_FOLDER), 'utf8');
    const text = `${log}\nconfig system ntp\n    set ntpsync enable\nend\n`;
    const [finding] = diagnose([{ name: 'evidence.txt', text }]).findings;
    expect(finding?.rule).toBe('saml-clock-skew');
    expect(finding?.summary).toContain('the log does not show');
  });

  it('names the user to whom FortiAuthenticator pushed, and the group that the log names', () => {
    expect(diagnosisOf('fac-certificate-untrusted/fixtures/broken.txt').findings[0]?.summary).toContain(
      '(to marlow)',
    );
    const log = readFileSync(
      new URL('saml-attribute-or-group-mismatch/fixtures/broken.ipsec.log', RULES_FOLDER),
      'utf8',
    );
    const asked = "[620] __compose_group_list_from_req-Group 'vpn-saml', type 1";
    const text = log.replace(/^(.*)\[1007\] fnbamd_saml.*$/m, `$1${asked}\n$&`);
    const [finding] = diagnose([{ name: 'evidence.txt', text }]).findings;
    expect(finding?.fix.note).toContain('`config match` of the user group `vpn-saml` with what came');
  });

  it('changes nothing of NTP because one token has drifted', () => {
    const [finding] = diagnosisOf('token-clock-drift/fixtures/broken.log').findings;
    expect(finding?.fix.apply).toEqual([]);
    expect(finding?.fix.note).not.toContain('ntp');
  });

  const off = 'synchronized: no, ntpsync: disabled, server-mode: disabled';
  const unanswered = 'synchronized: no, ntpsync: enabled, server-mode: disabled';
  const inStep = 'synchronized: yes, ntpsync: enabled, server-mode: disabled';
  it.each([
    ['no time server sets', [off], /^The FortiGate’s clock is not synchronised/, true],
    ['no time server answers', [unanswered], /^The FortiGate’s clock is not synchronised/, false],
    [
      'a watch shows as 5 minutes fast',
      [off, 'fgt # execute time', 'current time is: 14:07:30', '[14:02] Wren: my watch says 14:02'],
      /^The FortiGate’s clock is about 5 minutes fast and not synchronised/,
      true,
    ],
    [
      'a clock on the wall shows as 3 minutes behind',
      [off, 'fgt # execute time', 'current time is: 08:14:50', '', 'Unsere Uhr zeigt 08:18.'],
      /^The FortiGate’s clock is about 3 minutes behind/,
      true,
    ],
    ['NTP keeps in step', [inStep], /^The token clock of/, false],
  ])('comes before the code of a token if it is one that %s', (_clock, lines, title, isToType) => {
    const log = readFileSync(new URL('token-clock-drift/fixtures/broken.log', RULES_FOLDER), 'utf8');
    const text = [log, 'fgt # diagnose sys ntp status', ...lines].join('\n');
    const [finding] = diagnose([{ name: 'chat.txt', text }]).findings;
    expect(finding?.title).toMatch(title);
    expect(finding?.fix.apply.join('\n').includes('set ntpsync enable')).toBe(isToType);
    expect(finding?.fix.undo.join('\n').includes('set ntpsync disable')).toBe(isToType);
  });

  it('sets the phone right whose clock the text calls wrong', () => {
    const log = readFileSync(new URL('token-clock-drift/fixtures/broken.log', RULES_FOLDER), 'utf8');
    const finding = (words: string) =>
      diagnose([{ name: 'mail.txt', text: `${words}\n\n${log}` }]).findings[0];
    for (const words of [
      'Her phone clock is set by hand, 2 minutes fast.',
      'The clock of the mobile is two minutes behind.',
      'Die Uhr am Handy geht 3 Minuten vor.',
    ]) {
      expect(finding(words)?.summary).toContain(
        'The clock of the phone is wrong, as mail.txt says in line 1',
      );
      expect(finding(words)?.fix.note).toContain('set date and time of the phone to automatic');
    }
    for (const words of ['The phone clock is not 2 minutes fast.', 'The phone rang 2 minutes late.']) {
      expect(finding(words)?.fix.note).not.toContain('automatic');
    }
  });

  it('asks for the Reason Code of the event that the text names', () => {
    const log = readFileSync(new URL('radius-rejected/fixtures/broken.log', RULES_FOLDER), 'utf8');
    const note = (words: string) =>
      diagnose([{ name: 'mail.txt', text: `${words}\n\n${log}` }]).findings[0]?.fix.note ?? '';
    const told = note('The NPS event viewer shows 6273 for him.');
    expect(told).toContain('ask for the Reason Code in it');
    expect(told).toContain('What Reason Code does your event 6273 give?');
    expect(note('Ticket 6273 is about NPS.')).not.toContain('does your event 6273');
  });

  it('names the client with the old password before a block is lifted', () => {
    const log = readFileSync(new URL('source-ip-blocked/fixtures/broken.notice.txt', RULES_FOLDER), 'utf8');
    const note = (words: string) =>
      diagnose([{ name: 'mail.txt', text: `${words}\n\n${log}` }]).findings[0]?.fix.note ?? '';
    for (const words of [
      'One of them (phone app with an old saved password) keeps retrying.',
      'Ein Handy mit dem alten Passwort versucht es immer wieder.',
    ]) {
      expect(note(words)).toContain('First type the new password in every client that has the old one saved');
      expect(note(words)).not.toContain('find out who fails');
    }
    for (const words of ['Maybe a phone with an old password?', 'It is not a phone with an old password.']) {
      expect(note(words)).toContain('find out who fails');
    }
  });

  it('does not let a login in whose computer the host check refused', () => {
    const { attempts, hops } = diagnosisOf('host-check-failed/fixtures/broken.log');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['incomplete']);
    expect(hops.find(({ id }) => id === 'authorisation')?.status).toBe('ok');
  });

  it('shows the denial itself at the step that it stops', () => {
    const { hops } = diagnosisOf('push-denied-by-user/fixtures/broken.log');
    expect(hops.find(({ id }) => id === 'approval')?.evidence[0]?.text).toContain('return: 1 (denied)');
  });

  it('names a refused `server-ip` as refused', () => {
    const session = [
      'GW-OST # config system ftm-push',
      'GW-OST (ftm-push) # set server-ip 198.51.100.10',
      'GW-OST (ftm-push) # end',
      'Missing server address.',
      'object check operator error, -56, discard the setting',
      'Command fail. Return code -56',
      '',
      'GW-OST # show system ftm-push',
      'config system ftm-push',
      '    set server-ip 198.51.100.10',
      '    set status enable',
      'end',
      'GW-OST # ',
    ].join('\n');
    const [finding] = diagnose([{ name: 'session.txt', text: session }]).findings;
    expect(finding?.title).toContain('refused');
    expect(finding?.fix.apply.join('\n')).toContain('set server "198.51.100.10"');
  });

  it('leads with a refused `server-ip` and offers its address where nothing was saved', () => {
    const session = [
      'GW-OST # config system ftm-push',
      'GW-OST (ftm-push) # set status enable',
      'GW-OST (ftm-push) # set server-ip 198.51.100.10',
      'GW-OST (ftm-push) # end',
      'Missing server address.',
      'object check operator error, -56, discard the setting',
      'Command fail. Return code -56',
      '',
      'GW-OST # get system ftm-push',
      'server-port         : 4433',
      'server-cert         : Fortinet_Factory',
      'server-ip           : 0.0.0.0',
      'server              :',
      'status              : disable',
      'GW-OST # ',
    ].join('\n');
    const { findings } = diagnose([{ name: 'session.txt', text: session }]);
    expect(findings.flatMap(({ rule, explainedBy }) => (explainedBy ? [] : [rule]))).toEqual([
      'push-legacy-server-ip',
    ]);
    expect(findings[0]?.fix.apply.map((line) => line.trim())).toEqual([
      'config system ftm-push',
      'set server "198.51.100.10"',
      'set status enable',
      'end',
    ]);
  });

  it('does not clear SSL VPN where only one port was captured', () => {
    const [finding] = diagnosisOf('vpn-port-unreachable/fixtures/broken.port.txt').findings;
    expect(finding?.summary).not.toContain('no setting of SSL VPN');
    expect(finding?.fix.note).toContain('443 if its profile names no other');
  });
});
