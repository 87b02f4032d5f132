import type { SecretKind } from '../kinds.ts';
import { findSecretKind } from '../secret-names.ts';
import type { Span } from '../spans.ts';

/** An event log records changes: `cfgpath="user.local" cfgattr="passwd[*]status[enable->disable]"`. */
const ATTRIBUTES = /(?<!\w|\w-)cfgattr="([^"]{1,8192})/dg;
const CHANGE = /([\w-]{1,48})\[([^\]]{1,4096})/dg;
const COMMUNITY_PATH = /cfgpath="[\w.-]{0,60}snmp[.-]community/;

export function findChangedSecrets(line: string): readonly Span[] {
  if (!line.includes('cfgattr="')) return [];
  const inCommunity = COMMUNITY_PATH.test(line);
  return Array.from(line.matchAll(ATTRIBUTES)).flatMap((attributes) => {
    const offset = attributes.indices?.[1]?.[0] ?? 0;
    return Array.from((attributes[1] as string).matchAll(CHANGE)).flatMap((change) => {
      const name = change[1] as string;
      const kind = inCommunity && name === 'name' ? 'community' : findSecretKind(name, 'set');
      const start = offset + (change.indices?.[2]?.[0] ?? 0);
      return kind ? findValues(change[2] as string, start, kind) : [];
    });
  });
}

/** `old->new`; FortiOS masks values that it knows to be secret with `*`. */
function findValues(text: string, start: number, kind: SecretKind): readonly Span[] {
  const spans: Span[] = [];
  let at = start;
  for (const value of text.split('->')) {
    if (value !== '' && value !== '*') spans.push({ start: at, end: at + value.length, kind });
    at += value.length + 2;
  }
  return spans;
}
