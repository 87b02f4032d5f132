/** What a replaced value was; the word stands in its token, `<password-hash#1>`, and in the receipt. */
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
