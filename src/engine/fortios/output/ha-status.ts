import { parseKeyValue } from './key-value.ts';

export interface HaMemberRow {
  readonly role: 'primary' | 'secondary';
  readonly serial: string;
  /** 0-based line index. */
  readonly index: number;
}

export interface HaStatusOutput {
  readonly mode?: { readonly value: string; readonly index: number };
  readonly members: readonly HaMemberRow[];
}

/** `Master: fgt-a, FG6H0E…, HA cluster index = 1` up to 6.2, `Primary     : …` since 6.4. */
const MEMBER =
  /^[ \t]*(Master|Slave|Primary|Secondary)[ \t]*:[ \t]*(?:[^,]{1,80},)?[ \t]*([^\s,]{1,40})[ \t]*,[ \t]*HA cluster index/;
const OLD_MEMBER =
  /^[ \t]*(Master|Slave)[ \t]*:[ \t]*[^,]{1,80},[ \t]*([^\s,]{1,40})[ \t]*,[ \t]*cluster index/;

/** Parses `get system ha status` of FortiOS 6.0 to 7.x. */
export function parseHaStatus(lines: readonly string[]): HaStatusOutput {
  const mode = parseKeyValue(lines).find((row) => row.key === 'Mode');
  const members = lines.flatMap((line, index): HaMemberRow[] => {
    const match = MEMBER.exec(line) ?? OLD_MEMBER.exec(line);
    if (!match) return [];
    const role = match[1] === 'Master' || match[1] === 'Primary' ? 'primary' : 'secondary';
    return [{ role, serial: match[2] ?? '', index }];
  });
  return { members, mode: mode && { value: mode.value, index: mode.index } };
}
