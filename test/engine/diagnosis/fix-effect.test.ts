import { expect, it } from 'vitest';
import type { Finding } from '../../../src/engine/diagnosis/diagnosis.ts';
import { effectText } from '../../../src/engine/diagnosis/fix-effect.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { LOCKED, NO_ADDRESS } from '../../fixtures/logs/asked-lines.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { answersTo } from '../../support/diagnose-text.ts';
import { RULE_FIXTURES, readFixture } from '../../support/rule-fixtures.ts';

const fromFixture = (path: string) => ['', ...readFixture(path).split('\n')];

it.each([
  [
    'Can I change this in office hours?',
    fromFixture('wan-ftm-access-missing/fixtures/broken.conf'),
    'Nobody is disconnected, so it can be done during the day.',
  ],
  [
    'Fliegen dann alle raus?',
    LOCKED,
    'Nobody else is disconnected: the change concerns only wren, so it can be done during the day.',
  ],
  [
    'Can I change it while people are working?',
    NO_ADDRESS,
    'A change of the pool ends every session of SSL VPN, whose users connect again at once; until it is made, no further user gets in.',
  ],
  [
    'Est-ce que basculer le cluster coupe les utilisateurs connectés ?',
    LOCKED,
    'A failover ends the sessions of SSL VPN, whose users log in again; IPsec tunnels stay up. It belongs outside working hours.',
  ],
  [
    'Does a reboot kick everybody out?',
    LOCKED,
    'A restart of the FortiGate ends every session: it needs a maintenance window.',
  ],
  [
    'Does the firmware upgrade interrupt the users?',
    LOCKED,
    'The upgrade restarts the FortiGate, which ends every session: it needs a maintenance window.',
  ],
  [
    'Is it safe?',
    fromFixture('wan-ftm-access-missing/fixtures/broken.conf'),
    'The change opens only the push port, not the admin page, to every source; callers are asked for a certificate.',
  ],
])('says whom the fix disturbs: %s', (question, lines, expected) => {
  expect(answersTo(question, lines)).toEqual([expected]);
});

/** Sections in which a change may end open connections. */
const DISRUPTIVE = /^\s*config vpn (?:ipsec phase1|ssl settings)/;
/** What new connections alone use, or where no session can be. */
const HARMLESS = new Set(['ssl-vpn-login-timeout-short', 'ssl-vpn-not-serving']);

it('promises no undisturbed day where lines change tunnels or SSL VPN', () => {
  const promised = [...new Set(RULE_FIXTURES.map(({ path }) => path))].flatMap((path) =>
    diagnoseFixture(path).diagnosis.findings.flatMap((finding) =>
      finding.fix.apply.some((line) => DISRUPTIVE.test(line)) &&
      !HARMLESS.has(finding.rule) &&
      effectText([finding], []).startsWith('Nobody')
        ? [`${path}: ${finding.rule}`]
        : [],
    ),
  );
  expect(promised).toEqual([]);
});

it.each(RULES)('$id says whom its fix disturbs, and names the changed tunnel', ({ id, ...rule }) => {
  const finding: Finding = {
    rule: id,
    severity: rule.severity,
    confidence: 'certain',
    hop: rule.hop,
    title: rule.title,
    summary: '',
    evidence: [],
    fix: { apply: ['config vpn ipsec phase1-interface', 'edit "ra-staff"'], undo: [], verify: [] },
    references: [],
  };
  const text = effectText([finding], ['wren']);
  expect(text).not.toMatch(/^$|[<>]/);
  if (text.includes('open tunnels')) expect(text).toContain('ra-staff');
});
