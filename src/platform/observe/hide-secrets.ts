const HIDDEN = '[hidden]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 4_000;

const SECRET_KEY =
  /pass(?:word|wd|phrase|code)|^pass$|secret|psk|credential|authori[sz]ation|cookie|private.?key|api.?key|registration.?id|^reg.?id$|seed|activation|token(?!.?(?:serial|type|count|state|kind))/i;

const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,512}@/gi;
const SLACK_TOKEN = /\bx(?:ox[a-z]|app)-[\w-]{4,}/g;
const ENCODED_PASSWORD = /\bENC\s+[A-Za-z0-9+/=]{8,}/g;

/**
 * Last protection of the log, separate from the redaction of evidence: replaces values under secret-looking keys at
 * any depth, and passwords in URLs, Slack tokens and FortiOS `ENC` values inside texts.
 */
export function hideSecretsInFields(fields: Record<string, unknown>): Record<string, unknown> {
  return copyFields(fields, 0, new Set());
}

function hideSecretsInText(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short
    .replace(URL_PASSWORD, `$1${HIDDEN}@`)
    .replace(SLACK_TOKEN, HIDDEN)
    .replace(ENCODED_PASSWORD, `ENC ${HIDDEN}`);
}

function copyFields(fields: object, depth: number, above: Set<object>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields).slice(0, MAX_ITEMS)) {
    copy[key] = SECRET_KEY.test(key) && value !== undefined ? HIDDEN : copyValue(value, depth + 1, above);
  }
  return copy;
}

function copyValue(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return hideSecretsInText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH || above.has(value)) return '[…]';
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const around = new Set([...above, value]);
  if (value instanceof Error) return copyError(value, depth, around);
  if (Array.isArray(value))
    return value.slice(0, MAX_ITEMS).map((item) => copyValue(item, depth + 1, around));
  return copyFields(value, depth, around);
}

/** Copies only the fields listed here: client errors carry whole commands or requests. */
function copyError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const copy: Record<string, unknown> = { name: error.name, message: hideSecretsInText(error.message) };
  if ('code' in error && typeof error.code === 'string') copy.code = error.code;
  if (error.stack !== undefined) copy.stack = hideSecretsInText(error.stack);
  if (error.cause !== undefined) copy.cause = copyValue(error.cause, depth + 1, above);
  return copy;
}
