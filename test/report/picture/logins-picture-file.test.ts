import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { loginsPictureFile, timesDecide } from '../../../src/report/picture/logins-picture-file.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import { DEVICE_CHECK } from '../fixtures.ts';

function diagnose(text: string): Diagnosis {
  return diagnoseItems([{ name: 'paste 1', text }]);
}

function fixture(path: string): Diagnosis {
  return diagnose(readFileSync(`src/engine/rules/${path}`, 'utf8'));
}

const marlow = '\\[2210:root:1a\\]';
/** Of the two logins only marlow's, and without what the phone did. */
const NO_ANSWER = TWO_USERS_LOG.split('\n')
  .filter((line) => !/2210:root:1b|09:12:2\d|09:13:38/.test(line) || new RegExp(marlow).test(line))
  .join('\n');

describe('a picture below the answer', () => {
  it.each<[string, () => Diagnosis, string]>([
    ['a late answer beside another user', () => diagnose(TWO_USERS_LOG), 'phone answered 94 s; wren'],
    [
      'a wait of the VPN that is too short',
      () => fixture('vpn-wait-too-short/fixtures/broken.log'),
      'VPN gave up 80 s',
    ],
    [
      'a token that expires too soon',
      () => fixture('token-expiry-too-short/fixtures/broken.log'),
      'token expired 60 s',
    ],
    [
      'an SSL VPN that ends logins early',
      () => fixture('ssl-vpn-login-timeout-short/fixtures/broken.txt'),
      'VPN ended the login 15 s',
    ],
    ['a phone that is woken late', () => fixture('phone-not-notified/fixtures/broken.log'), 'phone answered'],
    [
      'one login that runs out of time',
      () => diagnose(NO_ANSWER),
      'push sent 1 s, token expired 60 s, VPN gave up 80 s',
    ],
  ])('shows %s', (_, make, words) => {
    const file = loginsPictureFile(make(), 'fgt-branch-07');
    expect(file?.altText).toContain(words);
    expect(file?.filename).toBe('ftm-check-fgt-branch-07-times.png');
    expect(file?.svg).toMatch(/^<svg [^>]*width="320"/);
    expect(file?.svg).not.toContain('var(');
  });

  it.each<[string, () => Diagnosis]>([
    ['a login that was denied', () => fixture('push-denied-by-user/fixtures/broken.log')],
    ['a login that succeeded', () => fixture('shared/fixtures/login-by-push-of-wren.log')],
    ['a configuration', () => fixture('wan-ftm-access-missing/fixtures/broken.conf')],
    ['a check of a device', () => DEVICE_CHECK],
    ['talk', () => diagnose('hello, can you help me?')],
  ])('does not come with %s', (_, make) => {
    expect(loginsPictureFile(make(), 'fgt-branch-07')).toBeUndefined();
  });

  it('leaves out a timeout that has another cause', () => {
    const timedOut = diagnose(NO_ANSWER);
    expect(timesDecide(timedOut)).toBe(true);
    expect(timesDecide({ ...timedOut, findings: DEVICE_CHECK.findings })).toBe(false);
  });

  it('shows four logins, and counts the others', () => {
    const diagnosis = diagnose(TWO_USERS_LOG);
    const late = diagnosis.attempts.filter(({ outcome }) => outcome === 'timed-out');
    const attempts = Array.from({ length: 9 }, (_, index) =>
      late.map((each) => ({ ...each, user: `user-${index}` })),
    ).flat();
    const { svg = '', altText = '' } = loginsPictureFile({ ...diagnosis, attempts }) ?? {};
    expect(svg).toContain('user-3');
    expect(svg).not.toContain('user-4');
    expect(svg).toContain('and 5 more logins');
    expect(altText.length).toBeLessThan(1100);
  });

  it('escapes what the evidence says, and has no folder in its name', () => {
    const diagnosis = diagnose(TWO_USERS_LOG);
    const attempts = diagnosis.attempts.map((each) => ({ ...each, user: '<script>"&\u202e' }));
    const file = loginsPictureFile({ ...diagnosis, attempts }, '../a b');
    expect(file?.svg).toContain('&lt;script&gt;');
    expect(file?.svg).not.toContain('<script>');
    expect(file?.filename).toBe('ftm-check--a-b-times.png');
  });
});
