import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

function fixture(path: string): string {
  return readFileSync(new URL(`../../../src/engine/rules/${path}`, import.meta.url), 'utf8');
}

/** The first finding and the answers, of a fixture with words of a person before and after it. */
function answer(path: string, before: string, question: string) {
  const text = [before, '', fixture(path).trim(), '', question].join('\n');
  const { findings, answers } = diagnose([{ name: 'mail.txt', text }]);
  const [first] = findings;
  return {
    rule: first?.rule,
    confidence: first?.confidence,
    fix: [first?.fix.note, first?.fix.before, ...(first?.fix.apply ?? [])].join(' '),
    answers: (answers ?? []).map((each) => each.answer).join(' '),
  };
}

describe('what a person tells decides the fix, and the answer names the objects', () => {
  it('a key that was changed on the tunnel goes back there', () => {
    const { rule, fix, answers } = answer(
      'ike-psk-mismatch/fixtures/broken.log',
      'Last night I changed the pre-shared key of the dial-up tunnel, and now no scanner connects.',
      'Did my change break it? Do the scanners need touching one by one?',
    );
    expect(rule).toBe('ike-psk-mismatch');
    expect(fix).toContain('Put the old key back on ra-main');
    expect(answers).toContain('A new key on ra-main does this');
    expect(answers).toContain('No client needs touching if the old key goes back on ra-main');
  });

  it('the side that has the old address of the VPN', () => {
    const { fix, answers } = answer(
      'saml-url-or-entity-mismatch/fixtures/broken.log',
      'We moved SSL VPN to port 443 last week.',
      'Which side do I correct, the IdP or the FortiGate?',
    );
    expect(fix).toContain('The FortiGate stays as it is.');
    expect(answers).toContain(
      'The identity provider has the other address, https://vpn.example.net/remote/saml/login/',
    );
  });

  it('values of a tunnel that were removed can be added again', () => {
    const { confidence, fix, answers } = answer(
      'ike-proposal-mismatch/fixtures/broken.event.log',
      'On Tuesday Ana removed the old DH groups from the tunnel.',
      'Can I put back one without kicking the others out?',
    );
    expect(confidence).toBe('likely');
    expect(fix).toContain('append dhgrp <group>');
    expect(answers).toContain('next to those that are there');
  });

  it('a crash of the daemon is not the fault of a directory', () => {
    const { answers } = answer(
      'auth-daemon-stuck/fixtures/broken.log',
      'Nobody gets in, not even local users.',
      'Did our change of the directory do this?',
    );
    expect(answers).toContain('that a change brought it on is not proven');
  });

  it('others whom a remote group lets in without their token', () => {
    const { answers } = answer(
      'remote-group-bypasses-2fa/fixtures/broken.match.conf',
      'Her phone has not asked for weeks.',
      'Is she alone?',
    );
    expect(answers).toContain(
      'very member of `CN=VPN,OU=Groups,DC=example,DC=net` in DC01 can get in with the password alone, too',
    );
  });

  it('who follows where a password policy ended the first password', () => {
    const { answers } = answer(
      'local-account-expired-or-disabled/fixtures/broken.log',
      'We set a password policy in spring.',
      'Who else is affected?',
    );
    expect(answers).toContain('every other local user with the same policy follows');
  });

  it('the name of the group, which a person quotes', () => {
    const { fix } = answer(
      'radius-group-attribute-missing/fixtures/broken.log',
      'show user group says: member "nps1", match 1: server nps1, group-name "crew".',
      '',
    );
    expect(fix).toContain('with exactly the text `crew`');
    expect(fix).not.toContain('<group-name>');
  });
});

it('an event of a pool without addresses ends the login', () => {
  const event = (id: string, rest: string) =>
    `date=2026-03-02 time=09:01:10 logid="01010${id}" type="event" subtype="vpn" level="error" vd="root" ${rest} tunnelid=1801992 remip=203.0.113.70 user="linnet" group="crew"`;
  const text = [
    event('39424', 'action="tunnel-up" tunneltype="ssl-web" reason="login successfully"'),
    event('39946', 'action="ssl-exit-error" tunneltype="ssl-tunnel" reason="no more IP address available"'),
    '',
    'fgt # show firewall address crew-pool',
    'config firewall address',
    '    edit "crew-pool"',
    '        set type iprange',
    '        set start-ip 10.212.134.200',
    '        set end-ip 10.212.134.210',
    '    next',
    'end',
  ].join('\n');
  const { attempts, findings } = diagnose([{ name: 'events.txt', text }]);
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed']);
  expect(findings[0]).toMatchObject({
    rule: 'ssl-ip-pool-exhausted',
    confidence: 'certain',
    title: 'The 11 addresses of crew-pool are used up: SSL VPN has none for another client',
  });
  expect(findings[0]?.fix.apply.join(' ')).toContain('set end-ip 10.212.134.254');
});

describe('a person’s words beside the log make the cause sure, and the answer direct', () => {
  it('a unit that was replaced keeps its licence', () => {
    const { fix, answers } = answer(
      'token-wrong-owner/fixtures/broken.log',
      'Last week the firewall was replaced (RMA), and I restored the backup of the old one.',
      'Devo ricomprare le licenze?',
    );
    expect(fix).toContain('the ticket names both serial numbers and the RMA');
    expect(answers).toContain('Nothing has to be bought');
  });

  it('the upgrade that brought the check of signatures', () => {
    const { answers } = answer(
      'saml-response-unsigned/fixtures/broken.log',
      'We upgraded to 7.4.9.',
      'War unser Update schuld?',
    );
    expect(answers).toContain('an upgrade brings it up');
  });

  it('a token whose answer was Deny works', () => {
    const { answers } = answer(
      'push-denied-by-user/fixtures/broken.log',
      'She taps and is thrown out.',
      'Is the token broken?',
    );
    expect(answers).toContain('The token works');
  });

  it('a router of the provider', () => {
    const { answers } = answer(
      'upstream-nat-not-forwarded/fixtures/broken.empty-capture.txt',
      'In front of us is the cable router of the ISP.',
      'Do I have to call the ISP?',
    );
    expect(answers).toContain('The provider is needed only if you cannot log in to that router');
  });
});

it('a shared secret that a person changed is the one to type again', () => {
  const { rule, fix, answers } = answer(
    'radius-server-unreachable/fixtures/broken.log',
    'We rotated the RADIUS secret on the server yesterday, and nobody gets in.',
    'Did the rotation do this?',
  );
  expect(rule).toBe('radius-server-unreachable');
  expect(fix).toContain('set secret <shared-secret>');
  expect(answers).toContain('A new secret on one side does this');
});
