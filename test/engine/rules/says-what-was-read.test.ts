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
    expect(finding?.summary).toContain('the FortiOS default; yours is not in the evidence');
  });

  it('asks the owner of the directory only what the code leaves open', () => {
    const note = (file: string) =>
      diagnosisOf(`ldap-bind-account-refused/fixtures/${file}`).findings[0]?.fix.note;
    expect(note('broken.log')).toContain('code 52e: its name or password is wrong');
    expect(note('broken.log')).not.toContain('expired');
    expect(note('broken.expired.log')).toContain('code 532: the password has expired');
  });

  it('changes nothing of NTP because one token has drifted', () => {
    const [finding] = diagnosisOf('token-clock-drift/fixtures/broken.log').findings;
    expect(finding?.fix.apply).toEqual([]);
    expect(finding?.fix.note).not.toContain('ntp');
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

  it('does not clear SSL VPN where only one port was captured', () => {
    const [finding] = diagnosisOf('vpn-port-unreachable/fixtures/broken.port.txt').findings;
    expect(finding?.summary).not.toContain('no setting of SSL VPN');
    expect(finding?.fix.note).toContain('443 if its profile names no other');
  });
});
