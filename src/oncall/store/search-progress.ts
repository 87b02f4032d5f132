import type { Records } from '../../platform/store/records.ts';

/** How far a search for a message got, so that another attempt continues there, in any process. */
export interface SearchProgress {
  /** Slack's cursor of the next page; undefined at the beginning. */
  get(search: string): Promise<string | undefined>;
  put(search: string, cursor: string | undefined): Promise<void>;
}

const KEEP_MS = 24 * 3_600_000;

export function createSearchProgress(records: Records): SearchProgress {
  return {
    async get(search) {
      return (await records.get(progressKey(search)))?.text || undefined;
    },
    async put(search, cursor = '') {
      const version = (await records.get(progressKey(search)))?.version ?? 0;
      // Another process that wrote meanwhile came as far.
      await records.put(progressKey(search), cursor, version, KEEP_MS);
    },
  };
}

function progressKey(search: string): string {
  return `slack-search:${search}`;
}
