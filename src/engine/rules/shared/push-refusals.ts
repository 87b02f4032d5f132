import type { Quote } from '../../evidence/types.ts';
import type { Fact } from '../../facts/fact.ts';
import type { PushConfigError } from '../../facts/values.ts';

export interface PushRefusal extends Pick<PushConfigError, 'attempted' | 'address'> {
  readonly quotes: readonly Quote[];
}

/** What FortiOS refused in a typed `config system ftm-push`; the last of several refusals of one kind. */
export function listRefusals(
  errors: Fact<readonly PushConfigError[]>,
  kind: PushConfigError['kind'],
): PushRefusal | undefined {
  if (errors.state !== 'known') return undefined;
  const last = errors.value.findLast((each) => each.kind === kind);
  if (!last) return undefined;
  const quotes = errors.quotes.filter((quote) => WORDS[kind].test(quote.text));
  return { quotes, attempted: last.attempted, address: last.address };
}

const WORDS: Record<PushConfigError['kind'], RegExp> = {
  'missing-address': /Missing server address|\bset (?:server|server-ip|interface)\b/,
  'wrong-scope': /command parse error/,
};
