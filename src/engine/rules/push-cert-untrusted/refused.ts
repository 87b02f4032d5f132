import type { Quote } from '../../evidence/types.ts';
import { defaultCertificate } from '../../facts/push/push-service.ts';
import type { PushService } from '../../facts/values.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import type { Confidence, Fix, Judgement, RuleContext } from '../rule.ts';
import { callbackAddress } from '../shared/callback-interface.ts';
import { configBlock, globalFix, noCliFix, quoted } from '../shared/fix.ts';
import type { PhoneRefusal } from '../shared/phone-tls.ts';
import type { Problem } from './problems.ts';

const APP_SETTING =
  'Until then: in FortiToken Mobile, Settings, “Allow connection to an unverified server” lets the answer through, but the app then cannot detect an attacker in between.';

/** Finding for a certificate that phones must reject; `refusal` is a recorded rejection. */
export function rejectedCertificate(
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
  return {
    verdict: 'broken',
    confidence: refusal ? 'certain' : highestConfidence(problems),
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
  };
}

/** Removes repeated quotes: several facts of a PEM certificate rest on the same line. */
export function distinct(quotes: readonly Quote[]): readonly Quote[] {
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
    apply: configBlock('system ftm-push', [`set server-cert ${quoted(defaultCertificate(context.version))}`]),
    undo: configBlock('system ftm-push', [`set server-cert ${quoted(cert)}`]),
    verify: ['show full-configuration system ftm-push'],
    note: `${note} ${APP_SETTING}`,
  });
}

/** Finding for a certificate that a phone or the app rejected for an unknown reason. */
export function refused(
  refusal: Omit<PhoneRefusal, 'alert'> & { readonly alert?: string },
  cert: string | undefined,
  service: PushService | undefined,
  context: RuleContext,
): Judgement {
  const custom = cert !== undefined && !isShippedCertificate(cert);
  const address = service && callbackAddress(service);
  return {
    verdict: 'broken',
    confidence: custom ? 'likely' : 'possible',
    title: `${whose(refusal)} refused the FortiGate’s certificate`,
    summary: `${
      refusal.alert === undefined
        ? `The app says that it cannot validate the server certificate, so the answer never arrived.`
        : `${whose(refusal)} ended the TLS connection with the alert \`${refusal.alert}\`, so the answer never arrived.`
    } ${
      custom
        ? `The certificate is \`${cert}\`: it may be signed by a private CA, expired, sent without its chain, or issued for another name than ${address ?? 'the callback address'}.`
        : cert === undefined
          ? 'The evidence does not show which certificate the FortiGate used; an empty `server-cert` looks the same in the evidence.'
          : `The certificate is \`${cert}\`, which the app normally accepts. A device between phone and firewall may present another certificate.`
    }`,
    evidence: refusal.quotes,
    fix: custom
      ? shippedInstead(
          cert,
          'Or use another certificate of your own, signed by a public CA, with its chain, and issued for the name in `server`.',
          context,
        )
      : noCliFix(
          `Look at \`server-cert\` in \`show full-configuration system ftm-push\`: it must be a certificate of FortiOS, or one from a public CA issued for the name in \`server\`. ${APP_SETTING}`,
        ),
  };
}

function whose({ user }: Pick<PhoneRefusal, 'user'>): string {
  return user === undefined ? 'The phone' : `${user}’s phone`;
}
