import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
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
  RULES.flatMap(({ id }) => {
    const folder = new URL(`${id}/fixtures/`, RULES_FOLDER);
    const files = readdirSync(folder).filter((file) => file.startsWith('broken'));
    return files.flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const { findings } = diagnoseItems([{ name: file, text }]);
      return findings.flatMap(({ fix }) => fix.apply.flatMap((line) => line.match(/<[a-z][^<>#]*>/gi) ?? []));
    });
  }),
);
const PLACEHOLDERS = [...new Set([...IN_ARTICLES, ...IN_FIXES])];

function pushBlock(lines: readonly string[]): string {
  return `config system ftm-push\n${lines.map((line) => `    ${line}\n`).join('')}end\n`;
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
  ])('is no callback address: %s', (_what, text) => {
    const { verdict, findings, checks } = diagnose(text);
    expect(verdict).toBe('broken');
    const finding = findings.find(({ rule }) => rule === 'push-address-missing');
    expect(finding?.summary).toContain(`\`${placeholder}\``);
    expect(finding?.confidence).not.toBe('certain');
    expect(finding?.evidence.some((quote) => quote.text.includes(placeholder))).toBe(true);
    const fine = checks.filter((check) => check.verdict === 'healthy').map(({ reason }) => reason);
    expect(fine.filter((reason) => reason.includes(placeholder))).toEqual([]);
  });

  it('is no certain finding where FortiOS only takes an address: no device printed it', () => {
    const { findings } = diagnose(pushBlock(['set status enable', `set server-ip ${placeholder}`]));
    expect(findings.filter(({ confidence }) => confidence === 'certain')).toEqual([]);
  });

  it('is no certificate', () => {
    const text = pushBlock([
      'set status enable',
      'set server "198.51.100.10"',
      `set server-cert "${placeholder}"`,
    ]);
    expect(diagnose(text).findings.map(({ rule }) => rule)).toContain('push-cert-missing');
  });
});

it('what somebody hid by hand is not taken for one', () => {
  const { findings } = diagnose(pushBlock(['set status enable', 'set server "<ip-removed>"']));
  expect(findings.map(({ rule }) => rule)).not.toContain('push-address-missing');
});
