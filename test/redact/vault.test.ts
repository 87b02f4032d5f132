import { describe, expect, it } from 'vitest';
import { createVault } from '../../src/redact/vault.ts';

describe('what a vault remembers', () => {
  const MANY = 30_000;

  it('forgets what never comes back, so that a day of pushes fits', () => {
    const vault = createVault();
    const first = vault.tokenFor('ciphertext', 'secret 0');
    for (let number = 1; number < MANY; number += 1) vault.tokenFor('ciphertext', `secret ${number}`);
    expect(first).toBe('<ciphertext#1>');
    expect(vault.tokenFor('ciphertext', 'secret 0')).toBe(`<ciphertext#${MANY + 1}>`);
  });

  it('remembers what comes back now and then, however much else there is', () => {
    const vault = createVault();
    const phone = vault.tokenFor('registration-id', 'phone');
    for (let number = 1; number < MANY; number += 1) {
      vault.tokenFor('ciphertext', `secret ${number}`);
      if (number % 4_000 === 0) expect(vault.tokenFor('registration-id', 'phone')).toBe(phone);
    }
  });

  it('counts each secret once, remembered or not', () => {
    const vault = createVault();
    for (let number = 0; number < MANY; number += 1) vault.tokenFor('ciphertext', `secret ${number}`);
    expect(vault.receipt()).toEqual({ total: MANY, byKind: { ciphertext: MANY } });
  });
});
