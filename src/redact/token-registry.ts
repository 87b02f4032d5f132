import type { SecretKind } from './kinds.ts';
import { tokensIn } from './tokens.ts';
import type { RedactionReceipt } from './types.ts';

/** Assigns the tokens of one case: the same secret gets the same token wherever and in whatever form it appears. */
export interface TokenRegistry {
  tokenFor(kind: SecretKind, secret: string): string;
  /** Records tokens that an earlier redaction left in the text, so that no number is assigned twice. */
  reserve(text: string): void;
  receipt(): RedactionReceipt;
}

/** Each push has secrets that never occur again; a secret that occurs again is remembered for as long as it does. */
const MAX_REMEMBERED = 10_000;

export function createTokenRegistry(): TokenRegistry {
  /** Two halves: when the new one is full, the secrets of the old one that did not occur since are forgotten. */
  let tokens = new Map<string, string>();
  let older = tokens;
  const highest = new Map<SecretKind, number>();
  const counts = new Map<SecretKind, number>();

  function remember(secret: string, token: string): string {
    if (tokens.size >= MAX_REMEMBERED / 2) {
      older = tokens;
      tokens = new Map();
    }
    tokens.set(secret, token);
    return token;
  }

  return {
    tokenFor(kind, secret) {
      const recent = tokens.get(secret);
      if (recent !== undefined) return recent;
      const given = older.get(secret);
      if (given !== undefined) return remember(secret, given);
      const number = (highest.get(kind) ?? 0) + 1;
      const token = `<${kind}#${number}>`;
      highest.set(kind, number);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return remember(secret, token);
    },
    reserve(text) {
      for (const { kind, number } of tokensIn(text)) {
        highest.set(kind, Math.max(highest.get(kind) ?? 0, number));
      }
    },
    receipt: () => toReceipt(counts),
  };
}

export function mergeReceipts(a: RedactionReceipt, b: RedactionReceipt): RedactionReceipt {
  const counts = new Map<string, number>(Object.entries(a.byKind));
  for (const [kind, count] of Object.entries(b.byKind)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return toReceipt(counts);
}

function toReceipt(counts: ReadonlyMap<string, number>): RedactionReceipt {
  const entries = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    total: entries.reduce((sum, [, count]) => sum + count, 0),
    byKind: Object.fromEntries(entries),
  };
}
