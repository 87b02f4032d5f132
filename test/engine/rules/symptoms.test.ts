import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { CAUSES_IN_WORDS, findSymptom, SYMPTOMS } from '../../../src/engine/rules/symptoms.ts';

const RULE_IDS = new Set<string>(RULES.map(({ id }) => id));

describe('what FortiClient shows', () => {
  it.each([
    ['stops at 48 %', '48 %'],
    ['hangs at 98% every time', '98 %'],
    ['stops at 40 percent', '40 %'],
    ['Permission denied (-455)', '-455'],
    ['error −7200', '-7200'],
    ['-20199', '-20199'],
    ['48 users fail since 2026-03-14', undefined],
    ['100 % of them, at 10.48', undefined],
    ['session 911-455', undefined],
    ['47 %', undefined],
  ])('%s', (sentence, shown) => {
    expect(findSymptom(sentence)?.shown).toBe(shown);
  });

  it.each(SYMPTOMS.map((symptom) => [symptom.shown, symptom] as const))('%s has causes', (_, { causes }) => {
    const nameless = causes.filter((cause) => !RULE_IDS.has(cause) && CAUSES_IN_WORDS[cause] === undefined);
    expect(nameless).toEqual([]);
    expect(new Set(causes).size).toBe(causes.length);
  });

  it.each(SYMPTOMS.map(({ shown }) => shown))('%s in a text is no verdict', (shown) => {
    const text = `marlow cannot log in, FortiClient shows ${shown}`;
    expect(diagnose([{ name: 'mail.txt', text }]).findings).toEqual([]);
    expect(diagnose([{ name: 'mail.txt', text }], { symptom: shown }).findings).toEqual([]);
  });

  for (const cause of Object.keys(CAUSES_IN_WORDS).filter((each) => !RULE_IDS.has(each))) {
    it.todo(`${cause} has a rule`);
  }
});
