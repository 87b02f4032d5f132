/** What a line of the token server's JSON answer says; console and debug may cut it between number and message. */
export interface ProvisioningLine {
  readonly kind: 'provisioning';
  /** Errors that stand whole in this line, the last one perhaps without its message. */
  readonly errors: readonly { readonly code: number; readonly message?: string }[];
  /** A message whose number stood in a line before. */
  readonly rest?: string;
}

const MARK = '\\\\?"';
const MESSAGE = `${MARK}error_message${MARK}[ \\t]?:[ \\t]?${MARK}([^"\\\\]{0,200})`;
const ERROR = new RegExp(
  `${MARK}error_code${MARK}[ \\t]?:[ \\t]?(-?\\d{1,6})(?:[ \\t]?,[ \\t]?${MESSAGE})?`,
  'g',
);
const LONE = new RegExp(`^[^{}]{0,40}?${MESSAGE}`);

/** KB424201, KB194508: `"error_code":31,"error_message":"token does not belong to product"`. */
export function readProvisioning(text: string): ProvisioningLine | undefined {
  if (!text.includes('error_')) return undefined;
  const errors = [...text.matchAll(ERROR)]
    .map((match) => ({
      code: Number(match[1]),
      ...(match[2] === undefined ? {} : { message: match[2] }),
    }))
    .filter((error) => error.code !== 0);
  const rest = errors.length === 0 && !text.includes('error_code') ? LONE.exec(text)?.[1] : undefined;
  if (errors.length === 0 && rest === undefined) return undefined;
  return { kind: 'provisioning', errors, ...(rest === undefined ? {} : { rest }) };
}
