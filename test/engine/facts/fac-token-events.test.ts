import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const OUT = 'Local user authentication with FortiToken failed: token out of sync';
const IN = 'Local user authentication with FortiToken successful';
const EXPIRED =
  "FTM deprovision: disabled remote LDAP user 'plover' because FTM activation has expired. Admin must be cautious to re-enable this user because it will be allowed access without token.";

/** A line as FortiAuthenticator writes it to its log and to syslog. */
function record(time: string, msg: string, user: string): string {
  return `date=2026-03-02 time=${time}+0100 oid=510022 logid=20104 cat="Event" subcat="Authentication" level="information" nas="192.0.2.10" action="Authentication" status="" msg="${msg}" user="${user}"`;
}

const FORMS: readonly (readonly [string, (lines: readonly string[]) => string])[] = [
  ['as printed', (lines) => `${lines.join('\n')}\n`],
  ['over syslog', (lines) => lines.map((line) => `<134>${line}\n`).join('')],
  [
    'over syslog with its other names',
    (lines) =>
      lines
        .map((line) => {
          const [, , time = '', msg = '', user = ''] =
            /^(.*?)time=(\S+?)\+.*msg="(.*)" user="(.*)"$/.exec(line) ?? [];
          return `Mar  2 ${time} fac-01 db[2231]: category="Event",subcategory="Authentication",typeid=20106,level="information",user="${user}",nas="192.0.2.10",action="Authentication",status="Failed",${msg}\n`;
        })
        .join(''),
  ],
  ['newest first', (lines) => `${lines.toReversed().join('\n')}\n`],
  ['in a code fence', (lines) => `It fails again:\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`],
  [
    'beside a FortiGate’s configuration',
    (lines) => `${lines.join('\n')}\n\nfgt-branch-07 # show user local\nconfig user local\nend\n`,
  ],
];

describe.each(FORMS)('a log of FortiAuthenticator %s', (_form, write) => {
  it.each([
    ['a token out of sync', [record('09:02:10', OUT, 'wren')], 'wren', 'token-clock-drift'],
    [
      'an activation that expired',
      [record('09:02:10', EXPIRED, 'admin')],
      'plover',
      'token-activation-expired',
    ],
    [
      'a token out of sync again',
      [record('09:02:10', IN, 'wren'), record('09:12:10', OUT, 'wren')],
      'wren',
      'token-clock-drift',
    ],
  ])('shows %s', (_what, lines, user, rule) => {
    const diagnosis = diagnoseText(write(lines), { user });
    expect(rulesIn(diagnosis)).toEqual([rule]);
    expect(diagnosis.headline).toContain(user);
    expect(diagnosis.findings[0]?.fix.apply).toEqual([]);
  });

  it.each([
    ['somebody else', [record('09:02:10', OUT, 'wren')], 'marlow'],
    [
      'a token that was accepted later',
      [record('09:02:10', OUT, 'wren'), record('09:12:10', IN, 'wren')],
      'wren',
    ],
  ])('says nothing of %s', (_what, lines, user) => {
    expect(rulesIn(diagnoseText(write(lines), { user }))).toEqual([]);
  });
});

it('a log without a word about tokens is recognised for what it is', () => {
  const text = `${record('09:02:10', 'Remote LDAP user authentication failed: user disabled', 'plover')}\n`;
  expect(diagnoseText(text).headline).toBe('This is a FortiAuthenticator, not a FortiGate');
});

it.each([
  ['FortiProxy', '#config-version=FPXVM-7.4.5-FW-build0630-240801:opmode=0:vdom=0:user=admin'],
  ['FortiManager', '#config-version=FMG-VM64-7.4.7-FW-build2637-250711:opmode=0:vdom=0:user=admin'],
])('a backup of a %s is not one of a FortiGate', (name, header) => {
  const text = `${header}\nconfig system global\n    set hostname "hq-1"\nend\nconfig system ftm-push\n    set status disable\nend\n`;
  const diagnosis = diagnoseText(text);
  expect([diagnosis.headline, rulesIn(diagnosis)]).toEqual([`This is a ${name}, not a FortiGate`, []]);
});
