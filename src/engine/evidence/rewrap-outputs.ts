import { createJsonBalance } from './formats/json-reader.ts';

/** Output that a FortiGate prints in one line besides debug messages, and that mail wrapped. */

/** A reply of the token server; its parts are meaningless alone. */
const REPLY = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?\{.{0,20}"__type\\*": ?\\*"SoftToken\./;
const TOKEN_ROW = /^FTK[A-Z0-9]{5,20}[ \t]+-?\d{1,6}[ \t]+(\S.*?) ?$/;
/** Statuses with more words than fit into a line of a narrow mail (FTK616236). */
const LONG_STATUSES = [
  "token already activated, and seed won't be returned",
  'activation error (token not exist in FortiGuard)',
];

export function isReply(line: string): boolean {
  return REPLY.test(line);
}

/** Whether the reply is not closed yet. */
export function isOpenReply(parts: readonly string[]): boolean {
  if (!isReply(parts[0] ?? '')) return false;
  const balance = createJsonBalance();
  let depth = 0;
  for (const part of parts) depth = balance(part);
  return depth > 0;
}

/** JSON of the token server contains blanks only in its messages: elsewhere it is split at the column limit. */
export function joinReply(parts: readonly string[]): string {
  const width = Math.max(...parts.map(({ length }) => length));
  return parts.map((part, at) => (at < parts.length - 1 && part.length < width ? `${part} ` : part)).join('');
}

/** A row of `diagnose fortitoken info` whose status continues in the next line. */
export function isWrappedTokenRow(line: string): boolean {
  return isCut(readStatus(line));
}

export function continuesRow(parts: readonly string[], text: string): boolean {
  if (!parts[0]?.startsWith('FTK')) return false;
  const status = readStatus(parts.map((part) => part.trimEnd()).join(' '));
  return isCut(status) && LONG_STATUSES.some((each) => each.startsWith(`${status} ${text.trim()}`));
}

function readStatus(row: string): string | undefined {
  return TOKEN_ROW.exec(row)?.[1];
}

function isCut(status: string | undefined): boolean {
  return status !== undefined && LONG_STATUSES.some((each) => each.startsWith(`${status} `));
}
