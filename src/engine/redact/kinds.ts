/** Kind of a replaced value; part of its token, `<password-hash#1>`, and of the receipt. */
export const SECRET_KINDS = [
  'password',
  'password-hash',
  'psk',
  'secret',
  'key',
  'private-key',
  'community',
  'registration-id',
  'activation-code',
  'seed',
  'ciphertext',
  'challenge',
  'cookie',
  'api-key',
  'otp',
  'serial',
] as const;

export type SecretKind = (typeof SECRET_KINDS)[number];
