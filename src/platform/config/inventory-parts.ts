import { z } from 'zod';
import { DURATION_RULE, parseDuration } from './duration.ts';

/** A path or another name; it is printed in messages, where a line break would look like another message. */
export const printableName = z
  .string()
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'a text without control characters');

export const secretRef = z
  .union(
    [z.strictObject({ env: printableName }), z.strictObject({ file: printableName })],
    'write a reference instead of the secret: { env: NAME } or { file: PATH }',
  )
  .describe('reference to the secret; it is read at use');

/** A time limit, in milliseconds once it is read; 0 is refused, since everything would be over before it begins. */
export const duration = z
  .string(DURATION_RULE)
  .regex(/^\d{1,9}(?:ms|s|m|h)$/, DURATION_RULE)
  .transform((text, context) => {
    const ms = parseDuration(text);
    const message = ms === undefined ? DURATION_RULE : ms === 0 ? TOO_SHORT : undefined;
    if (message !== undefined) context.addIssue({ code: 'custom', message });
    return ms ?? 0;
  });

const TOO_SHORT = 'must be longer than 0: nothing could be done in that time';

/** Where a secret is kept; the secret itself is read at use and never stored. */
export type SecretRef = Readonly<z.infer<typeof secretRef>>;
