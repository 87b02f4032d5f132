import { z } from 'zod';

export const secretRef = z
  .union(
    [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
    'write a reference instead of the secret: { env: NAME } or { file: PATH }',
  )
  .describe('reference to the secret; it is read at use');

const DURATION = /^(\d{1,6})(ms|s|m)$/;
const FACTOR = { ms: 1, s: 1000, m: 60_000 } as const;

export const duration = z
  .string('write a duration such as 500ms, 10s or 2m')
  .regex(DURATION, 'write a duration such as 500ms, 10s or 2m');

export function milliseconds(text: string): number {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  return Number(amount) * FACTOR[unit as keyof typeof FACTOR];
}
