import { z } from 'zod';
import { escapeJson } from '../../engine/text/escape-json.ts';
import { parseJson } from '../../engine/text/parse-json.ts';
import { sha256 } from '../store/sha256.ts';

export const AUDIT_SCHEMA = 'ftm-check/audit@1';

const HASH = /^[0-9a-f]{64}$/;
const hash = z.string().regex(HASH);

const link = z.strictObject({ chain: z.string(), seq: z.int().min(0), hash });

/** Position and hash of a line in its chain. The hash covers the chain up to this line. */
export type ChainLink = z.infer<typeof link>;

const lineSchema = z.looseObject({
  audit: z.literal(AUDIT_SCHEMA),
  chain: z.string().min(1),
  seq: z.int().min(0),
  at: z.string(),
  /** Hash of the line before in this chain; of nothing for its first line. */
  prev: hash.or(z.literal('')),
  event: z.string(),
  /** Hash of an incomplete line that the process wrote before, because the disk was full. */
  torn: hash.optional(),
});

export interface ReadLine {
  readonly line: z.infer<typeof lineSchema>;
  readonly hash: string;
  /** The hash that the line itself states. */
  readonly claimed: string;
}

const END = /^(.*),"hash":"([0-9a-f]{64})"\}$/s;

/**
 * One JSON object without its last brace, then `,"hash":"…"}`: the hash covers the bytes before it as they are
 * written, so that `sha256sum` can check it without knowing how the JSON was written.
 */
export function serializeLine(fields: object): { readonly text: string; readonly hash: string } {
  const body = escapeJson(JSON.stringify(fields)).slice(0, -1);
  const hash = sha256(body);
  return { text: `${body},"hash":"${hash}"}`, hash };
}

/** `undefined` for a text that is not a line of an audit trail. */
export function readLine(text: string): ReadLine | undefined {
  const [, body, claimed] = END.exec(text) ?? [];
  if (body === undefined || claimed === undefined) return undefined;
  const parsed = lineSchema.safeParse(parseJson(`${body}}`));
  return parsed.success ? { line: parsed.data, hash: sha256(body), claimed } : undefined;
}
