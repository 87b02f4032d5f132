export interface BlocklistRow {
  readonly address: string;
  readonly status: 'locked' | 'pending';
  /** Seconds until the block ends, where the table has such a column, the last. */
  readonly remaining?: number | undefined;
  /** 0-based line index. */
  readonly index: number;
}

const ADDRESS = /(?<![\w.:])(\d{1,3}(?:\.\d{1,3}){3}|<[^<>\s]{1,40}>)(?![\w.])/;
/** `idx   ip               status    fails   remaining` */
const HEADING = /\bstatus\b.*\bremaining[ \t]*$/i;
const LAST_NUMBER = /[ \t](\d{1,6})[ \t]*$/;
const STATUS = /\b(locked|pending)\b/i;

/**
 * Parses `diagnose vpn ssl blocklist list`. KB 194229 names the two states but shows the table only as a picture, so a
 * row only needs an address and one of the two words, in any order.
 */
export function parseSslVpnBlocklist(lines: readonly string[]): readonly BlocklistRow[] {
  const isTimed = lines.some((line) => HEADING.test(line.slice(0, 400)));
  return lines.flatMap((line, index): BlocklistRow[] => {
    const head = line.slice(0, 400);
    const address = ADDRESS.exec(head)?.[1];
    const status = STATUS.exec(head)?.[1]?.toLowerCase();
    if (address === undefined || status === undefined) return [];
    const left = isTimed ? LAST_NUMBER.exec(head)?.[1] : undefined;
    const remaining = left === undefined ? undefined : Number(left);
    return [{ address, status: status === 'locked' ? 'locked' : 'pending', remaining, index }];
  });
}
