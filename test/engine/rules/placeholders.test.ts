import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { RULE_FIXTURES } from '../../support/rule-fixtures.ts';

/** As the articles that people follow print them. */
const IN_ARTICLES = [
  '<public-ip>',
  '<public IP>',
  '<FQDN>',
  '<WAN_IP>',
  '<wan-interface>',
  '<your-ddns-fqdn>',
];
/** As the fixes of this product print them, over every fixture. */
const IN_FIXES = new Set(
  RULE_FIXTURES.filter(({ verdict }) => verdict === 'broken').flatMap(({ path }) =>
    diagnoseFixture(path).diagnosis.findings.flatMap(({ fix }) =>
      fix.apply.flatMap((line) => line.match(/<[a-z][^<>#]*>/gi) ?? []),
    ),
  ),
);
const PLACEHOLDERS = [...new Set([...IN_ARTICLES, ...IN_FIXES])];

function pushBlock(lines: readonly string[]): string {
  return `config system ftm-push\n${lines.map((line) => `    ${line}\n`).join('')}end\n`;
}

function userBlock(token: string): string {
  return `fgt # show full-configuration user local\nconfig user local\n    edit "marlow"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "${token}"\n    next\nend\n\nfgt # \n`;
}

function getOutput(server: string): string {
  return `fgt # get system ftm-push\nserver-port         : 4433\nserver-cert         : Fortinet_Factory\nserver-ip           : 0.0.0.0\nserver              : ${server}\nstatus              : enable\n\nfgt # \n`;
}

function diagnose(text: string) {
  return diagnoseItems([{ name: 'paste', text }]);
}

it('the fixes print placeholders', () => {
  expect(IN_FIXES.size).toBeGreaterThan(5);
});

describe.each(PLACEHOLDERS)('%s, pasted as it is,', (placeholder) => {
  it.each([
    ['a name or address', pushBlock(['set status enable', `set server "${placeholder}"`])],
    ['an interface', pushBlock(['set status enable', `set interface "${placeholder}"`])],
    ['what `get` prints', getOutput(placeholder)],
  ])('is no callback address, and no proof that none is set: %s', (_what, text) => {
    const { headline, findings, checks } = diagnose(text);
    expect(findings.map(({ rule }) => rule)).not.toContain('push-address-missing');
    const check = checks.find(({ rule }) => rule === 'push-address-missing');
    expect(check?.verdict).toBe('unknown');
    expect(check?.reason).toContain(placeholder);
    expect(headline).toBe(check?.reason);
    const fine = checks.filter(({ verdict }) => verdict === 'healthy').map(({ reason }) => reason);
    expect(fine.filter((reason) => reason.includes(placeholder))).toEqual([]);
  });

  it('is no certain finding where FortiOS only takes an address: no device printed it', () => {
    const { findings } = diagnose(pushBlock(['set status enable', `set server-ip ${placeholder}`]));
    expect(findings.filter(({ confidence }) => confidence === 'certain')).toEqual([]);
  });

  it('is no certificate, and no proof that none is set', () => {
    const text = pushBlock([
      'set status enable',
      'set server "198.51.100.10"',
      `set server-cert "${placeholder}"`,
    ]);
    expect(diagnose(text).findings).toEqual([]);
  });

  it('is a token that is not known', () => {
    const { findings } = diagnose(userBlock(placeholder));
    expect(findings).toEqual([]);
  });
});

it('a token that was unset is no placeholder', () => {
  const { findings } = diagnose(userBlock(''));
  expect(findings.map(({ rule }) => rule)).toEqual(['two-factor-not-assigned']);
});

it.each([
  ['x.x.x.x x.x.x.x', []],
  ['<network> <mask>', []],
  // The mask alone says that not every address is trusted.
  ['x.x.x.x 255.255.255.255', ['admin-trusthost-blocks-callback']],
  ['192.0.2.0 255.255.255.0', ['admin-trusthost-blocks-callback']],
])('trusted host %s', (host, expected) => {
  const { findings } = diagnose(
    `fgt # show system admin\nconfig system admin\n    edit "admin"\n        set trusthost1 ${host}\n        set accprofile "super_admin"\n    next\nend\n\nfgt # \n`,
  );
  expect(findings.map(({ rule }) => rule)).toEqual(expected);
});

it('what somebody hid by hand is not taken for one', () => {
  const { findings } = diagnose(pushBlock(['set status enable', 'set server "<ip-removed>"']));
  expect(findings.map(({ rule }) => rule)).not.toContain('push-address-missing');
});
