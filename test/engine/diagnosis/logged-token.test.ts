import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const line = (id: number, serial: string, minute: number) =>
  `date=2025-11-24 time=10:${10 + minute}:02 logid="01000${id}" type="event" subtype="system" level="notice" vd="root" serialno="${serial}" msg="x"`;
const REQUESTED = 32155;
const SUCCEEDED = 32156;
const FAILED = 32159;
const [ONE, TWO] = ['FTKMOB11AA22BB33', 'FTKMOB11AA22BB44'];
const USERS = `config user local\n    edit "ana"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "${ONE}"\n    next\nend\n`;

function tokenStep(text: string, user?: string) {
  const { hops, firstBrokenHop } = diagnose([{ name: 'log', text }], { user });
  const { status, evidence } = hops.find(({ id }) => id === 'token') ?? { status: undefined, evidence: [] };
  return { status, lines: evidence.map((quote) => quote.line), firstBrokenHop };
}

it.each([
  ['activated', [line(REQUESTED, ONE, 0), line(SUCCEEDED, ONE, 1)], 'ok', [2]],
  ['refused', [line(REQUESTED, ONE, 0), line(FAILED, ONE, 1)], 'broken', [2]],
  ['refused, then activated', [line(FAILED, ONE, 0), line(SUCCEEDED, ONE, 1)], 'ok', [2]],
  ['one activated, another refused', [line(SUCCEEDED, ONE, 0), line(FAILED, TWO, 1)], 'broken', [2]],
  ['only requested', [line(REQUESTED, ONE, 0)], 'unknown', [1]],
] as const)('the event log sets the token step: %s', (_, lines, status, at) => {
  const step = tokenStep(lines.join('\n'));
  expect(step).toEqual({ status, lines: at, firstBrokenHop: status === 'broken' ? 'token' : null });
});

it('of one user, the token that is theirs', () => {
  const log = [line(FAILED, TWO, 0), line(SUCCEEDED, ONE, 1)].join('\n');
  expect(tokenStep(`${USERS}\n${log}`, 'ana').status).toBe('ok');
  expect(tokenStep(log, 'ana')).toMatchObject({ status: 'unknown', lines: [] });
});
