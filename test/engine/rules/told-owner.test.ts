import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const POSTED = readFileSync(
  new URL('../../../src/engine/rules/ha-license-on-secondary/fixtures/broken.told.txt', import.meta.url),
  'utf8',
);
const REFUSAL = 'The debug: "error_code":31,"error_message":"token does not belong to product".';

describe('the owner of the token licence as a person tells it', () => {
  it('is made primary, and no token is deleted', () => {
    const [first] = diagnoseText(POSTED).findings;
    expect(first).toMatchObject({
      rule: 'ha-license-on-secondary',
      confidence: 'certain',
      title: 'The token licence is registered to HERON-A, the secondary unit of the cluster: no new tokens',
    });
    expect(first?.fix.todo?.join(' ')).toContain('Make HERON-A the primary unit');
  });

  it.each([
    'Our token licence is registered to HERON-A (FGT60F0000000002), which is standby since the update.',
    'Die Token-Lizenz ist auf HERON-A registriert, HERON-A ist jetzt der sekundäre Knoten.',
    'La licence FortiToken est enregistrée au nom de HERON-A, qui est secondaire.',
    'La licencia está registrada a nombre de HERON-A, que es el secundario.',
    'The licence is registered under HERON-A. The secondary is now HERON-A.',
  ])('is read in “%s”', (words) => {
    const [first] = diagnoseText(`${words} No new tokens in the cluster.\n${REFUSAL}\n`).findings;
    expect(first).toMatchObject({
      rule: 'ha-license-on-secondary',
      title: expect.stringContaining('HERON-A'),
    });
  });

  it.each([
    'The licence is registered to HERON-A, which is primary.',
    'The licence is not registered to HERON-A, the secondary.',
    'The licence is registered to HERON-A.',
  ])('leaves it open in “%s”', (words) => {
    const [first] = diagnoseText(`${words} No new tokens in the cluster.\n${REFUSAL}\n`).findings;
    expect(first?.rule).toBe('token-wrong-owner');
  });

  it.each([
    ['Do we need another licence?', 'A further licence is not needed'],
    ['Does a failover disconnect the users?', 'A failover ends the sessions of SSL VPN'],
    ['Est-ce que basculer le cluster coupe les utilisateurs ?', 'A failover ends the sessions of SSL VPN'],
  ])('answers “%s”', (question, answer) => {
    const { answers = [] } = diagnoseText(`${POSTED}\n${question}\n`);
    expect(answers.map((each) => each.answer).join(' ')).toContain(answer);
  });
});
