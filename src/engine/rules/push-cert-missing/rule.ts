import { defaultCertificate } from '../../facts/push/push-service.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { configBlock, describedFix, globalFix, quoteValue } from '../shared/fix.ts';
import { phoneRefusal } from '../shared/phone-tls.ts';
import { fortiosName } from '../shared/push-address.ts';
import { knowsCertificate } from '../shared/push-fields.ts';

export const rule = defineRule({
  id: 'push-cert-missing',
  title: 'FTM push has no certificate: `server-cert` is empty',
  severity: 'critical',
  hop: 'tls',
  number: 5,
  forCustomer: 'the certificate that phones need to answer safely is missing',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose push has no certificate',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    [
      'which-certificate',
      'A certificate of FortiOS is enough: `Fortinet_Factory`, from 7.4.4 on `Fortinet_GUI_Server`.',
    ],
    [
      'buy',
      'A certificate need not be bought: `Fortinet_Factory`, from 7.4.4 on `Fortinet_GUI_Server`, belongs to FortiOS.',
    ],
    NEXT_LOGIN,
    [
      'choice',
      'A certificate of FortiOS is enough: `Fortinet_Factory`, from 7.4.4 on `Fortinet_GUI_Server`.',
    ],
    ['where', '`server-cert` in `config system ftm-push` names the certificate of push.'],
    [
      'verify',
      '`show full-configuration system ftm-push` shows the name in `server-cert`; one approval then proves it.',
    ],
    [
      'elsewhere',
      'A phone whose app accepts an unverified server gets through; the others stop at the certificate.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['certificate unfilled', 'approve|pushSettings|notValidated'],
      also: ['notValidated', 'pushSettings', 'approve'],
      not: ['fortiauthenticator'],
      title: 'FTM push has no certificate: `server-cert` is empty',
      fix: 'Look with `show full-configuration system ftm-push`: `set server-cert \'\'` means that the FortiGate shows the app no certificate. Type `config system ftm-push`, `set server-cert "Fortinet_Factory"`, `end` (from 7.4.4 the certificate is called `Fortinet_GUI_Server`). Nothing has to be changed on the phones.',
      decided: {
        all: ['certificate unfilled'],
        fix: describedFix(
          'system ftm-push',
          ['set server-cert "<shipped-certificate>"'],
          ['x'],
          'From 7.4.4 on the certificate that FortiOS brings is called `Fortinet_GUI_Server`, before `Fortinet_Factory`. Nothing has to be changed on the phones.',
        ),
      },
    },
  ],
  needs: ['pushService'],
  wants: ['attempts', 'looseCallbacks'],
  versions: '6.4.0 and later (6.2 has no such field)',
  references: ['KB277343', 'KB201261'],
  refutedByPassing: 'tls',
  check({ pushService, attempts, looseCallbacks }, context) {
    const cert = pushService.value.serverCert;
    if (!cert || !knowsCertificate(context.version, pushService.value)) {
      return notApplicable(`${fortiosName(context)} has no \`server-cert\``);
    }
    if (cert.value !== '') {
      // Word for word what the rule about its issuer says, so that a list names it once.
      const shipped = isShippedCertificate(cert.value) ? ', which FortiOS ships for this' : '';
      return healthy(`\`server-cert\` is ${cert.value}${shipped}`, cert.quotes);
    }
    const refusal = phoneRefusal(attempts, looseCallbacks);
    const name = defaultCertificate(context.version);
    return broken('certain', {
      title: 'FTM push has no certificate: `server-cert` is empty',
      summary: `\`server-cert\` of \`system ftm-push\` is empty. After Approve the phone opens a TLS connection to the FortiGate, gets no certificate it can check, and the app shows “invalid server certificate”.${
        refusal ? ` The log shows the phone breaking off with the TLS alert \`${refusal.alert}\`.` : ''
      }`,
      evidence: [...cert.quotes, ...(refusal?.quotes ?? [])],
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', [`set server-cert ${quoteValue(name)}`]),
        undo: configBlock('system ftm-push', ["set server-cert ''"]),
        verify: ['show full-configuration system ftm-push'],
        ...(context.version
          ? {}
          : { note: 'From 7.4.4 on the default certificate is called `Fortinet_GUI_Server`.' }),
      }),
      explains: ['push-cert-untrusted'],
    });
  },
});
