import { redact } from '../../engine/evidence/redact.ts';
import { openPrivateFile, unwritable } from '../process/private-file.ts';

export interface Transcript {
  /** Receives what the device printed. */
  readonly received: (bytes: Buffer) => void;
  /** Writes the file. */
  readonly end: () => Promise<void>;
}

export interface TranscriptOptions {
  readonly path: string;
  /** Not redacted, with every control character. */
  readonly raw: boolean;
}

/**
 * What a device printed during a check, with the commands that it echoed, in a file that only this user can read. A
 * secret may extend over several chunks, so the file is redacted and written at the end. Rejects with `ftm_usage`.
 */
export async function openTranscript({ path, raw }: TranscriptOptions): Promise<Transcript> {
  const file = await openPrivateFile(path, 'replace');
  const pieces: Buffer[] = [];
  return {
    received: (bytes) => void pieces.push(Buffer.from(bytes)),
    async end() {
      const bytes = Buffer.concat(pieces);
      try {
        await file.writeFile(raw ? bytes : redacted(bytes.toString('utf8')));
      } catch (cause) {
        throw unwritable(path, cause);
      } finally {
        await file.close();
      }
    },
  };
}

function redacted(text: string): string {
  const [item] = redact([{ name: 'transcript', text }]).items;
  return item?.text ?? '';
}
