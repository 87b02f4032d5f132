import type { Quote } from '../../evidence/types.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { FACT_COMMANDS, type FactValues } from '../../facts/facts.ts';
import type { PushCertificate, PushService } from '../../facts/values.ts';
import { defineRule, withoutFact } from '../define-rule.ts';
import { facPushes } from '../fac.ts';
import { phoneAcceptance, phoneRefusal } from '../phone-tls.ts';
import { fortiosName, pushAddress } from '../push-address.ts';
import { knowsCertificate } from '../push-fields.ts';
import { REFERENCES } from '../references.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { addressesOf } from '../wan.ts';
import { type Assessment, assess } from './problems.ts';
import { isShipped, refused, unfit } from './refused.ts';

export const pushCertUntrusted = defineRule({
  id: 'push-cert-untrusted',
  title: 'The phone does not trust the certificate it is shown',
  severity: 'high',
  needs: ['pushService'],
  wants: [
    'pushCertificate',
    'interfaces',
    'liveAddresses',
    'attempts',
    'looseCallbacks',
    'userNotices',
    'pushdEvents',
  ],
  versions: '6.4.0 and later',
  references: [REFERENCES.KB201261, REFERENCES.KB301058],
  witness({ pushService, attempts, looseCallbacks }, context) {
    if (pushService.state === 'known') return undefined;
    const refusal = phoneRefusal(attempts, looseCallbacks);
    if (refusal) return refused(refusal, undefined, undefined, context);
    return accepted(attempts, looseCallbacks);
  },
  check(facts, context) {
    const { pushCertificate, attempts, looseCallbacks, userNotices, pushdEvents } = facts;
    const service = facts.pushService.value;
    const cert = service.serverCert;
    if (cert?.value === '') return { verdict: 'not-applicable', reason: 'no certificate is set at all' };
    const refusal = phoneRefusal(attempts, looseCallbacks);
    const shown = assessed(facts, service, context);
    const problems = shown?.problems ?? [];
    const [problem] = problems;
    if (cert && refusal) {
      return problem
        ? unfit(problems, service, refusal, context)
        : refused(refusal, cert.value, service, context);
    }
    if (refusal) return refused(refusal, undefined, service, context);
    const inLog = accepted(attempts, looseCallbacks);
    if (inLog) return inLog;
    if (!cert || !knowsCertificate(context.version, service)) {
      return { verdict: 'not-applicable', reason: `${fortiosName(context)} has no \`server-cert\`` };
    }
    if (problem) return unfit(problems, service, undefined, context);
    if (isShipped(cert.value)) {
      return {
        verdict: 'healthy',
        reason: `\`server-cert\` is ${cert.value}, which FortiOS ships for this`,
        evidence: cert.quotes,
      };
    }
    const said = valueIfKnown(userNotices)?.find((each) => each.kind === 'certificate-refused');
    // The app says the same of FortiAuthenticator's certificate, where that sends the pushes (fac-certificate-untrusted).
    if (said && facPushes(attempts, pushdEvents).length === 0) {
      return refused({ quotes: [said.quote, ...cert.quotes] }, cert.value, service, context);
    }
    return pushCertificate.state === 'known' && shown
      ? sound(pushCertificate.value, shown, cert.quotes)
      : notLookedInto(cert.value, pushCertificate);
  },
});

type CheckedFacts = {
  readonly [K in 'pushCertificate' | 'interfaces' | 'liveAddresses']: Fact<FactValues[K]>;
};

function assessed(facts: CheckedFacts, service: PushService, context: RuleContext): Assessment | undefined {
  const push = valueIfKnown(facts.pushCertificate);
  if (!push) return undefined;
  const all = assess(push, calledAddresses(facts, service, context), context.readAt);
  // What FortiOS ships is accepted though no public authority signed it and it names another host: only its time counts.
  return isShipped(push.name)
    ? { ...all, problems: all.problems.filter(({ kind }) => kind === 'time'), open: [] }
    : all;
}

/** What the phone is told to call; of an interface any address that it is known to hold. */
function calledAddresses(
  { interfaces, liveAddresses }: CheckedFacts,
  service: PushService,
  context: RuleContext,
): readonly string[] | undefined {
  const address = pushAddress(service, context);
  if (!address) return undefined;
  if (address.field !== 'interface') return [address.setting.value];
  const on = valueIfKnown(interfaces)?.find(({ name }) => name === address.setting.value);
  return on && addressesOf(on, valueIfKnown(liveAddresses));
}

function accepted(
  attempts: Parameters<typeof phoneAcceptance>[0],
  looseCallbacks: Parameters<typeof phoneAcceptance>[1],
): Judgement | undefined {
  const quote = phoneAcceptance(attempts, looseCallbacks);
  return quote && { verdict: 'healthy', reason: 'a phone completed the TLS handshake', evidence: [quote] };
}

/** No phone would have to refuse it, as far as that can be told. */
function sound(
  { name, certificate }: PushCertificate,
  { open, summary }: Assessment,
  set: readonly Quote[],
): Judgement {
  const [first] = open;
  if (!first) {
    const { subject, issuer, notAfter } = certificate.quotes;
    const quotes = [...set, ...subject, ...issuer, ...notAfter];
    return {
      verdict: 'healthy',
      reason: `certificate ${name} names the address that the phone calls; it is ${summary}`,
      evidence: quotes.filter((quote, at) => quotes.findIndex((each) => isSame(each, quote)) === at),
    };
  }
  const tolerable = open.every((each) => each.tolerable);
  return {
    verdict: 'unknown',
    reason: open.map(({ what }) => what).join('; '),
    need: `who signed ${name}, until when it is valid, and which names it holds; or the debug output of one login, which shows whether the phone accepts it`,
    commands: 'debug-recipe',
    ...(tolerable ? { allowsHealthyCase: true } : {}),
  };
}

function isSame(one: Quote, other: Quote): boolean {
  return one.source === other.source && one.line === other.line;
}

function notLookedInto(name: string, fact: Fact<PushCertificate>): Judgement {
  if (fact.state === 'conflicting') return withoutFact('pushCertificate', fact);
  const reason = fact.state === 'unknown' ? fact.reason : 'it is not known here';
  return {
    verdict: 'unknown',
    reason: `\`server-cert\` is ${name}, and ${reason}`,
    need: `who signed ${name}, until when it is valid, and which names it holds`,
    commands: FACT_COMMANDS.pushCertificate,
  };
}
