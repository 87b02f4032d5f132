import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { runs } from '../../support/amount.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, hops, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

describe('a device check', () => {
  const text = renderText(DEVICE_CHECK, { tookMs: 3412 });

  it('opens with what is wrong, the device and the fix, and has the steps after the cause', () => {
    expect(text.split('\n').slice(0, 7)).toEqual([
      '✗ Pushes go out, but the firewall refuses the phone’s answer',
      '  fgt-branch-07 · FortiOS 7.2.8 · 3.4 s',
      '',
      'Every administrator has trusted hosts, so FortiOS drops the phone’s answer',
      '',
      'Fix',
      '  config system accprofile',
    ]);
    expect(text).toContain(
      [
        'Login path: 5 of 12 steps fine, stops at callback',
        '  connection ✓ › login ✓ › second factor ✓ › token ✓ › push service ✓ ›',
        '  push request ? › notification ? › CALLBACK ✗ › TLS – › approval – ›',
        '  authorisation – › tunnel –',
      ].join('\n'),
    );
  });

  it('quotes the evidence exactly and with its place', () => {
    expect(text).toContain('  show system admin\n    line  3 |     edit "admin"\n');
  });

  it('gives every line of fix, undo and verify on a line of its own', () => {
    const lines = text.split('\n').map((line) => line.trim());
    const fix = DEVICE_CHECK.findings[0]?.fix;
    for (const line of [...(fix?.apply ?? []), ...(fix?.undo ?? []), ...(fix?.verify ?? [])]) {
      expect(lines).toContain(line.trim());
    }
    expect(lines.indexOf('Fix')).toBeLessThan(lines.indexOf('Cause (certain)'));
    expect(lines.indexOf('Cause (certain)')).toBeLessThan(lines.indexOf('Undo'));
    expect(lines.indexOf('Undo')).toBeLessThan(lines.indexOf('Verify'));
  });

  it('says what was not checked only where it could change the answer', () => {
    const unseen: Diagnosis = {
      ...DEVICE_CHECK,
      verdict: 'inconclusive',
      findings: [],
      firstBrokenHop: null,
      hops: hops('++?+??????'),
    };
    expect(renderText(unseen, { width: 300 })).toContain(
      '\n- the token states: the account may not run `diagnose`',
    );
    expect(renderText(unseen).split('the account may not')).toHaveLength(2);
    expect(text).not.toContain('Not checked');
  });

  it('ends with what was hidden', () => {
    expect(text).toMatch(
      /Redacted: 3 password hashes, 1 serial number\.\nRead: 1 text, 212 lines of a FortiGate-60F; 34 checks fine\.$/,
    );
  });

  it('reads the same in colour', () => {
    const coloured = renderText(DEVICE_CHECK, { tookMs: 3412, colour: true });
    expect(coloured).not.toBe(text);
    expect(stripVTControlCharacters(coloured)).toBe(text);
  });
});

it('shows the logins of a log, failed ones first', () => {
  expect(renderText(TWO_USERS)).toContain(
    '\n  ❌ marlow · timed out after 80 s · phone answered at 94 s\n  ✓ wren got in (9 s)\n',
  );
});

it('never breaks an address, and gives it a line of its own where the title leaves no room', () => {
  const [finding] = DEVICE_CHECK.findings;
  const [reference] = finding?.references ?? [];
  if (!reference) throw new Error('the fixture has a reference');
  expect(renderText(DEVICE_CHECK, { width: 300 })).toContain(`\n  ${reference.title}: ${reference.url}\n`);
  expect(renderText(DEVICE_CHECK)).toContain(`:\n    ${reference.url}\n`);
});

it('says how many logins of a very long log it does not list', () => {
  const text = renderText({ ...TWO_USERS, moreAttempts: 3120 }, { width: 200 });
  expect(text).toContain('3,120 more logins in the log are not listed');
  expect(renderText(TWO_USERS)).not.toContain('not listed');
});

