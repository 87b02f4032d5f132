import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';

const RULES = new URL('../../../src/engine/rules/', import.meta.url);
const SUCCESS = readFileSync(new URL('shared/fixtures/login-by-push.log', RULES), 'utf8');
const ON = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';
const wan = (access: string) =>
  `config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ${access}\n        set role wan\n    next\nend\n`;

function diagnose(...texts: string[]) {
  return diagnoseItems(texts.map((text, index) => ({ name: `text ${index + 1}`, text })));
}

it.each([
  ['push-disabled', ON.replace('enable', 'disable')],
  ['push-cert-missing', ON.replace('    set status', "    set server-cert ''\n    set status")],
  ['wan-ftm-access-missing', ON + wan('ping')],
  [
    'port-conflict-admin-https',
    `${ON}${wan('https ftm')}config system global\n    set admin-sport 4433\nend\n`,
  ],
  [
    'admin-trusthost-blocks-callback',
    'config system admin\n    edit "admin"\n        set trusthost1 10.0.0.0 255.0.0.0\n    next\nend\n',
  ],
])('%s is a claim that a login refutes', (rule, configuration) => {
  expect(diagnose(configuration).findings.map((each) => each.rule)).toContain(rule);
  const { findings, checks } = diagnose(configuration, SUCCESS);
  expect(findings.map((each) => each.rule)).not.toContain(rule);
  expect(checks.find((each) => each.rule === rule)?.verdict).toBe('conflicting');
});

it('a login that failed after it takes the refutation back', () => {
  const lines = SUCCESS.replaceAll('09:12:', '09:20:').replaceAll(':1a]', ':2b]').split('\n');
  const unanswered = lines.slice(
    0,
    lines.findIndex((line) => line.includes('SSL_accept')),
  );
  const failed = [
    ...unanswered,
    '2026-03-02 09:21:30 [2210:root:2b]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 5 (error)',
    '2026-03-02 09:21:30 [2210:root:2b]login_failed:402 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
    '',
  ].join('\n');
  const { findings } = diagnose(ON + wan('ping'), `${SUCCESS}${failed}`);
  expect(findings.map((each) => each.rule)).toContain('wan-ftm-access-missing');
});

it('a configuration that a login refutes is not in order either', () => {
  const lines = SUCCESS.split('\n');
  const answered = lines.slice(
    0,
    lines.findIndex((line) => line.includes('fnbam_auth_update_result')),
  );
  const head = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin\n';
  const rest = 'config system admin\n    edit "a"\n    next\nend\nconfig router multicast\nend\n';
  const whole = `${head}config system global\nend\n${wan('ping')}${ON}${rest}`;
  const { checks, verdict, attempts } = diagnose(whole, answered.join('\n'));
  expect(attempts.map((each) => each.outcome)).toEqual(['incomplete']);
  expect(checks.find((each) => each.rule === 'wan-ftm-access-missing')?.verdict).toBe('conflicting');
  expect(verdict).toBe('inconclusive');
});

it('a contradiction alone is the headline', () => {
  const text = readFileSync(new URL('callback-not-accepted/fixtures/conflicting.log', RULES), 'utf8');
  expect(diagnose(text).headline).toBe(
    'The evidence disagrees: a connection to TCP 4433 was dropped by policy 0, and another was accepted',
  );
});
