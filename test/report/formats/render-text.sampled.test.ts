import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFailureText } from '../../../src/report/documents/failure.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { runs } from '../../support/amount.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
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

  it('says what could not be checked once for each reason', () => {
    expect(text).toContain('Not checked (3)\n- the account may not run `diagnose`');
    expect(text.split('the account may not run')).toHaveLength(2);
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

it('shows the logins of a log as a table', () => {
  expect(renderText(TWO_USERS)).toContain(
    [
      '  user    outcome    waited        stopped at  started',
      '  marlow  timed out  94 s of 80 s  approval    2025-03-29 09:12:41',
      '  wren    got in     9 s           –           2025-03-29 09:12:04',
    ].join('\n'),
  );
});

it('stacks the logins where a name is too long for columns', () => {
  const [wren, marlow] = TWO_USERS.attempts;
  if (!wren || !marlow) throw new Error('the fixture has two logins');
  const long = { ...marlow, user: `marlow.of.the.${'regional.'.repeat(4)}centre@example.com` };
  const text = renderText({ ...TWO_USERS, attempts: [wren, long] });
  expect(text).toContain(
    [
      `  ${long.user}: timed`,
      '    out after 80 s · phone answered at 94 s · started 2025-03-29 09:12:41',
      '  wren: got in (9 s) · started 2025-03-29 09:12:04',
    ].join('\n'),
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

it('folds a finding under the one that explains it', () => {
  const text = renderText(TWO_USERS);
  expect(text).toContain('  The same fix also solves: The token was valid for 60 s');
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
  expect(text).toContain(
    'let the user log in once with push, and paste the\noutput here. With VDOMs, enter `config global` first.\n  diagnose debug reset\n',
  );
  expect(text).toContain('Then switch debug off:\n  diagnose debug disable\n  diagnose debug reset\n');
  expect(text.indexOf('Lets me check push request')).toBeLessThan(text.search(/Not checked \(\d+\)/));
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

it('lists commands once that are missing for the same reason', () => {
  const text = renderText(
    {
      ...HEALTHY,
      checks: [
        { rule: 'push-disabled', verdict: 'unknown', reason: 'the evidence does not contain `show a`' },
        { rule: 'token-locked', verdict: 'unknown', reason: 'the evidence does not contain `show b`' },
        { rule: 'token-clock-drift', verdict: 'unknown', reason: 'the evidence does not contain `show b`' },
        { rule: 'push-denied-by-user', verdict: 'conflicting', reason: 'two outputs say different things' },
      ],
    },
    { width: 200 },
  );
  expect(text).toContain(
    [
      'Contradictory (1)',
      '- two outputs say different things (1 check of approval)',
      'Not checked (3)',
      '- the evidence does not contain `show b` and `show a` (3 checks of token and push service)',
    ].join('\n'),
  );
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

it('tells a failure with what to do and its code', () => {
  expect(
    renderFailureText({
      code: 'ftm_device_timeout',
      message: 'fgt-1 did not answer\u001b[2J',
      advice: 'Try again.',
    }),
  ).toBe('fgt-1 did not answer\\x1b[2J\nTry again.\n(ftm_device_timeout)');
  expect(renderFailureText({ code: 'ftm_usage', message: 'No input' })).toBe('No input\n(ftm_usage)');
});
