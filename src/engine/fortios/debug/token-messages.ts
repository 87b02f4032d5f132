export type TokenMessage =
  | { readonly kind: 'code-reused'; readonly seconds: number }
  | { readonly kind: 'no-valid-token' }
  | { readonly kind: 'invalid-value' }
  /** A command about tokens: general refusals after it concern tokens. */
  | { readonly kind: 'token-command' }
  /** Fortinet's answer to an activation, on a line of its own. It applies together with the return code after it. */
  | { readonly kind: 'not-of-product'; readonly message: string }
  | { readonly kind: 'return-code' };

const WAIT = /\bPlease wait (\d{1,6}) seconds? to log ?in again/i;
const COMMAND = /\b(?:exe\w{0,4}|diag\w{0,5}|conf\w{0,2}|sh\w{0,2}) .{0,40}\bfortitoken/;
const NOT_OF_PRODUCT =
  /^[ \t]*(?:[A-Za-z][\w -]{0,40}: ?)?(token does not belong to (?:the |this )?product)\.?[ \t]*$/i;
const RETURN_CODE = /^[ \t]*Command fail\. Return code -?\d{1,6}[ \t]*$/;

/** Messages about tokens that a device prints to the session (AG927108 for the wait, KB190171 for the others). */
export function readTokenMessage(text: string): TokenMessage | undefined {
  const wait = WAIT.exec(text)?.[1];
  if (wait !== undefined) return { kind: 'code-reused', seconds: Number(wait) };
  if (/\bno valid token found/i.test(text)) return { kind: 'no-valid-token' };
  if (/\binput value is invalid/i.test(text)) return { kind: 'invalid-value' };
  const message = NOT_OF_PRODUCT.exec(text)?.[1];
  if (message !== undefined) return { kind: 'not-of-product', message };
  if (RETURN_CODE.test(text)) return { kind: 'return-code' };
  return COMMAND.test(text) ? { kind: 'token-command' } : undefined;
}
