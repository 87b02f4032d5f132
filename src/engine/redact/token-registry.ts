import type { SecretKind } from './kinds.ts';
import { createTextMemory } from './text-memory.ts';
import { tokensIn } from './tokens.ts';

/** How many values were replaced, by kind (`password`, `private-key`, `registration-id`, `serial` …). */
export interface RedactionReceipt {
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
}

/** Assigns the tokens of one case: the same secret gets the same token wherever and in whatever form it appears. */
export interface TokenRegistry {
  tokenFor(kind: SecretKind, secret: string): string;
  /** Records tokens that an earlier redaction left in the text, so that no number is assigned twice. */
  reserve(text: string): void;
  receipt(): RedactionReceipt;
}

/** Characters: some thousand secrets. Each push has some that never occur again. */
const MAX_SIZE = 500_000;

export function createTokenRegistry(): TokenRegistry {
  const tokens = createTextMemory<string>(MAX_SIZE);
  const highest = new Map<SecretKind, number>();
  const counts = new Map<SecretKind, number>();

  return {
    tokenFor(kind, secret) {
      const known = tokens.get(secret);
      if (known !== undefined) return known;
      const number = (highest.get(kind) ?? 0) + 1;
      const token = `<${kind}#${number}>`;
      highest.set(kind, number);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      tokens.set(secret, token);
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
  return { total: entries.reduce((sum, [, count]) => sum + count, 0), byKind: Object.fromEntries(entries) };
}
