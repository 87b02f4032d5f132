import { z } from 'zod';
import type { CaseFocus } from '../../engine/diagnosis/case-focus.ts';
import { diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { CommandFailure, EvidenceItem } from '../../engine/evidence/types.ts';
import { packText, unpackBytes } from './packed-text.ts';

export interface KeptCase {
  readonly evidence: RedactedCase;
  readonly focus: CaseFocus;
  /** The version of ftm-check that made the diagnosis. */
  readonly version: string;
}

/**
 * A `KeptCase`, gzip, in base64: a line of JSON and then the texts. So the lines of a long text are read without a copy
 * of the whole, which takes 100 MB for a configuration of 20 MB.
 */
export type PackedCase = string;

export interface OpenedCase extends KeptCase {
  /** The lines of an item; its `text` is empty. */
  readonly linesIn: (item: EvidenceItem) => Iterable<string>;
}

/** Bytes. No accepted request is as long; data of another writer to Redis may be. */
const MAX_UNPACKED = 64_000_000;

const FAILURES = [
  'unknown-command',
  'parse-error',
  'incomplete',
  'not-permitted',
  'failed',
  'timeout',
  'not-run',
] as const satisfies readonly CommandFailure['kind'][];

const itemSchema = z.object({
  name: z.string(),
  command: z.string().exactOptional(),
  vdom: z.string().exactOptional(),
  failure: z.object({ kind: z.enum(FAILURES), reason: z.string() }).exactOptional(),
});

/** The data and the question of one answer: enough to repeat its diagnosis. */
export const keptCaseSchema = z.object({
  focus: z.object({
    alias: z.string().exactOptional(),
    customer: z.string().exactOptional(),
    site: z.string().exactOptional(),
    user: z.string().exactOptional(),
    vdom: z.string().exactOptional(),
    readAt: z.number(),
    algorithms: z.literal('legacy').exactOptional(),
    live: diagnosisSchema.shape.live.unwrap().exactOptional(),
  }),
  redactions: diagnosisSchema.shape.redactions,
  items: z.array(itemSchema.extend({ text: z.string() })),
});

const headSchema = keptCaseSchema.extend({
  version: z.string(),
  items: z.array(itemSchema.extend({ bytes: z.int().min(0) })),
});

export async function packCase({ evidence, focus, version }: KeptCase): Promise<PackedCase> {
  const { items, receipt: redactions } = evidence;
  const sizes = items.map(({ text, ...item }) => ({ ...item, bytes: Buffer.byteLength(text) }));
  const head = JSON.stringify({ version, focus, redactions, items: sizes });
  return await packText(`${head}\n${items.map(({ text }) => text).join('')}`);
}

/** Undefined if it has the form of another version. Rejects if it is not packed. */
export async function openCase(packed: PackedCase): Promise<OpenedCase | undefined> {
  const bytes = await unpackBytes(packed, MAX_UNPACKED);
  let from = bytes.indexOf('\n') + 1;
  const read = headSchema.safeParse(JSON.parse(bytes.toString('utf8', 0, from)));
  if (!read.success) return undefined;
  const { redactions: receipt, focus, version } = read.data;
  const texts = new Map<EvidenceItem, Buffer>();
  for (const { bytes: size, ...item } of read.data.items) {
    texts.set({ ...item, text: '' }, bytes.subarray(from, from + size));
    from += size;
  }
  const evidence = { items: [...texts.keys()], receipt } as unknown as RedactedCase;
  return { evidence, focus, version, linesIn: (item) => linesOfBytes(texts.get(item) ?? EMPTY) };
}

const EMPTY = Buffer.alloc(0);

/** As `linesOf`. */
function* linesOfBytes(bytes: Buffer): Generator<string> {
  let from = 0;
  for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', from)) {
    yield bytes.toString('utf8', from, end);
    from = end + 1;
  }
  yield bytes.toString('utf8', from);
}
