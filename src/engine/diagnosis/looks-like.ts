import type { OtherProduct } from '../evidence/other-products.ts';
import type { Quote } from '../evidence/types.ts';
import type { Diagnosis } from './diagnosis.ts';

export type LooksLike = NonNullable<Diagnosis['looksLike']>;

const SEND =
  'Send output of the FortiGate: a configuration backup, `show full-configuration system ftm-push`, or the debug of one login (sslvpn, fnbamd, ftm-push).';
const SEND_OF_AUTHENTICATOR =
  'Of a FortiAuthenticator, send its push log (pushd). Of the FortiGate, send a configuration backup or the debug of one login.';

const INSTRUCTIONS = 'text about FortiGate configuration';
const SEND_PRINTED =
  'Send what the FortiGate prints: `show full-configuration system ftm-push`, a configuration backup, or the debug of one login.';

/** Describes evidence that contains nothing of a FortiGate, and what to send instead. */
export function looksLikeOf(
  otherProducts: readonly OtherProduct[],
  instruction: Quote | undefined,
): LooksLike {
  const [first, second] = otherProducts;
  if (!first && instruction)
    return { what: INSTRUCTIONS, send: SEND_PRINTED, evidence: [{ ...instruction }] };
  if (!first) return { what: '', send: SEND, evidence: [] };
  return {
    what: second ? `a ${first.name} and a ${second.name}` : `a ${first.name}`,
    send: first.name === 'FortiAuthenticator' ? SEND_OF_AUTHENTICATOR : SEND,
    evidence: otherProducts.slice(0, 2).map(({ quote }) => ({ ...quote })),
  };
}

/** The headline for it. */
export function looksLikeHeadline({ what }: LooksLike): string {
  if (what === '') return 'This does not look like output of a FortiGate';
  return what === INSTRUCTIONS
    ? 'This is text about configuration, not the configuration of a FortiGate'
    : `This is ${what}, not a FortiGate`;
}
