import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const POSTED = readFileSync(
  new URL('../../../src/engine/rules/token-activation-expired/fixtures/broken.told.txt', import.meta.url),
  'utf8',
);
const LINES = ['execute fortitoken-mobile provision FTKMOB44CC55DD66'];

describe('a token whose state a person tells', () => {
  it.each([
    POSTED,
    'Der Token FTKMOB44CC55DD66 steht auf "provision timeout", und die App nimmt den Code nicht an.',
    'En "diagnose fortitoken info" el token FTKMOB44CC55DD66 aparece como "provision timeout" y no puede entrar.',
    'Le jeton FTKMOB44CC55DD66 est en "provision timeout", elle ne peut pas se connecter au VPN.',
  ])('is provisioned again: %s', (text) => {
    const [first] = diagnoseText(text).findings;
    expect(first).toMatchObject({ rule: 'token-activation-expired', confidence: 'likely' });
    expect(first?.title).toContain('FTKMOB44CC55DD66');
    expect(first?.fix.apply).toEqual(LINES);
  });

  it.each([
    ['no token is named', POSTED.replace('FTKMOB44CC55DD66 ', '')],
    ['two tokens are named', POSTED.replace('FTKMOB44CC55DD66', 'FTKMOB44CC55DD66 like FTKMOB44CC55DD77')],
  ])('is only possible where %s', (_why, text) => {
    const [first] = diagnoseText(text).findings;
    expect(first).toMatchObject({
      rule: 'token-activation-expired',
      confidence: 'possible',
      fix: { apply: [] },
    });
  });

  it.each([
    ['Do we have to buy another token?', 'a new token or licence is not needed'],
    ['¿Hay que comprar otro token?', 'a new token or licence is not needed'],
    ['How do we keep this from happening again?', '`two-factor-ftm-expiry`'],
    ['¿Cómo evitamos que vuelva a pasar?', '`two-factor-ftm-expiry`'],
    ['Wie können wir das künftig vermeiden?', '`two-factor-ftm-expiry`'],
  ])('answers “%s”', (question, answer) => {
    const { answers = [] } = diagnoseText(`${POSTED}\n${question}\n`);
    expect(answers.map((each) => each.answer).join(' ')).toContain(answer);
  });
});
