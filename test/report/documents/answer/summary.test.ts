import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { HOPS, hopIndex } from '../../../../src/engine/facts/hop.ts';
import { deviceLine } from '../../../../src/report/documents/answer/device-line.ts';
import { allNeededText } from '../../../../src/report/documents/answer/finding-sections.ts';
import { moreAttemptsText, seenSoFar } from '../../../../src/report/documents/answer/summary.ts';
import { WORDING } from '../../../../src/report/documents/wording.ts';
import { renderSlack } from '../../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK, hops, NOT_ENOUGH } from '../../fixtures.ts';

const FAILED: Diagnosis['attempts'] = [{ user: 'ana', outcome: 'failed', hops: hops('++++++++x-') }];
const NO_TIMES = 'The log has no times, so it cannot show whether the phone answered too late.';

describe('how far evidence goes that does not say why', () => {
  it.each(HOPS.slice(1).map((hop) => [hop] as const))('up to the %s', (hop) => {
    const upTo = hops('+'.repeat(hopIndex(hop)) + '?'.repeat(HOPS.length - hopIndex(hop)));
    expect(seenSoFar({ ...NOT_ENOUGH, hops: upTo })).toMatch(
      new RegExp(`^Fine so far: connection.*\\. Not shown: ${WORDING.hopSigns[hop]}\\.$`),
    );
  });

  it.each([
    ['a broken approval without times', { firstBrokenHop: 'approval', attempts: FAILED }, NO_TIMES],
    [
      'a broken approval with times',
      { firstBrokenHop: 'approval', attempts: FAILED.map((each) => ({ ...each, startedAt: '09:12:04' })) },
      '',
    ],
    ['another step without times', { firstBrokenHop: 'callback', attempts: FAILED }, ''],
    ['nothing in order', { hops: hops('??????????') }, ''],
    ['an unseen step before a broken one', { hops: hops('+??????????x'), attempts: FAILED }, ''],
    ['an answer that says why', { verdict: 'broken', firstBrokenHop: 'approval', attempts: FAILED }, ''],
  ] satisfies (readonly [string, Partial<Diagnosis>, string])[])('%s', (_, more, expected) => {
    expect(seenSoFar({ ...NOT_ENOUGH, hops: hops('++++++++x-'), ...more })).toBe(expected);
  });
});

describe('the device', () => {
  const several = { ...DEVICE_CHECK, device: { ...DEVICE_CHECK.device, vdomMode: 'multi' as const } };
  const source = (name: string) => ({ name, lines: 2, kinds: ['configuration'] });

  it.each([
    [
      'a check that read one of its VDOMs',
      ['show system admin', 'show user local (vdom sales)'],
      'VDOM `sales`',
    ],
    ['a backup', ['campus.conf', 'my notes (vdom sales)'], 'several VDOMs'],
  ])('says so for %s', (_, names, expected) => {
    expect(deviceLine({ ...several, sources: names.map(source) }).split(' · ')).toContain(expected);
  });

  const event =
    'date=2026-03-02 time=07:58:44 logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" user="wren" remip=203.0.113.9 action="ssl-login-fail" reason="sslvpn_login_permission_denied"';
  const debug = '[911:root:300]sslvpn_authenticate_user:191 authenticate user: [wren]';

  it.each([
    ['one', [event], '  ❌ wren · “permission denied” · 203.0.113.9\n'],
    [
      'one of no name',
      ['2026-03-02 09:00:12 [2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.44'],
      '  ❌ client 203.0.113.44 · address blocked after failed logins\n',
    ],
    [
      'one with a certificate',
      [
        "ike V=root:0:ra:512: peer cert, subject='CN = pc-linnet, O = Heron', issuer='CN = Heron CA'",
        'ike V=root:0:ra:512: certificate validation failed',
      ],
      '  ❌ pc-linnet · client certificate not accepted\n',
    ],
    [
      'one without name and address, which the finding says,',
      [
        '__samld_sp_login_resp [833]: Failed to process response message. Ret=-201(The identifier of a provider is unknown to #LassoServer.',
        'samld_send_common_reply [91]: Code: 1, id: 3002, pid: 190, len: 80, data_len 64',
      ],
      undefined,
    ],
  ])('shows where %s failed login came from', (_, lines, expected) => {
    const shown = renderText(diagnose([{ name: 'case', text: lines.join('\n') }]));
    expect(/^ {2}❌.*\n/m.exec(shown)?.[0]).toBe(expected);
  });

  it.each([
    ['event log', [event, event.replace('07:58:44', '08:01:15')]],
    ['debug log', [debug]],
    ['debug log + event log', [event, debug]],
  ])('is called %s by what its lines are', (kind, lines) => {
    const text = lines.join('\n');
    expect(deviceLine(diagnose([{ name: 'case', text }])).split(' · ')).toContain(kind);
    const [, answer = ''] = /^((?: {2}❌.*\n)+)/m.exec(renderText(diagnose([{ name: 'case', text }]))) ?? [];
    if (kind === 'event log') {
      expect(answer).toBe('  ❌ wren · 2 × “permission denied” · 07:58:44, 08:01:15 · 203.0.113.9\n');
      expect(JSON.stringify(renderSlack(diagnose([{ name: 'case', text }])))).not.toContain('whole report');
    }
  });
});

