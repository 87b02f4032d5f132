import type { SecretKind } from './kinds.ts';
import { tokensIn } from './tokens.ts';
import type { RedactionReceipt } from './types.ts';

/** Gives out the tokens of one case: the same secret gets the same token wherever and however it appears. */
export interface Vault {
  tokenFor(kind: SecretKind, secret: string): string;
  /** Notes tokens that an earlier redaction left in the text, so that no number is given out twice. */
  reserve(text: string): void;
  receipt(): RedactionReceipt;
}

/** Each push brings secrets of its own, which never come back; what does come back is remembered longest. */
const MOST_REMEMBERED = 10_000;

function forgetOldest(tokens: Map<string, string>): void {
  for (const secret of tokens.keys()) {
    tokens.delete(secret);
    return;
  }
}

export function createVault(): Vault {
  const tokens = new Map<string, string>();
  const highest = new Map<SecretKind, number>();
  const counts = new Map<SecretKind, number>();

  return {
    tokenFor(kind, secret) {
      const given = tokens.get(secret);
      if (given !== undefined) {
        tokens.delete(secret);
        tokens.set(secret, given);
        return given;
      }
      const number = (highest.get(kind) ?? 0) + 1;
      const token = `<${kind}#${number}>`;
      highest.set(kind, number);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      tokens.set(secret, token);
      if (tokens.size > MOST_REMEMBERED) forgetOldest(tokens);
      return token;
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
