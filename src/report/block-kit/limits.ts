/**
 * Block Kit limits, in Unicode code points and items. Sources: https://docs.slack.dev/reference/block-kit/blocks and the
 * pages of each block; `messageWeight` is undocumented, see `src/stand-ins/slack/block-kit/check-message.ts`.
 */
export const LIMITS = {
  /** Limit of `chat.postMessage`; Slack cuts a longer text. */
  messageText: 40_000,
  /** Limit of `chat.update`, which refuses a longer text with `msg_too_long`. */
  updateText: 4000,
  messageBlocks: 50,
  viewBlocks: 100,
  viewTitle: 24,
  privateMetadata: 3000,
  /** Slack refuses more than 250 kB with `view_too_large`. */
  viewWeight: 250_000,
  messageWeight: 13_200,
  blockId: 255,
  actionId: 255,
  text: 3000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholder: 150,
  tableColumns: 20,
  dataTableRows: 101,
  containerTitle: 150,
  containerBlocks: 10,
  inputLabel: 2000,
} as const;

/** Three lines of 42 characters on a phone, where a longer title scrolls out of view. Our own limit. */
export const TITLE_LIMIT = 126;

/** Length as Slack counts it. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Returns at most `limit` code points of `text`, without splitting a character; a cut text ends with `…`. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit || codePoints(text) <= limit) return text;
  return `${Array.from(text.slice(0, limit * 2))
    .slice(0, limit - 1)
    .join('')}…`;
}

/** Cuts a title to `TITLE_LIMIT` after a whole word. */
export function shortTitle(text: string): string {
  const cut = truncate(text, TITLE_LIMIT);
  if (cut === text) return text;
  const end = cut.lastIndexOf(' ');
  return end > TITLE_LIMIT / 2 ? `${cut.slice(0, end)} …` : cut;
}