describe('several findings of one step', () => {
  const [trustedHosts] = DEVICE_CHECK.findings;
  if (!trustedHosts) throw new Error('the fixture has a finding');
  const noAccess = { ...trustedHosts, rule: 'wan-ftm-access-missing' as const, title: 'wan1 refuses it' };
  const explained = { ...noAccess, explainedBy: trustedHosts.rule };
  const later = { ...noAccess, hop: 'approval' as const };
  const both = '1 more finding stops the same step: fix both.';
  const all = '2 more findings stop the same step: fix all 3.';
  const third = { ...noAccess, rule: 'port-conflict-vip' as const };

  it.each([
    ['both have to be fixed', [trustedHosts, noAccess], both],
    ['all have to be fixed', [trustedHosts, noAccess, third], all],
    ['are one where the first explains the other', [trustedHosts, explained], ''],
    ['are not those of a later step', [trustedHosts, later], ''],
    ['are not one', [trustedHosts], ''],
  ])('%s', (_, findings, expected) => {
    const diagnosis: Diagnosis = { ...DEVICE_CHECK, findings };
    expect(allNeededText(diagnosis)).toBe(expected);
    const { text, blocks } = renderSlack(diagnosis);
    for (const form of [text, JSON.stringify(blocks), renderText(diagnosis, { width: 200 })]) {
      expect(/step: fix (?:both|all 3)\./.test(form)).toBe(expected !== '');
    }
  });

  it('are of different users at the approval, so that each is fixed by itself', () => {
    const findings = [later, { ...later, rule: 'push-denied-by-user' as const }];
    expect(allNeededText({ ...DEVICE_CHECK, firstBrokenHop: 'approval', findings })).toBe('');
  });
});

describe('logins that are not listed', () => {
  const otherLogins = { count: 2, users: ['ops', 'guest'], evidence: [] };
  const diagnosis: Diagnosis = { ...NOT_ENOUGH, attempts: FAILED };
  const others = '2 more logins in the log are not listed: no VPN asked for them in this log.';

  it('are those of somebody else than the VPN', () => {
    const answer: Diagnosis = { ...diagnosis, otherLogins };
    for (const form of [renderText(answer, { width: 300 }), JSON.stringify(renderSlack(answer))]) {
      expect(form).toContain(others);
    }
  });

  it('are those, and the many of a long log', () => {
    const text = moreAttemptsText({ ...diagnosis, moreAttempts: 3, otherLogins });
    expect(text).toMatch(/^3 more logins .*\. 2 more logins /);
    expect(moreAttemptsText(diagnosis)).toBe('');
  });
});
