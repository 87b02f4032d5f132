import { redact } from '../evidence/redact.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { CaseFocus } from './case-focus.ts';
import { type Chunk, diagnose, diagnoseStream } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';

/** One text of a case, of any length, as UTF-8. Most texts end with `head`. */
export interface OpenText {
  readonly name: string;
  readonly head: Uint8Array;
  /** A chunk is valid until the next one is requested. */
  readonly rest?: AsyncIterable<Uint8Array> | undefined;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether the texts are known to their ends and have fewer bytes together. */
export function areShorter(texts: readonly OpenText[], bytes: number): boolean {
  const size = texts.reduce((total, { head }) => total + head.length, 0);
  return size < bytes && texts.every(({ rest }) => rest === undefined);
}

/** Of texts that are read as a whole, so that a report can show the lines around a quote. */
export function diagnoseShort(
  texts: readonly OpenText[],
  focus: CaseFocus,
): { readonly diagnosis: Diagnosis; readonly evidence: readonly EvidenceItem[] } {
  const redacted = redact(texts.map(({ name, head }) => ({ name, text: utf8.decode(head) })));
  return { diagnosis: diagnose(redacted, focus), evidence: redacted.items };
}

/** The same diagnosis of texts of any length. `onRead`: the length of each part that was read. */
export async function diagnoseLong(
  texts: readonly OpenText[],
  focus: CaseFocus,
  onRead: (bytes: number) => void,
): Promise<Diagnosis> {
  async function* chunks(): AsyncGenerator<Chunk> {
    for (const { name, head, rest = [] } of texts) {
      yield { name, bytes: head };
      onRead(head.length);
      for await (const bytes of rest) {
        yield { name, bytes };
        onRead(bytes.length);
      }
    }
  }
  return await diagnoseStream(chunks(), focus, { seen: texts.map(({ head }) => utf8.decode(head)) });
}
