import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { renderAnswer } from '../../../../src/report/formats/slack/render-answer.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { HEALTHY } from '../../fixtures.ts';

const diagnosis: Diagnosis = {
  ...HEALTHY,
  attempts: [],
  device: { ...HEALTHY.device, alias: 'fgt-branch-07' },
};

function slackText(canWatch: boolean): string {
  const subject = { runId: 'run-1', kind: 'check', asker: {}, alias: 'fgt-branch-07', canWatch } as const;
  const { text, blocks } = renderAnswer({ kind: 'diagnosed', diagnosis, tookMs: 1 }, subject);
  return `${text}\n${JSON.stringify(blocks)}`;
}

it('offers to watch a login only where the inventory allows it', () => {
  expect(slackText(true)).toContain('/ftm-check fgt-branch-07 --user');
  expect(slackText(false)).not.toContain('--live');
  expect(renderText(diagnosis, { canWatch: true })).toContain(
    'ftm-check check fgt-branch-07 --user <name> --live 60',
  );
  expect(renderText(diagnosis)).not.toContain('--live');
});

const WATCH = 'ftm_watch';

it.each([
  ['a user whose login nobody saw', {}, { user: 'marlow', canWatch: true }, true],
  ['no user', {}, { canWatch: true }, false],
  ['a device that may not be watched', {}, { user: 'marlow' }, false],
  ['a login that was seen', { proof: 'login' }, { user: 'marlow', canWatch: true }, false],
  ['a cause', { verdict: 'broken' }, { user: 'marlow', canWatch: true }, false],
] as const)('has a button to watch the next login: %s', (_what, changed, asked, expected) => {
  const subject = { runId: 'run-1', kind: 'check', asker: {}, alias: 'fgt-branch-07', ...asked } as const;
  const outcome = { kind: 'diagnosed', diagnosis: { ...diagnosis, ...changed }, tookMs: 1 } as const;
  expect(JSON.stringify(renderAnswer(outcome, subject).blocks).includes(WATCH)).toBe(expected);
});
