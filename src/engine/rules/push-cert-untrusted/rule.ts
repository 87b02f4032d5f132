import type { Quote } from '../../evidence/types.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { FACTS } from '../../facts/fact-list.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { PushCertificate, ShownCertificate } from '../../facts/push/push-certificate-values.ts';
import type { PushService } from '../../facts/values.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import { defineRule, healthy, judgeWithoutFact } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { facPushes } from '../shared/fortiauthenticator.ts';
import { phoneAcceptance, phoneRefusal } from '../shared/phone-tls.ts';
import { fortiosName, pushAddress } from '../shared/push-address.ts';
import { knowsCertificate } from '../shared/push-fields.ts';
import { addressesOf } from '../shared/wan-interfaces.ts';
import { type Assessment, assess } from './problems.ts';
import { distinct, refused, rejectedCertificate } from './refused.ts';

export const rule = defineRule({
  id: 'push-cert-untrusted',
  title: 'The phone does not trust the FortiGate’s certificate',
  severity: 'high',
  hop: 'tls',
  number: 6,
  forCustomer: 'phones do not trust the certificate that protects their answer',
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
  references: ['KB201261', 'KB301058'],
  undecidedIsNotHealthy: true,
  checkPartial({ pushService, attempts, looseCallbacks }, context) {
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
    const push = valueIfKnown(pushCertificate);
    const { name = '', certificate, chain = [] } = push ?? {};
    const assessment =
      certificate &&
      assess({ name, certificate, chain }, calledAddresses(facts, service, context), context.readAt);
    const problems = assessment?.problems ?? [];
    if (refusal) {
      return problems.length > 0
        ? rejectedCertificate(problems, service, refusal, context)
        : refused(refusal, cert?.value, service, context);
    }
    const inLog = accepted(attempts, looseCallbacks);
    if (inLog) return inLog;
    if (!cert || !knowsCertificate(context.version, service)) {
      return { verdict: 'not-applicable', reason: `${fortiosName(context)} has no \`server-cert\`` };
    }
    if (isShippedCertificate(cert.value)) {
      return healthy(`\`server-cert\` is ${cert.value}, which FortiOS ships for this`, cert.quotes);
    }
    if (problems.length > 0) return rejectedCertificate(problems, service, undefined, context);
    const said = valueIfKnown(userNotices)?.find((each) => each.kind === 'certificate-refused');
    // The app shows the same message for FortiAuthenticator's certificate if that sends the pushes
    // (fac-certificate-untrusted).
    if (said && facPushes(attempts, pushdEvents).length === 0) {
      return refused({ quotes: [said.quote, ...cert.quotes] }, cert.value, service, context);
    }
    return certificate && assessment
      ? withoutProblem(name, certificate, assessment, cert.quotes)
      : notChecked(cert.value, pushCertificate);
  },
});

type CheckedFacts = { readonly [K in 'interfaces' | 'liveAddresses']: Fact<FactValues[K]> };

/** The address that the phone is told to call; for an interface, every known address of it. */
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
  return quote && healthy('a phone completed the TLS handshake', [quote]);
}

/** No known reason for phones to reject it. */
function withoutProblem(
  name: string,
  { quotes }: ShownCertificate,
  { open, summary }: Assessment,
  set: readonly Quote[],
): Judgement {
  if (open.length === 0) {
    return healthy(
      `certificate ${name} names the callback address; it is ${summary}`,
      distinct([...set, ...quotes.subject, ...quotes.issuer, ...quotes.notAfter]),
    );
  }
  return {
    verdict: 'unknown',
    reason: open.map(({ what }) => what).join('; '),
    need: `${whatIsAsked(name)}; or the debug output of one login, which shows whether the phone accepts it`,
    commands: 'debug-recipe',
    allowsHealthyCase: open.every(({ tolerable }) => tolerable) ? true : undefined,
  };
}

function notChecked(name: string, fact: Fact<PushCertificate>): Judgement {
  if (fact.state === 'conflicting') return judgeWithoutFact('pushCertificate', fact);
  const reason = fact.state === 'unknown' ? fact.reason : 'it is not known here';
  return {
    verdict: 'unknown',
    reason: `\`server-cert\` is ${name}, and ${reason}`,
    need: whatIsAsked(name),
    commands: FACTS.pushCertificate.commands,
  };
}

function whatIsAsked(name: string): string {
  return `the issuer, the expiry date and the names of certificate ${name}`;
}
