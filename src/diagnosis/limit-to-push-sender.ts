import type { Attempt } from '../facts/attempt.ts';
import type { Judgement, Rule } from '../rules/rule.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { Diagnosis } from './diagnosis.ts';

/** About FortiToken Cloud, a RADIUS server, or the tunnel that its users come through as well. */
const OF_OTHERS: ReadonlySet<string> = new Set<RuleId>([
  'fortitoken-cloud-disabled',
  'fac-push-not-enabled',
  'fac-certificate-untrusted',
  'cloud-communication-disabled',
  'ikev2-version-unsupported',
  'ikev2-vdom-bug',
  'client-not-forticlient',
]);
const HOPS: ReadonlySet<string> = new Set(['push-service', 'push-request', 'callback', 'tls']);
/** Servers that this FortiGate has its own tokens from. */
const OF_OWN_TOKENS: ReadonlySet<string> = new Set<RuleId>([
  'token-server-unreachable',
  'device-unregistered',
  'token-server-is-fortimanager',
]);

/** Where nobody in question gets a push of this FortiGate, its push service plays no part. */
export function limitToPushSender(rule: Rule, judgement: Judgement, sender: PushSender): Judgement {
  if (sender.kind === 'fortigate' || judgement.verdict === 'not-applicable') return judgement;
  const isAboutPush = (HOPS.has(rule.hop) && !OF_OTHERS.has(rule.id)) || OF_OWN_TOKENS.has(rule.id);
  return isAboutPush ? { verdict: 'not-applicable', reason: sender.statement } : judgement;
}

/** The top line where nothing is found, and the reader has to look elsewhere. */
export function pushSenderLine(
  sender: PushSender,
  { verdict, attempts }: { readonly verdict: Diagnosis['verdict']; readonly attempts: readonly Attempt[] },
): string | undefined {
  if (sender.kind === 'fortigate' || verdict !== 'inconclusive' || attempts.length > 0) return undefined;
  return sender.statement;
}
