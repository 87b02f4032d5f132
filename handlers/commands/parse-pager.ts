/** A request to page a person. */
export interface PagerWords {
  /** Slack user id; absent if none is known, as after the slash command, where Slack sends the name only. */
  readonly person?: string;
  readonly alias?: string;
}

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;
const USER_ID = /^[UW][A-Z0-9]{5,}$/;

export const PAGER_USAGE = 'Use `page @person [host]`.';

/** Parses the words after `page`; undefined if they make no sense. */
export function parsePager(words: readonly string[]): PagerWords | undefined {
  const people = words.filter(isPerson);
  const [alias, ...others] = words.filter((word) => !isPerson(word));
  if (people.length > 1 || others.length > 0) return undefined;
  const person = people.map((word) => MENTION.exec(word)?.[1] ?? (USER_ID.test(word) ? word : undefined))[0];
  return { person, alias };
}

function isPerson(word: string): boolean {
  return word.startsWith('@') || MENTION.test(word) || USER_ID.test(word);
}
