import { describe, expect, it } from 'vitest';
import { createTokenRegistry } from '../../../src/engine/redact/token-registry.ts';

describe('what the registry of tokens remembers', () => {
  const MANY = 30_000;

  it('forgets what never comes back, so that a day of pushes fits', () => {
    const tokens = createTokenRegistry();
    const first = tokens.tokenFor('ciphertext', 'secret 0');
    for (let number = 1; number < MANY; number += 1) tokens.tokenFor('ciphertext', `secret ${number}`);
    expect(first).toBe('<ciphertext#1>');
    expect(tokens.tokenFor('ciphertext', 'secret 0')).toBe(`<ciphertext#${MANY + 1}>`);
  });

  it('remembers what comes back now and then, however much else there is', () => {
    const tokens = createTokenRegistry();
    const phone = tokens.tokenFor('registration-id', 'phone');
    for (let number = 1; number < MANY; number += 1) {
      tokens.tokenFor('ciphertext', `secret ${number}`);
      if (number % 4_000 === 0) expect(tokens.tokenFor('registration-id', 'phone')).toBe(phone);
    }
  });

  it('counts each secret once, remembered or not', () => {
    const tokens = createTokenRegistry();
    for (let number = 0; number < MANY; number += 1) tokens.tokenFor('ciphertext', `secret ${number}`);
    expect(tokens.receipt()).toEqual({ total: MANY, byKind: { ciphertext: MANY } });
  });
});
