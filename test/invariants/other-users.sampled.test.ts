import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import { UNNAMED_USER } from '../../src/engine/facts/attempt.ts';
import { type Login, passwordAnswer, passwordStage, successfulLogin } from '../fixtures/logs/login-lines.ts';
import { createRandom } from '../fuzz/random.ts';
import { sampleOf } from '../support/amount.ts';
import { FIXTURE_PATHS, readFixture } from '../support/rule-fixtures.ts';
import { answerOf, usersIn } from './asked.ts';
import { checks, isLong } from './cases.ts';

/** With a user named, what the evidence says of another user changes neither the verdict nor the first finding. */

const OTHER: Login = { user: 'osprey', pid: 4711, sid: 'e7', token: 'FTKMOB99EE99EE99', request: '99001' };

function refused(code: number, why: string): readonly string[] {
  return [
    ...passwordStage(OTHER, 20),
    ...passwordAnswer(OTHER, code, 21),
    `[4711:root:e7]login_failed:393 user[osprey],auth_type=1 failed [${why}]`,
  ];
}

const LOGS: Readonly<Record<string, readonly string[]>> = {
  'gets in by push': successfulLogin(OTHER, 10),
  'has a wrong password': refused(1, 'sslvpn_login_permission_denied'),
  'is unknown': refused(5, 'sslvpn_login_unknown_user'),
  'gets in without a second factor': [
    ...passwordStage(OTHER, 20),
    '2025-11-24 09:12:21 [909] update_auth_token_session-config does not require 2fa',
    ...passwordAnswer(OTHER, 0, 21),
    '[4711:root:e7]Auth successful for user osprey',
  ],
};

const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'has no token': ['set type password'],
  'has a hardware token': [
    'set type password',
    'set two-factor fortitoken',
    'set fortitoken "FTK2000EEEEEEEEEE"',
  ],
  'has a token that is locked': [
    'set type password',
    'set two-factor fortitoken',
    'set fortitoken "FTKMOB99EE99EE99"',
  ],
  'is in FortiToken Cloud': ['set type password', 'set two-factor fortitoken-cloud'],
  'is a user of RADIUS': ['set type radius', 'set radius-server "fac"'],
};

/** A first token tells of the device: that it is registered, and that push may be in question. */
function isFirstToken(text: string, lines: readonly string[]): boolean {
  return !TOKEN.test(text) && lines.some((line) => TOKEN.test(line));
}

const TOKEN = /two-factor|ftm-push|FTK(?:MOB)?[\dA-F]{12}/i;

function withEntry(text: string, lines: readonly string[]): string {
  if (!text.includes('config user local') || isFirstToken(text, lines)) return text;
  const entry = ['    edit "osprey"', ...lines.map((line) => `        ${line}`), '    next'].join('\n');
  return text
    .replaceAll(/^(.*config user local)$/gm, `$1\n${entry}`)
    .replaceAll(/^(FORTITOKEN\s.*)$/gm, '$1\nFTKMOB99EE99EE99     0      locked');
}

function usersOf(text: string): readonly string[] {
  const local = [...text.matchAll(/config user local\n([\s\S]*?)^end/gm)].flatMap(([, block = '']) =>
    [...block.matchAll(/edit "?([\w.-]+)"?/g)].map(([, name = '']) => name),
  );
  const logged = [...text.matchAll(/authenticate user: \[([\w.-]+)\]/g)].map(([, name = '']) => name);
  return [...new Set([...local, ...logged, 'nobody-here'])];
}

function answer(items: readonly { readonly name: string; readonly text: string }[], user: string) {
  const { verdict, findings } = diagnose(items, { user });
  return { verdict, first: findings[0] && { rule: findings[0].rule, title: findings[0].title } };
}

/** A sample has one log and one entry for each user of a fixture, each of them with its share of the fixtures. */
function oneOf<T>(all: readonly T[], index: number): readonly T[] {
  return sampleOf(all, all.length, index);
}

const CASES = FIXTURE_PATHS.map((file, index) => ({ file, index }));

// A sample has every twelfth fixture.
describe.each(sampleOf(CASES, 20, 4))('$file', ({ file, index }) => {
  const text = readFixture(file);
  const name = file.split('/').at(-1) ?? file;

  it('is judged for one user whatever another one does or is', () => {
    // A piece of a log that names no user counts only where no login of a user is beside it.
    const { attempts } = diagnose([{ name, text }]);
    const isPiece = attempts.length > 0 && attempts.every((each) => each.user === UNNAMED_USER);
    const users = usersOf(text);
    for (const [at, user] of users.entries()) {
      const alone = answer([{ name, text }], user);
      if (isPiece && alone.verdict === 'broken') continue;
      for (const [what, lines] of oneOf(Object.entries(LOGS), index + at)) {
        if (isFirstToken(text, lines)) continue;
        const items = [
          { name, text },
          { name: 'other.log', text: lines.join('\n') },
        ];
        expect({ user, what, ...answer(items, user) }).toEqual({ user, what, ...alone });
      }
      for (const [what, lines] of oneOf(Object.entries(ENTRIES), index + at)) {
        const changed = withEntry(text, lines);
        if (changed === text) continue;
        expect({ user, what, ...answer([{ name, text: changed }], user) }).toEqual({ user, what, ...alone });
      }
    }
  });
});

it('so is every closed-loop device', async () => {
  const found = (await checks(1)).flatMap(({ name, items, focus }, seed) => {
    const random = createRandom(seed);
    const pick = <T>(all: readonly T[]) => (isLong || all.length === 0 ? all : [random.pick(all)]);
    const variants = [
      ...Object.entries(LOGS).map(([what, lines]) => ({
        what,
        changed: [...items, { name: 'other.log', text: lines.join('\n') }],
      })),
      ...Object.entries(ENTRIES).map(([what, lines]) => ({
        what,
        changed: items.map((item) => ({ ...item, text: withEntry(item.text, lines) })),
      })),
    ];
    return pick(usersIn(items)).flatMap((user) => {
      const alone = answerOf(items, { ...focus, user });
      return pick(variants).flatMap(({ what, changed }) => {
        const beside = answerOf(changed, { ...focus, user });
        return beside === alone ? [] : [`${name}, ${user}, ${what}: ${alone} became ${beside}`];
      });
    });
  });
  expect(found).toEqual([]);
});
