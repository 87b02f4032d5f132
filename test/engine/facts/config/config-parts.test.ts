import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';

const BACKUP = `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
#buildno=1639
config system global
    set admin-sport 8443
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping ftm
        set role wan
    next
end
config system admin
    edit "admin"
        set trusthost1 10.0.0.0 255.0.0.0
        set accprofile "super_admin"
    next
    edit "noc"
        set trusthost1 10.0.0.0 255.0.0.0
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
config user local
    edit "marlow"
        set two-factor fortitoken
        set fortitoken "FTKMOB11AA22BB33"
    next
end
config firewall policy
end
config router multicast
end
`;
const LINES = BACKUP.trimEnd().split('\n');

function diagnose(...texts: readonly (readonly string[])[]) {
  return diagnoseItems(
    texts.map((lines, index) => ({ name: `part ${index + 1}`, text: `${lines.join('\n')}\n` })),
  );
}

/** With the text of each quote, and without the file it stands in. */
function checksOf({ checks }: Diagnosis) {
  return checks.map((check) => ({ ...check, evidence: check.evidence?.map(({ text }) => text) }));
}

const whole = diagnose(LINES);
const borders = LINES.flatMap((_, at) => (at > 2 ? [at] : []));

describe('a backup in two files', () => {
  it.each(borders)('is one, cut before line %i', (at) => {
    const cut = diagnose(LINES.slice(0, at), LINES.slice(at));
    expect(checksOf(cut)).toEqual(checksOf(whole));
    expect(cut.verdict).toBe('broken');
  });

  it('is quoted from the file that contains the line', () => {
    const at = LINES.indexOf('    edit "noc"');
    const [finding] = diagnose(LINES.slice(0, at), LINES.slice(at)).findings;
    expect(finding?.rule).toBe('admin-trusthost-blocks-callback');
    expect(finding?.evidence.map(({ source, line, text }) => [source, line, text])).toEqual([
      ['part 1', 15, 'edit "admin"'],
      ['part 1', 16, 'set trusthost1 10.0.0.0 255.0.0.0'],
      ['part 2', 1, 'edit "noc"'],
      ['part 2', 2, 'set trusthost1 10.0.0.0 255.0.0.0'],
    ]);
  });
});

it('a backup in many files is one', () => {
  const parts = Array.from({ length: 4 }, (_, part) => LINES.slice(part * 10, part * 10 + 10));
  expect(checksOf(diagnose(...parts))).toEqual(checksOf(whole));
});

it.each([
  ['has no end', LINES.slice(18, 22)],
  [
    'is of another device',
    ['#config-version=FGT80F-7.2.8-FW-build1639-240313:opmode=0:vdom=0', ...LINES.slice(18)],
  ],
  ['is an answer to a command', ['EDGE # show router multicast', ...LINES.slice(-2), 'EDGE # ']],
])('a backup is not made whole by a file that %s', (_what, lines) => {
  const { verdict, checks } = diagnose(LINES.slice(0, 18), lines);
  expect(verdict).toBe('inconclusive');
  expect(checks.find(({ rule }) => rule === 'port-conflict-vip')?.verdict).toBe('unknown');
});
