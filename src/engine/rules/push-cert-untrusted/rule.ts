import type { Quote } from '../../evidence/types.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { FACTS, type FactValues } from '../../facts/facts.ts';
import type { PushCertificate, ShownCertificate } from '../../facts/push/push-certificate-values.ts';
import { defaultCertificate } from '../../facts/push/push-service.ts';
import type { PushService } from '../../facts/values.ts';
import { isIpAddress } from '../../fortios/address.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable, undecided } from '../define-rule.ts';
import type { Confidence, Fix, Judgement, RuleContext } from '../rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { callbackAddress } from '../shared/callback-interface.ts';
import { CERTIFICATE } from '../shared/changes.ts';
import { APPROVE_VOID, PRIVATE_CA } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix, quoteValue } from '../shared/fix.ts';
import { facPushes } from '../shared/fortiauthenticator.ts';
import { type PhoneRefusal, phoneAcceptance, phoneRefusal } from '../shared/phone-tls.ts';
import { fortiosName, pushAddress } from '../shared/push-address.ts';
import { knowsCertificate } from '../shared/push-fields.ts';
import { listAddresses } from '../shared/wan-interfaces.ts';
import { type Assessment, assess, type Problem } from './problems.ts';

export const rule = defineRule({
  id: 'push-cert-untrusted',
  title: 'The phone does not trust the FortiGate’s certificate',
  severity: 'high',
  hop: 'tls',
  number: 6,
  forCustomer: 'phones do not trust the certificate that protects their answer',
  disturbs: 'nobody: only push',
  stops: 'every user with push',
  afterChange: [
    [
      CERTIFICATE,
      'first look at the certificate that was put in place then: its name, its CA and its chain.',
    ],
  ],
  place: 'on the FortiGate, whose certificate the phone refuses',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\b(?:break|change|affect|touch|kaputt|stört|betrifft|afecta|casse|touche|tocca|raakt|afeta)\w{0,3}\b.{0,30}\bVPN\b/i,
      '`server-cert` of `ftm-push` is a setting of its own: the certificate of the VPN stays as it is.',
    ],
    [
      /\bCA\b.{0,50}\b(?:phones?|Handys|devices)|\b(?:phones?|Handys)\b.{0,50}\bCA\b/i,
      'The phones stay as they are: the certificate on the FortiGate has to be changed.',
    ],
    [
      /\bwh(?:at|ich) (?:kind|sort|type) of cert/i,
      'Push needs a certificate of FortiOS, or one of a public CA for the name in `server`: an IP address there has to become a name first.',
    ],
    [
      'which-certificate',
      '`server-cert` needs a certificate of FortiOS, or one of a public CA with its chain for the name in `server`; an IP address in `server` becomes a name first.',
    ],
    ['change', 'The FortiGate has to be changed: the certificate of push, `server-cert`.'],
    [
      /unverified|\bverif/i,
      'The setting of the app works at once, but the app then cannot detect an attacker in between; a trusted certificate is better.',
    ],
    [
      'buy',
      'A certificate need not be bought: FortiOS has its own (`Fortinet_Factory`, from 7.4.4 `Fortinet_GUI_Server`); a public one can be free, too.',
    ],
    ['who', 'Every phone gets the same certificate, so every user with push is concerned.'],
    NEXT_LOGIN,
    [
      'elsewhere',
      'All phones get the same certificate; whether one accepts it depends on the authorities that the phone trusts and on the setting of its app.',
    ],
    ['verify', 'Name, end date and chain of `server-cert` show it: the name has to be the one in `server`.'],
    ['where', '`server-cert` in `config system ftm-push` names the certificate of push.'],
    [
      'prevent',
      'A certificate has an end date, so a reminder is useful: its successor has to be in `server-cert` before that day.',
    ],
    [
      'choice',
      'A certificate of FortiOS suits any address; a public one needs a name in `server`, which it has to hold.',
    ],
    [
      'own-change',
      'A new certificate, a new name in `server` or an end date that has passed makes phones refuse it.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: [
        'privateCa !not !clientCertificate',
        'certificate changed|swapped / certificate privateCa',
        'notValidated',
        'pushSettings publicAddress !hostName',
      ],
      not: ['fortiauthenticator', 'certificate unfilled'],
      confidence: 'likely',
      title: 'The phones do not trust the certificate that the FortiGate shows for push',
      fix: 'Phones know public authorities and Fortinet, not a CA of your own. `server` holds the IP address <public-address>, and public CAs issue certificates for names: give the address a public DNS name, get a certificate of a public CA for that name, import it with its chain, and set both in `config system ftm-push`: `server` to the name and `server-cert` to the new certificate. Until then the certificate of FortiOS works: `Fortinet_Factory`, from 7.4.4 on `Fortinet_GUI_Server`. On the phones nothing has to be installed.',
    },
    {
      all: ['notValidated', 'approve|request', 'app|phone'],
      or: [
        ['notValidated', 'privateCa|certificateChain', 'approve|app|phone'],
        ['notValidated', 'certificateOver', 'approve|app|phone'],
        [
          'approve|app certificate',
          'pushSettings|certificate certificateOver|privateCa|certificateChain',
          'approve',
          'pushSettings',
        ],
        ['certificate privateCa|certificateChain', APPROVE_VOID],
        ['certificate certificateOver', APPROVE_VOID],
      ],
      also: ['privateCa|certificateChain', 'certificateOver certificate'],
      not: ['fortiauthenticator', 'certificate unfilled'],
      title: 'The phones do not trust the certificate that the FortiGate shows for push',
      fix: 'Look with `show system ftm-push` which certificate `server-cert` names, and on its page who issued it, for which name and until when. Choose one of a public CA that holds the name in `server`, with its whole chain, or go back to `Fortinet_Factory`. For one user the setting “Allow connection to an unverified server” of the app helps until then.',
      decided: {
        all: ['certificate privateCa', `notValidated / ${APPROVE_VOID}`],
        or: [
          ['certificate certificateOver', `notValidated / ${APPROVE_VOID}`],
          ['privateCa', 'certificate changed|swapped', 'notValidated'],
        ],
        fix: describedFix(
          'system ftm-push',
          ['set server-cert "<shipped-certificate>"'],
          ['set server-cert "<certificate>"'],
          'Phones know public authorities and Fortinet, not a CA of your own: nothing has to be installed on them. If no certificate of Fortinet is wanted, import one of a public CA for the name in `server`, with its chain, and name that one here. From 7.4.4 on the certificate that FortiOS brings is called `Fortinet_GUI_Server`, before `Fortinet_Factory`.',
        ),
      },
    },
  ],
  needs: ['pushService'],
  wants: [
    'pushCertificate',
    'interfaces',
    'liveAddresses',
    'attempts',
    'looseCallbacks',
    'userNotices',
    'described',
    'pushdEvents',
  ],
  versions: '6.4.0 and later',
  references: ['KB201261', 'KB301058'],
  undecidedIsNotHealthy: true,
  checkPartial({ pushService, attempts, looseCallbacks }, context) {
    if (pushService.state === 'known') return undefined;
    const refusal = phoneRefusal(attempts, looseCallbacks);
    if (refusal) return judgeRefused(refusal, undefined, undefined, context);
    return judgeAccepted(attempts, looseCallbacks);
  },
  check(facts, context) {
    const { pushCertificate, attempts, looseCallbacks, userNotices, pushdEvents } = facts;
    const service = facts.pushService.value;
    const cert = service.serverCert;
    if (cert?.value === '') return notApplicable('no certificate is set at all');
    const refusal = phoneRefusal(attempts, looseCallbacks);
    const push = valueIfKnown(pushCertificate);
    const { name = '', certificate, chain = [] } = push ?? {};
    const assessment =
      certificate &&
      assess({ name, certificate, chain }, calledAddresses(facts, service, context), context.readAt);
    const problems = assessment?.problems ?? [];
    if (refusal) {
      const privateCa = statedQuote(PRIVATE_CA, facts.described);
      return problems.length > 0
        ? rejectedCertificate(problems, service, refusal, context)
        : judgeRefused(refusal, cert?.value, service, context, privateCa);
    }
    const inLog = judgeAccepted(attempts, looseCallbacks);
    if (inLog) return inLog;
    if (!cert || !knowsCertificate(context.version, service)) {
      return notApplicable(`${fortiosName(context)} has no \`server-cert\``);
    }
    if (isShippedCertificate(cert.value)) {
      return healthy(`\`server-cert\` is ${cert.value}, which FortiOS ships for this`, cert.quotes);
    }
    if (problems.length > 0) return rejectedCertificate(problems, service, undefined, context);
    const said = valueIfKnown(userNotices)?.find((each) => each.kind === 'certificate-refused');
    // The app shows the same message for FortiAuthenticator's certificate if that sends the pushes
    // (fac-certificate-untrusted).
    if (said && facPushes(attempts, pushdEvents).length === 0) {
      return judgeRefused({ quotes: [said.quote, ...cert.quotes] }, cert.value, service, context);
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
  return on && listAddresses(on, valueIfKnown(liveAddresses));
}

function judgeAccepted(
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
  return undecided({
    reason: open.map(({ what }) => what).join('; '),
    need: `${whatIsAsked(name)}; or the debug output of one login, which shows whether the phone accepts it`,
    commands: 'debug-recipe',
    allowsHealthyCase: open.every(({ tolerable }) => tolerable) ? true : undefined,
  });
}

function notChecked(name: string, fact: Fact<PushCertificate>): Judgement {
  if (fact.state === 'conflicting') return judgeWithoutFact('pushCertificate', fact);
  const reason = fact.state === 'unknown' ? fact.reason : 'it is not known here';
  return undecided({
    reason: `\`server-cert\` is ${name}, and ${reason}`,
    need: whatIsAsked(name),
    commands: FACTS.pushCertificate.commands,
  });
}

function whatIsAsked(name: string): string {
  return `the issuer, the expiry date and the names of certificate ${name}`;
}

const APP_SETTING =
  'Until then: in FortiToken Mobile, Settings, “Allow connection to an unverified server” lets the answer through, but the app then cannot detect an attacker in between.';

/** Finding for a certificate that phones must reject; `refusal` is a recorded rejection. */
function rejectedCertificate(
  problems: readonly Problem[],
  service: PushService,
  refusal: PhoneRefusal | undefined,
  context: RuleContext,
): Judgement {
  const cert = service.serverCert;
  const [first, ...others] = problems;
  const about = [
    ...(first?.detail === undefined ? [] : [first.detail]),
    ...others.map(({ sentence }) => sentence),
  ];
  const seen = refusal
    ? ` ${whose(refusal)} ended the TLS connection with the alert \`${refusal.alert}\`.`
    : '';
  return broken(refusal ? 'certain' : highestConfidence(problems), {
    title: first?.title ?? 'The phone does not trust the FortiGate’s certificate',
    summary: [
      `After Approve the phone opens a TLS connection to the FortiGate and checks certificate ${cert?.value ?? ''}.`,
      ...about,
      `If the phone refuses the certificate, the answer never arrives.${seen}`,
    ].join(' '),
    evidence: distinct([
      ...problems.flatMap(({ quotes }) => quotes),
      ...(refusal?.quotes ?? []),
      ...(cert?.quotes ?? []),
      ...(problems.some(({ kind }) => kind === 'name') ? (service.server?.quotes ?? []) : []),
    ]),
    fix: anotherCertificate(cert?.value ?? '', problems, context),
  });
}

/** Removes repeated quotes: several facts of a PEM certificate rest on the same line. */
function distinct(quotes: readonly Quote[]): readonly Quote[] {
  return [...new Map(quotes.map((quote) => [`${quote.line} ${quote.source}`, quote])).values()];
}

function highestConfidence(problems: readonly Problem[]): Confidence {
  return problems.some(({ confidence }) => confidence === 'likely') ? 'likely' : 'possible';
}

function anotherCertificate(cert: string, problems: readonly Problem[], context: RuleContext): Fix {
  const keep = problems.every(({ kind }) => kind === 'time')
    ? `Or renew ${cert} under the same name.`
    : 'Or use your own certificate, signed by a public CA, with its chain, and issued for the name in `server`.';
  const hints = problems.flatMap(({ hint }) => hint ?? []);
  return shippedInstead(cert, [keep, ...hints].join(' '), context);
}

function shippedInstead(cert: string, note: string, context: RuleContext): Fix {
  return globalFix(context, {
    apply: configBlock('system ftm-push', [
      `set server-cert ${quoteValue(defaultCertificate(context.version))}`,
    ]),
    undo: configBlock('system ftm-push', [`set server-cert ${quoteValue(cert)}`]),
    verify: ['show full-configuration system ftm-push'],
    note: `${note} ${APP_SETTING}`,
  });
}

const UNKNOWN_CA = 'unknown_ca';

/** Public CAs issue certificates for names. */
function nameFor(address: string | undefined): string {
  return address !== undefined && isIpAddress(address)
    ? `a public DNS name of ${address} (set \`server\` to that name first)`
    : (address ?? 'the name in `server`');
}

/** What an alert says of the certificate; the others fit several faults. */
const WRONG: Readonly<Record<string, string>> = {
  [UNKNOWN_CA]:
    'phones do not know the CA that signed it, a private one or one whose intermediate certificate is not sent',
  certificate_expired: 'it is expired, or not valid yet',
};

/** Finding for a certificate that a phone or the app rejected for an unknown reason. */
function judgeRefused(
  refusal: Omit<PhoneRefusal, 'alert'> & { readonly alert?: string },
  cert: string | undefined,
  service: PushService | undefined,
  context: RuleContext,
  privateCa?: Quote,
): Judgement {
  const custom = cert !== undefined && !isShippedCertificate(cert);
  const address = service && callbackAddress(service);
  // The alert says that the certificate is refused, and a login that a phone sent it.
  return broken(refusal.alert !== undefined && refusal.user !== undefined ? 'certain' : 'likely', {
    title: !custom
      ? `${whose(refusal)} refused the FortiGate’s certificate`
      : refusal.alert === UNKNOWN_CA || privateCa
        ? `${whose(refusal)} does not know the CA of ${cert}, the \`server-cert\` of push`
        : `${whose(refusal)} refused ${cert}, the \`server-cert\` of push`,
    summary: `${
      refusal.alert === undefined
        ? `The app says that it cannot validate the server certificate, so the answer never arrived.`
        : `${whose(refusal)} ended the TLS connection with the alert \`${refusal.alert}\`, so the answer never arrived.`
    } ${
      custom && privateCa
        ? `The certificate is \`${cert}\`, from a CA of the company, which phones do not know.`
        : custom
          ? `The certificate is \`${cert}\`: ${WRONG[refusal.alert ?? ''] ?? `it may be signed by a private CA, expired, sent without its chain, or issued for another name than ${address ?? 'the callback address'}`}.`
          : cert === undefined
            ? 'The evidence does not show which certificate the FortiGate used; an empty `server-cert` looks the same in the evidence.'
            : `The certificate is \`${cert}\`, which the app normally accepts. A device between phone and firewall may present another certificate.`
    }`,
    evidence: [...refusal.quotes, ...(custom && privateCa ? [privateCa] : [])],
    fix:
      custom && privateCa
        ? `Get a certificate of a public CA for ${nameFor(address)}, import it with its chain, and name it in \`server-cert\` of \`config system ftm-push\`. On the phones nothing has to be installed. Until then the certificate of FortiOS works as well (\`set server-cert "${defaultCertificate(context.version)}"\`).`
        : custom
          ? shippedInstead(
              cert,
              `Or use another certificate of your own, signed by a public CA, with its chain, and issued for the name in \`server\`.${refusal.alert === UNKNOWN_CA ? ' Change nothing on the phones.' : ''}`,
              context,
            )
          : `Look at \`server-cert\` in \`show full-configuration system ftm-push\`: it must be a certificate of FortiOS, or one from a public CA issued for the name in \`server\`. ${APP_SETTING}`,
  });
}

function whose({ user }: Pick<PhoneRefusal, 'user'>): string {
  return user === undefined ? 'The phone' : `${user}’s phone`;
}