it('names a finding that another one explains only where it is the trouble of another user', () => {
  const text = renderText(TWO_USERS);
  expect(text).not.toContain('The same fix also solves');
  const findings = TWO_USERS.findings.map((finding) =>
    finding.explainedBy === undefined ? finding : { ...finding, title: 'wren waited in vain' },
  );
  expect(renderText({ ...TWO_USERS, findings })).toContain('The same fix also solves: wren waited in vain');
  const ofAll = TWO_USERS.findings.map((finding) =>
    finding.explainedBy === undefined
      ? { ...finding, title: 'The server drops answers', summary: 'All of them.' }
      : { ...finding, title: 'wren was refused; the log does not show why' },
  );
  expect(renderText({ ...TWO_USERS, findings: ofAll })).not.toContain('The same fix also solves');
  expect(text).not.toContain('\n2. ');
});

it('does not say a title twice', () => {
  const title = DEVICE_CHECK.findings[0]?.title ?? '';
  const text = renderText({ ...DEVICE_CHECK, headline: title }, { width: 200 });
  expect(text.split(title)).toHaveLength(2);
  expect(text).toContain('\nCause (certain)\n');
});

it('gives the next step before it lists reasons when nothing is decided', () => {
  const text = renderText(NOT_ENOUGH);
  expect(text).toMatch(
    /let the user log in once with push, and add the\s+output to this case\. With VDOMs, enter `config global` first\.\s+diagnose debug reset\n/,
  );
  expect(text).toContain(
    'When the client shows its result, switch debug off:\n  diagnose debug disable\n  diagnose debug reset\n',
  );
  expect(text.indexOf('When the client shows its result, switch debug off:')).toBeLessThan(
    text.indexOf('Not decided'),
  );
});

it('asks for each command once, and enters each scope once', () => {
  const text = renderText({
    ...NOT_ENOUGH,
    attempts: [],
    missing: [
      {
        rule: 'push-disabled',
        need: 'x',
        commands: ['config global', 'show full-configuration system ftm-push', 'end'],
      },
      {
        rule: 'token-locked',
        need: 'x',
        commands: ['config vdom', 'edit root', 'diagnose fortitoken info', 'end'],
      },
      { rule: 'push-cert-missing', need: 'x', commands: ['config global', 'show system admin', 'end'] },
      {
        rule: 'push-address-missing',
        need: 'x',
        commands: ['config global', 'show full-configuration system ftm-push', 'end'],
      },
    ],
  });
  expect(text).toContain(
    [
      '  config global',
      '  show full-configuration system ftm-push',
      '  show system admin',
      '  end',
      '  config vdom',
      '  edit root',
      '  diagnose fortitoken info',
      '  end',
    ].join('\n'),
  );
});

it('says so when push works, without asking for more', () => {
  const text = renderText({ ...HEALTHY, missing: DEVICE_CHECK.missing });
  expect(text.split('\n')[0]).toBe('✓ wren got in: push works here');
  expect(text).not.toContain('paste the output');
});

it('names contradictions', () => {
  const reason = 'two outputs say different things';
  const checks: Diagnosis['checks'] = [{ rule: 'push-denied-by-user', verdict: 'conflicting', reason }];
  expect(renderText({ ...HEALTHY, checks })).toContain(`The evidence contradicts itself\n- ${reason}`);
});

describe('any diagnosis', () => {
  it('lets nothing act on the terminal, and says the same in colour', () => {
    fc.assert(
      fc.property(randomDiagnosis, (diagnosis) => {
        const text = renderText(diagnosis, { width: 80 });
        expect(text).not.toMatch(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(renderText(diagnosis, { width: 80 })).toBe(text);
        expect(stripVTControlCharacters(renderText(diagnosis, { width: 80, colour: true }))).toBe(text);
      }),
      { numRuns: runs(100) },
    );
  });

  it('holds all findings', () => {
    const text = renderText(EVERYTHING_BROKEN);
    for (const { rule } of EVERYTHING_BROKEN.findings) expect(text).toContain(`${rule}: `);
  });
});
