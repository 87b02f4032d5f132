import { isSavedEvidence, SAVED_EVIDENCE_FILE, savedEvidenceAt } from '../evidence/saved-evidence-path.ts';
import type { CaseFile, ListedFile } from './list-cases.ts';

/** Texts for people, beside the evidence of a folder. */
const TEXTS = [/^(.*\/|)commands\.txt$/, /^(.*\/|)outputs\/[^/]+\.txt$/];

/** What `check --save-evidence` wrote: one case, though it is several files. */
export interface SavedCaseFile {
  /** Its folder. */
  readonly name: string;
  readonly evidence: CaseFile;
}

export type FileOfCase = ListedFile | SavedCaseFile;

/** The files that `paths` hold, with saved evidence as one of them. */
export function findSavedCases(paths: readonly string[], listed: AsyncIterable<ListedFile>) {
  /** Empty, or with `/` at the end. */
  const folders = new Set<string>();
  const names = new Set<string>();

  /**
   * Whether a file of this name belongs to saved evidence that was found so far. Such files are left out of `files`, but
   * some are listed before the evidence.
   */
  function isPart(name: string): boolean {
    if (names.has(name)) return false;
    return TEXTS.some((text) => folders.has(text.exec(name)?.[1] ?? 'none'));
  }

  async function* files(): AsyncGenerator<FileOfCase> {
    for await (const file of listed) {
      if (isEvidence(file)) {
        const folder = file.name.slice(0, -SAVED_EVIDENCE_FILE.length);
        folders.add(folder);
        const name = folder.replace(/\/+$/, '') || requireOne(paths) || file.name;
        names.add(name);
        yield { name, evidence: file };
      } else if (!isPart(file.name)) yield file;
    }
  }

  return { files: files(), isPart };
}

/** Empty for several. */
function requireOne([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : '';
}

function isEvidence(file: ListedFile): file is CaseFile {
  if ('why' in file || !/(?:^|\/)evidence\.json$/.test(file.name)) return false;
  return 'bytes' in file ? isSavedEvidence(file.bytes) : savedEvidenceAt(file.path) !== undefined;
}
