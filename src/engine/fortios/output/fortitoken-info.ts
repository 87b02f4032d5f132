/** A row of the table; `index` is 0-based in the lines given. */
interface TokenRow {
  readonly serial: string;
  readonly drift: number;
  /** FortiOS's wording: `active`, `provision timeout`, `token already activated, and seed won't be returned` … */
  readonly status: string;
  readonly index: number;
}

export interface FortitokenInfo {
  readonly tokens: readonly TokenRow[];
  /** The table's header was found: without rows the device has no tokens. */
  readonly listed: boolean;
  /** The line after the table was found: there are no more rows. */
  readonly ended: boolean;
  readonly server?: { readonly value: 'reachable' | 'unreachable'; readonly index: number };
}

const HEAD = /^[ \t]*FORTITOKEN[ \t]+DRIFT[ \t]+STATUS\b/;
/** Redaction replaces the serial number with a placeholder: `<serial#1>`. */
const ROW = /^[ \t]*(FTK[A-Z0-9]{5,20}|<[^<>\s]{1,40}>)[ \t]+(-?\d{1,9})[ \t]+(\S.*)$/;
/** `Total global activated token: 0` */
const TOTAL = /^[ \t]*Total (?:global )?activated token[ \t]*:[ \t]*\d{1,9}/;
const SERVER = /^[ \t]*Token server status[ \t]*:[ \t]*(reachable|unreachable)\b/;

/** Parses `diagnose fortitoken info`. */
export function parseFortitokenInfo(lines: readonly string[]): FortitokenInfo {
  const tokens: TokenRow[] = [];
  let listed = false;
  let hasTotal = false;
  let server: FortitokenInfo['server'];
  lines.forEach((line, index) => {
    const row = ROW.exec(line.trimEnd());
    if (row) {
      const [, serial = '', drift, status = ''] = row;
      tokens.push({ serial, drift: Number(drift), status: status.trim(), index });
      return;
    }
    listed ||= HEAD.test(line);
    hasTotal ||= TOTAL.test(line);
    const reach = SERVER.exec(line)?.[1];
    if (reach) server = { value: reach === 'reachable' ? 'reachable' : 'unreachable', index };
  });
  return { tokens, listed, ended: hasTotal || server !== undefined, server };
}
