import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judgeAttacks, readAttacks } from '../../scripts/attacks.ts';

const PAGE = `# Threat model

## An attacker

### Guess a name

Refusals are private. They are alike.

- \`test/a.test.ts\` "refuses %s", "is
  recorded"
- \`test/b.long.test.ts\`

## Known limits

- Words.
`;
const [GUESS] = readAttacks(PAGE);
const test = (fullName: string, status = 'passed') => ({ fullName, status });

it('reads each attack with its defence and its tests', () => {
  expect(readAttacks(PAGE)).toEqual([
    {
      name: 'Guess a name',
      defence: 'Refusals are private.',
      claims: [
        { path: 'test/a.test.ts', titles: ['refuses %s', 'is recorded'] },
        { path: 'test/b.long.test.ts', titles: [] },
      ],
    },
  ]);
  const page = readFileSync(new URL('../../docs/explanation/security.md', import.meta.url), 'utf8');
  expect(readAttacks(page).filter(({ defence }) => defence === '')).toEqual([]);
});

it.each([
  ['held', [test('a guess refuses a name'), test('a guess is recorded'), test('another', 'failed')]],
  ['broke', [test('a guess refuses a name', 'failed'), test('a guess is recorded')]],
  ['broke', [test('a guess refuses a name')]],
  ['not run', [test('refuses x', 'skipped'), test('is recorded', 'skipped')]],
] as const)('%s', (outcome, assertionResults) => {
  const [judged] = judgeAttacks(GUESS === undefined ? [] : [GUESS], [
    { name: 'test/a.test.ts', assertionResults },
  ]);
  expect(judged?.outcome).toBe(outcome);
});
