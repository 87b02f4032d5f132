import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { tokensIn } from '../../../src/engine/redact/tokens.ts';
import { sampleOf } from '../../support/amount.ts';
import { CHOSEN_PLACEMENTS, legibleIn, lined, PLACEMENTS } from './placements.ts';

const RULES = join(import.meta.dirname, '../../../src/engine/rules');

const redacted = (text: string): string => redact([{ name: 'paste 1', text }]).items[0]?.text ?? '';
const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

/** Lines of which a word was hidden. */
function changed(text: string): readonly string[] {
  const before = normalizeText(text).split('\n');
  const after = redacted(text).split('\n');
  return before.filter((line, index) => line !== after[index]);
}

/** What a fixture may lose besides serial numbers of devices: keys, what ties a SAML login to its request, the session of a tunnel, what registers a phone, and what activates a token. */
const SECRET =
  /relayState:magic=|deconstruct_session_id.*,sid=[\da-f]{8}|registration_id|reg-id|fortitoken-mobile import|^[A-Za-z0-9+/=]{60,}$/;

/** Whether more than serial numbers was hidden in a line of which nothing else should be. */
function isWrong(line: string): boolean {
  const kinds = Array.from(tokensIn(redacted(line)), ({ kind }) => kind);
  return !SECRET.test(line) && kinds.some((kind) => kind !== 'serial');
}

// A sample has a share of the secrets, which `placements.sampled.test.ts` has all of, each of the passwords that people
// choose in a part of the places, and a share of the fixtures.
it('misses no planted secret, and hides no harmless word', () => {
  const planted = [...sampleOf(PLACEMENTS, 32, 0), ...sampleOf(CHOSEN_PLACEMENTS, 4, 0)];
  const missed = planted.filter(({ text }) => legibleIn(redacted(text)) !== undefined);
  const prose = readFileSync(join(import.meta.dirname, 'harmless-prose.txt'), 'utf8');
  const inProse = [...new Set([...changed(prose), ...prose.split('\n').flatMap(changed)])];
  const texts = readFileSync(join(import.meta.dirname, 'harmless-texts.txt'), 'utf8')
    .trimEnd()
    .split('\n');
  const inTexts = texts.flatMap((text) => changed(lined(text)));
  const names = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /fixtures\/[^/]+$/.test(name),
  );
  const fixtures = sampleOf(names, 4, 0).map((name) => readFileSync(join(RULES, name), 'utf8'));
  const inFixtures = fixtures.flatMap(changed);
  const wrong = inFixtures.filter(isWrong);

  console.table([
    { side: 'planted secrets', of: planted.length, 'missed or wrongly hidden': missed.length },
    { side: 'words of prose', of: wordsOf(prose), 'missed or wrongly hidden': inProse.length },
    {
      side: 'words of other texts',
      of: wordsOf(texts.join(' ')),
      'missed or wrongly hidden': inTexts.length,
    },
    {
      side: `words of ${fixtures.length} fixtures`,
      of: fixtures.reduce((sum, text) => sum + wordsOf(text), 0),
      'missed or wrongly hidden': wrong.length,
    },
  ]);
  expect(fixtures.length).toBeGreaterThan(100);
  expect(inFixtures.length).toBeGreaterThan(10);
  expect([missed.map(({ name }) => name), inProse, inTexts, wrong]).toEqual([[], [], [], []]);
});
