import type { Attempt } from '../../facts/attempt.ts';
import { secondsBetween } from '../../facts/attempts/event-ref.ts';
import { broken, defineRule } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { describedFix } from '../shared/fix.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { acceptedAnswer } from '../shared/saml-logins.ts';
import { countOfLogins, failedWith, isClientId, listQuotes, REFUSAL_RULES } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-timeout',
  title: 'The FortiGate had no answer of the identity provider when the tunnel was built',
  severity: 'medium',
  hop: 'login',
  number: 135,
  forCustomer: 'too much time passed between the sign-in and the connection',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, which had no answer of the identity provider when the tunnel was built',
  answers: [
    ['change', '`remoteauthtimeout` has to be raised if a quick login works.'],
    [
      'which-value',
      '`remoteauthtimeout` is the value to raise if a quick login works; 60 s is usual, 300 s the highest.',
    ],
    ['duration', 'The new value counts from the next login on.'],
    ['where', '`remoteauthtimeout` is in `config system global`; 60 s is usual for slow second steps.'],
    ['elsewhere', 'A login works where the sign-in is complete before the FortiGate stops waiting.'],
    ['verify', 'A sign-in that takes a while shows it: the tunnel has to come up.'],
    ['choice', '60 s are usual where a second step is slow.'],
    ['prevent', '60 s for `remoteauthtimeout` leave time for a slow second step.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['saml', 'quickly works', 'slow'],
      or: [
        ['saml|factor slow|seconds5 gaveUp|fails|void', 'remoteAuthTimeout|factor|seconds5'],
        ['saml slow', 'fails|not', 'quickly'],
        ['saml', 'slow fails|not', 'quickly|works'],
      ],
      also: ['quickly works', 'slow fails|not', 'saml works', 'others works'],
      not: [
        'fortiauthenticator',
        'signedRelease',
        'clock clockOff',
        'sessionEnded',
        'certificate',
        'radiusServer',
      ],
      title: 'The FortiGate stops waiting before the answer of the identity provider is there',
      fix: 'Look at `remoteauthtimeout` (`show full-configuration system global | grep remoteauthtimeout`): it is 5 seconds unless it was raised. Set it to the time that people need, for example `config system global`, `set remoteauthtimeout 60`; SSL VPN also has `login-timeout` under `config vpn ssl settings`. A first enrolment of the second factor is better done in a browser beforehand.',
      decided: {
        all: ['saml|page slow fails|not', 'quickly works'],
        fix: describedFix(
          'system global',
          ['set remoteauthtimeout 60'],
          ['unset remoteauthtimeout'],
          'It is 5 seconds unless it was raised; SSL VPN also has `login-timeout` under `config vpn ssl settings`. A first enrolment of the second factor is better done in a browser beforehand.',
        ),
      },
    },
  ],
  needs: ['attempts'],
  wants: ['global', 'shownSettings'],
  versions: 'all with SAML for IPsec',
  references: ['KB199448'],
  check({ attempts, global, shownSettings }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'no-server-to-ask',
      (_, { trace: { vpn, signs }, user }) =>
        vpn === 'ike' &&
        !signs['saml-cached'] &&
        (isClientId(user) || (signs['saml-cache-entry'] ?? signs['saml-attribute']) !== undefined),
    );
    const [first] = shown;
    if (!first) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const { signs } = first.login.trace;
    const created = (signs['saml-cache-entry'] ?? signs['saml-attribute'])?.at(-1);
    const setting = oneSetting(
      global,
      ({ remoteAuthTimeout }) => remoteAuthTimeout,
      shownSettings,
      'system global remoteauthtimeout',
      Number,
    );
    const limit = setting.state === 'known' ? setting.value : undefined;
    const times = measureTimes(first.login, first.seen.at);
    const tooLate = limit && times && times.tunnel > limit.value ? times : undefined;
    const wanted = tooLate && Math.min(300, Math.ceil((tooLate.tunnel + MARGIN_S) / 30) * 30);
    return broken('possible', {
      title: 'The FortiGate had no answer of the identity provider when the tunnel was built',
      summary: `${nameClient(first.login)} came with FortiClient’s SAML identifier, and fnbamd found no answer of the identity provider for it (result 5). ${countOfLogins(logins, attempts.value)} failed this way. ${
        times && created
          ? `The answer came after ${times.answer} s, the tunnel at ${times.tunnel} s${limit ? `; \`remoteauthtimeout\` is ${limit.value} s` : ''}.`
          : created
            ? 'An answer had come before; it may have expired.'
            : 'The log does not show the SAML part, so the answer may have expired, or never have come.'
      }`,
      evidence: [
        ...listQuotes(shown),
        ...(created ? [created.quote] : []),
        ...(tooLate ? [tooLate.asked.quote, ...(limit?.quotes ?? [])] : []),
      ],
      fix:
        wanted === undefined
          ? {
              todo: `Let the user log in again and answer the identity provider quickly. If that works, the time was too short: \`remoteauthtimeout\` in \`config system global\` limits it (${limit ? `${limit.value} s here` : '5 s by default'}); for slow second steps 60 s is usual. If it never works, record the debug of samld and authd too: whether the browser’s part arrives decides.`,
              asksForLogin: true,
            }
          : {
              todo: `Set \`remoteauthtimeout ${wanted}\` in \`config system global\` (${limit?.value} s here): this login needed ${tooLate?.tunnel} s. FortiOS then waits longer for every authentication server, and SSL VPN for 10 times as long. Then let the user log in again; if quick logins fail too, the time is not the cause.`,
              asksForLogin: true,
            },
      explains: REFUSAL_RULES,
    });
  },
});

/** Seconds added to what a person needed. */
const MARGIN_S = 15;

/** Seconds from the request to the identity provider to its answer and to the tunnel, which the log times. */
function measureTimes({ trace: { signs } }: Attempt, end: number | undefined) {
  const jobs = signs['saml-job'] ?? [];
  const asked = jobs.findLast(({ fields }) => fields.command === '0');
  const answered = jobs.findLast(({ fields }) => fields.command === '2');
  const answer = secondsBetween(asked?.at, answered?.at);
  const tunnel = secondsBetween(asked?.at, end);
  return asked && answer !== undefined && tunnel !== undefined ? { asked, answer, tunnel } : undefined;
}

/** The person whom the answer names, else the client. */
function nameClient({ user }: Attempt): string {
  return isClientId(user) ? 'A client' : user;
}
