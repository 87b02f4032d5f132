import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { classifyOutput } from '../../../src/engine/fortios/cli-error.ts';
import { anyText } from '../../support/any-text.ts';

it.each([
  ['Unknown action 0\nCommand fail. Return code -1', 'unknown-command', -1],
  ['Unknown action 0', 'unknown-command', undefined],
  ['8278: Unknown action 0', 'unknown-command', undefined],
  ["\ncommand parse error before 'psu'\nCommand fail. Return code -61", 'parse-error', -61],
  ["command parse error before '|'", 'parse-error', undefined],
  ['incomplete command in the end\nCommand fail. Return code -160\n', 'incomplete', -160],
  [
    "entry not found in datasource\nvalue parse error before 'X'\nCommand fail. Return code -3",
    'parse-error',
    -3,
  ],
  [
    'The current admin user does not have the permission to backup config.\nCommand fail. Return code -37',
    'not-permitted',
    -37,
  ],
  [
    'Missing server address.\nobject check operator error, -56, discard the setting\nCommand fail. Return code -56',
    'failed',
    -56,
  ],
  ['Get other objects\nCommand fail. Return code 49', 'failed', 49],
  ["'dmgmt-vdom' is reserved and cannot be edited directly", 'failed', undefined],
] as const)('%j is %s %s', (text, kind, code) => {
  const error = classifyOutput(text.split('\n'));
  expect(error?.kind).toBe(kind);
  expect(error?.code).toBe(code);
  expect(text).toContain(error?.line);
});

it.each([
  '',
  'config system ftm-push\n    set status enable\nend',
  '    set comment "Command fail. Return code -61"\nend',
  'date=2026-11-20 msg="Unknown action 0"\nend',
  `Unknown action 0\n${'a line of a log\n'.repeat(20)}`,
  'value parse error before the long weekend',
  'Total activated token: 0\n\nToken server status: reachable',
])('%j is an answer', (text) => {
  expect(classifyOutput(text.split('\n'))).toBeUndefined();
});

it('survives anything', () => {
  fc.assert(
    fc.property(fc.array(anyText()), (lines) => {
      const error = classifyOutput(lines);
      if (error) expect(lines.join('\n')).toContain(error.line);
    }),
  );
});
