import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountRequirements,
  accountRecipe,
  canBePasted,
} from '../../../src/device/account/account-recipe.ts';
import { parsePublicKey } from '../../../src/device/account/public-key.ts';
import { randomPassword } from '../../../src/device/account/random-password.ts';
import { parseTrustedHost, parseTrustedHosts } from '../../../src/device/account/trusted-host.ts';
import { type FortiosVersion, parseVersion } from '../../../src/engine/fortios/version.ts';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { anyText } from '../../support/any-text.ts';

function wish(version: string, more: Partial<AccountRequirements> = {}): AccountRequirements {
  const parsed = parseVersion(version) as FortiosVersion;
  return {
    version: parsed,
    name: 'ftm-check',
    scope: { kind: 'device' },
    trustedHosts: [],
    password: 'Pass-word1',
    isPasswordNew: true,
    ...more,
  };
}

const settings = (of: AccountRequirements) =>
  accountRecipe(of).lines.flatMap((line) => /^ +set (.*)$/.exec(line)?.[1] ?? []);

describe('the account', () => {
  it.each<[string, AccountRequirements['scope'], string[]]>([
    ['6.0.9', { kind: 'device' }, []],
    ['6.2.16', { kind: 'all-vdoms' }, []],
    ['6.4.0', { kind: 'device' }, ['system-diagnostics']],
    ['7.2.8', { kind: 'all-vdoms' }, ['system-diagnostics']],
    ['7.4.1', { kind: 'device' }, ['system-diagnostics']],
    ['7.4.2', { kind: 'device' }, ['cli-diagnose', 'cli-get', 'cli-show']],
    ['7.4.2', { kind: 'vdom', vdom: 'root' }, ['cli-diagnose', 'cli-get', 'cli-show']],
    ['7.6.7', { kind: 'all-vdoms' }, ['cli-diagnose', 'cli-get', 'cli-show', 'cli-config']],
  ])('on %s with %j is allowed %j beside reading', (version, scope, expected) => {
    const set = settings(wish(version, { scope }));
    expect(set.filter((line) => line.endsWith(' enable'))).toEqual(expected.map((name) => `${name} enable`));
    expect(set.filter((line) => /grp /.test(line)).every((line) => line.endsWith(' read'))).toBe(true);
    expect(set.join('\n')).not.toMatch(/write|super_admin|cli-exec/);
  });

  it.each([
    ['6.4.9', false],
    ['7.4.1', false],
    ['7.4.2', true],
    ['7.6.7', true],
  ])('on %s may run `execute` for a ping, and says why: %s', (version, expected) => {
    const { lines, notes } = accountRecipe(wish(version, { ping: true }));
    expect(lines.includes('        set cli-exec enable')).toBe(expected);
    expect(notes.some((note) => note.includes('execute ping push.fortinet.com'))).toBe(expected);
  });

  it('is pasted at the root, wherever administrators are kept', () => {
    const host = parseTrustedHost('192.0.2.10/24');
    const v6 = parseTrustedHost('2001:db8::/64');
    const key = generateKey().public;
    const { lines, notes } = accountRecipe(
      wish('7.4.8', {
        scope: { kind: 'vdom', vdom: 'campus' },
        publicKey: key,
        trustedHosts: [host, v6].filter((each) => each !== undefined),
      }),
    );
    expect(lines).toEqual([
      'config global',
      'config system accprofile',
      '    edit "ftm-check-read-only"',
      '        set authgrp read',
      '        set sysgrp read',
      '        set netgrp read',
      '        set fwgrp read',
      '        set vpngrp read',
      '        set cli-diagnose enable',
      '        set cli-get enable',
      '        set cli-show enable',
      '    next',
      'end',
      'config system admin',
      '    edit "ftm-check"',
      '        set accprofile "ftm-check-read-only"',
      '        set vdom "campus"',
      '        set password "Pass-word1"',
      '        set trusthost1 192.0.2.0 255.255.255.0',
      '        set ip6-trusthost1 2001:db8::/64',
      `        set ssh-public-key1 "${key}"`,
      '    next',
      'end',
      'end',
    ]);
    expect(notes).toEqual([
      expect.stringContaining('random password'),
      expect.stringContaining('`set loggrp read`'),
      expect.stringContaining('from 192.0.2.0/255.255.255.0, 2001:db8::/64 only'),
      expect.stringContaining('global settings'),
    ]);
  });

  it('without VDOMs has no scope, which FortiOS would not take there', () => {
    expect(accountRecipe(wish('7.2.8')).lines.join('\n')).not.toMatch(/scope|config global|set vdom/);
    expect(settings(wish('7.2.8', { scope: { kind: 'all-vdoms' } }))).toContain('scope global');
  });

  it.each([
    ['7.4.8', {}, /random password.*Store it.*--public-key/],
    ['7.4.8', {}, /any address.*login pages.*hides a known cause/],
    ['7.4.8', { trustedHosts: [{ family: 6, prefix: '2001:db8::/64' } as const] }, /no IPv4 trusted host/],
    ['7.4.8', { isPasswordNew: false }, /FGT_PASSWORD/],
    ['6.2.3', {}, /full administrator/],
    ['7.4.1', {}, /upgrade to 7\.4\.2/],
    ['7.4.8', { publicKey: 'ssh-ed25519 AAAA' }, /set password` it is empty/],
    ['7.0.13', { publicKey: 'ssh-rsa AAAA' }, /SHA-1/],
    ['7.2.7', { publicKey: 'ssh-rsa AAAA' }, /SHA-1/],
  ])('on %s with %j says what lines cannot', (version, more, expected) => {
    expect(accountRecipe(wish(version, more)).notes.join('\n')).toMatch(expected);
  });

  it.each([['7.0.14'], ['7.2.8'], ['7.4.0']])('on %s takes RSA keys as they are', (version) => {
    expect(accountRecipe(wish(version, { publicKey: 'ssh-rsa AAAA' })).notes.join('\n')).not.toMatch(/SHA-1/);
  });
});

describe('randomPassword', () => {
  const passwords = Array.from({ length: 500 }, randomPassword);

  it('has every kind of character that a policy can demand, and none that the CLI acts on', () => {
    for (const password of passwords) {
      expect(password).toMatch(/^[A-Za-z][A-Za-z0-9_.+=-]{31}$/);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[_.+=-]/]) expect(password).toMatch(kind);
    }
  });

  it('is never the same twice', () => {
    expect(new Set(passwords).size).toBe(passwords.length);
  });
});

describe('parseTrustedHost', () => {
  it.each([
    ['192.0.2.10', { family: 4, address: '192.0.2.10', mask: '255.255.255.255' }],
    ['192.0.2.10/0', { family: 4, address: '0.0.0.0', mask: '0.0.0.0' }],
    ['203.0.113.200/25', { family: 4, address: '203.0.113.128', mask: '255.255.255.128' }],
    ['2001:db8::1', { family: 6, prefix: '2001:db8::1/128' }],
    ['192.0.2.10/33', undefined],
    ['2001:db8::1/129', undefined],
    ['192.0.2', undefined],
    ['192.0.2.10/24 set accprofile super_admin', undefined],
    ['192.0.2.10\n', undefined],
    ['any', undefined],
  ])('%j', (text, expected) => {
    expect(parseTrustedHost(text)).toEqual(expected);
  });

  it('lets nothing but an address through', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.ipV4(), fc.ipV6()), (text) => {
        const host = parseTrustedHost(text);
        if (host) expect(Object.values(host).join(' ')).toMatch(/^[0-9a-fA-F.:/ ]+$/);
      }),
    );
  });
});

describe('the trusted hosts of the command line', () => {
  it.each([
    [['any'], 0],
    [['192.0.2.10'], 1],
    [['192.0.2.10/32', '2001:db8::/64'], 2],
  ])('%j', (texts, count) => {
    expect(parseTrustedHosts(texts)).toHaveLength(count);
  });

  it.each([
    [['0.0.0.0/0']],
    [['::/0']],
    [['any', '192.0.2.10']],
    [Array.from({ length: 11 }, () => '192.0.2.10')],
  ])('refuses %j, which would restrict nothing or be refused', (texts) => {
    expect(() => parseTrustedHosts(texts)).toThrow(expect.objectContaining({ code: 'ftm_usage' }));
  });
});

describe('a password in the lines', () => {
  it.each([
    ['it\'s "x" \\y', true],
    ['a?b', false],
    ['a\tb', false],
    ['ä', false],
    ['', false],
  ])('%j can be pasted: %s', (password, expected) => {
    expect(canBePasted(password)).toBe(expected);
  });

  it('stands between quotes that it does not end', () => {
    expect(settings(wish('7.4.8', { password: 'a"b\\c' }))).toContain('password "a\\"b\\\\c"');
  });
});

describe('parsePublicKey', () => {
  const key = generateKey();
  it.each([
    ['a .pub file', `${key.public} me@host\n`, key.public],
    ['one with a hostile comment', `${key.public} "; execute reboot`, key.public],
    ['one after comments', `# mine\n\n${key.public}`, key.public],
    ['the private key', key.private, undefined],
    ['half a key', key.public.slice(0, 40), undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, expected) => {
    expect(parsePublicKey(text)).toBe(expected);
  });
});
