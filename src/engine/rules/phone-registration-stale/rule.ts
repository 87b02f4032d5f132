import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { CODE_WORKS, NEW_ANDROID, NEW_IPHONE, NO_PUSH } from '../shared/described-symptoms.ts';

import { isAskedAbout, loginsInQuestion, nameList } from '../shared/logins.ts';
import { vpnUsers } from '../shared/second-factor.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'phone-registration-stale',
  title: 'No phone is registered for pushes, or an old one is',
  severity: 'high',
  hop: 'notification',
  number: 41,
  forCustomer: 'the phone was changed or set up anew, and the old one is still on record',
  disturbs: 'only this account',
  place: 'in the token, which is not registered for pushes to this phone',
  stops: 'one account',
  answers: [
    [
      /\b(?:backup|i?cloud|restor\w+|Sicherung|sauvegarde|copia de seguridad|ripristin\w+|cópia|back-?up)\b/i,
      'A backup of the phone is not enough: the same token has to be provisioned to the new phone.',
    ],
    [
      /\b(?:was|what)\b.{0,30}\b(?:bestellen|order|ask for|request)\b/i,
      'The same token has to be provisioned to the new phone again.',
    ],
    [
      /\b(?:log(?: him| her)? out|sign out|abmelden)\b.{0,30}\b(?:old|alten)\b/i,
      'A logout from the old phone is not enough: the same token has to be provisioned to the new phone.',
    ],
    [
      'tell',
      'The user can be told to keep the old phone, whose codes work, until the new activation code was scanned on the new one.',
    ],
    [
      /^(?=.*\btokens?\b)(?=.*(?:passw|contrase|Kennw|mot de passe|senha|wachtw))/iu,
      'Neither the password nor the token is the fault: the push goes to the phone that is registered for the token, and that is the old one.',
    ],
    ['buy', 'A licence is not needed for a new phone.'],
    [['token', 'choice'], 'The same token stays: it has to be provisioned to the phone again.'],
    ['change', 'The token has to be provisioned to the phone again on the FortiGate; no setting changes.'],
    ['meanwhile', 'The user can type the code that the app shows.'],
    ['reinstall', 'The app can stay as it is: the token has to be provisioned to the phone again.'],
    [
      'place',
      'Phone and FortiGate work: the token is still registered for another phone or app, and has to be provisioned again.',
    ],
    ['prevent', 'A new phone needs the token provisioned to it again, so an exchange is worth announcing.'],
    [
      'elsewhere',
      'Codes come from the token in the app; a push goes only to the phone that the token has registered.',
    ],
    [
      'own-change',
      'A new phone or a new installation of the app leaves the registration of the old one on the FortiGate.',
    ],
    ['verify', 'A push after the activation shows it: the new phone has to ring.'],
    ['where', 'The token is provisioned again from the entry of the user or of the token on the FortiGate.'],
    ['duration', 'The activation takes a minute once the user has it; it is valid for 72 hours by default.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['old phone shows', 'new phone', CODE_WORKS],
      or: [
        ['old request|phone|app shows|arrives', 'newPhone|new phone|changed phone|restored', CODE_WORKS],
        ['old request|phone shows|arrives', 'newPhone|changed phone', 'request not|still'],
        ['old phone request|shows|silent', 'new|restored phone', NO_PUSH],
        [
          'old phone request shows|arrives|landsElsewhere !not / old phone rings !not',
          'newPhone / new phone',
        ],
      ],
      also: [NO_PUSH, 'restored|reinstalled', 'old phone approve works', 'unfilled|listEmpty'],
      confidence: 'likely',
      title: 'The push goes to the old phone, which is still registered for it',
      fix: 'Provision the token to the new phone again: “User & Authentication > FortiTokens”, “Provision” on the FortiGate, then scan the new activation code on the phone. A backup brings at most the codes to a new phone, never the registration for pushes. Until then the user types the code.',
    },
    {
      all: ['newPhone / reinstalled / phone|app restored / old phone', CODE_WORKS, NO_PUSH],
      also: ['restored|reinstalled', 'others works|shows', 'old phone'],
      not: ['old phone shows', 'cloudToken|fortiauthenticator', 'ikev1|ikev2'],
      title: 'The new phone or the restored app is not registered for pushes',
      fix: 'Provision the token to the phone again: “User & Authentication > FortiTokens”, “Provision” on the FortiGate, then scan the new activation code in the app. A backup or a transfer brings the codes to a phone, not the registration for pushes. Until then the user types the code.',
      decided: {
        all: ['newPhone', 'restored|phone still', CODE_WORKS, NO_PUSH],
        fix: 'Provision the same token to the phone again: “User & Authentication > FortiTokens”, “Provision” on the FortiGate, then scan the new activation code in the app. A backup or a transfer brings the codes to a phone, not the registration for pushes. Until then the user types the code.',
      },
    },
  ],
  needs: [],
  wants: [
    'tokenConfigs',
    'tokenStates',
    'localUsers',
    'attempts',
    'userNotices',
    'described',
    'pushEvents',
    ...VPN_ACCESS,
  ],
  references: ['KB277343'],
  check({ tokenConfigs, tokenStates, localUsers, attempts, ...facts }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const answered = logins.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.callbackCompleted,
    );
    if (answered?.milestones.callbackCompleted) {
      return healthy(`the phone of ${answered.user} received a push and answered`, [
        answered.milestones.callbackCompleted.quote,
      ]);
    }
    const activated = new Set(
      (valueIfKnown(tokenStates) ?? [])
        .filter((token) => token.status.value === 'provisioned' || token.status.value === 'active')
        .map((token) => token.serial),
    );
    const holders = vpnUsers(valueIfKnown(localUsers) ?? [], vpnAccess(facts)).filter((user) =>
      isAskedAbout(user.name, context),
    );
    const unregistered = (valueIfKnown(tokenConfigs) ?? []).filter(
      (token) =>
        activated.has(token.serial) &&
        token.serial.startsWith('FTKMOB') &&
        !token.registered &&
        holders.some((user) => user.token?.value === token.serial),
    );
    if (unregistered.length > 0) {
      const serials = unregistered.map((token) => token.serial);
      const names = holders
        .filter((user) => serials.includes(user.token?.value ?? ''))
        .map((user) => user.name);
      return broken('likely', {
        title: `No phone is registered for the pushes of ${nameList(names)}`,
        summary: `${nameList(serials)} is activated, but the FortiGate holds no registration of a phone (\`reg-id\`) for it. A typed code works, but a push cannot be delivered.`,
        evidence: unregistered.flatMap((token) => token.locked.quotes),
        fix: 'Provision the token to the phone again, with notifications allowed for the FortiToken app.',
      });
    }
    const unanswered = loginsInQuestion(logins, context).filter(isUnanswered);
    return (
      ofOtherMake(unanswered, facts) ?? ofOtherPlatform(facts, context) ?? openQuestion(unanswered.length > 0)
    );
  },
});

/** A connection of the phone that failed in TLS is an answer too. */
function isUnanswered({
  milestones: { pushSent, callbackStarted, clientHello, tlsAlert },
}: Attempt): boolean {
  return pushSent !== undefined && (callbackStarted ?? clientHello ?? tlsAlert) === undefined;
}

/** The make of the new phone that a person names, by the `platform` of a push that goes to another. */
const NEW_MAKES: Readonly<Record<string, string>> = {
  android: NEW_IPHONE,
  ios: NEW_ANDROID,
};

function ofOtherMake(
  unanswered: readonly Attempt[],
  { userNotices, described }: Pick<Facts, 'userNotices' | 'described'>,
): Judgement | undefined {
  const [first] = unanswered;
  const sent = first?.milestones.pushSent;
  const make = NEW_MAKES[sent?.platform ?? ''];
  const said = make && statedQuote(make, described);
  const isOfOne = unanswered.every(
    ({ user, milestones }) => user === first?.user && milestones.pushSent?.platform === sent?.platform,
  );
  const isShown = valueIfKnown(userNotices)?.some(({ kind }) => kind === 'push-shown') ?? false;
  if (!sent || !said || !isOfOne || isShown) return undefined;
  const user = first?.user ?? 'the user';
  return broken('likely', {
    title: `The push for ${user} goes to the old phone: it is registered as “${sent.platform}”`,
    summary: `The push was sent to a registration of the platform “${sent.platform}”, and no phone answered. The new phone is of another make, so this registration is not of it: a backup brings the codes to a new phone, not the registration for pushes. A typed code may still work.`,
    evidence: [sent.quote, said],
    fix: {
      todo: `Provision the token of ${user} to the new phone again: send the activation, scan it there, and let ${user} log in once with notifications allowed for the FortiToken app. ${UNTIL_THEN}`,
      asksForLogin: true,
    },
  });
}

const UNTIL_THEN = 'Until then the code that the app shows can be typed.';

/** Without the login itself: the platform that a note quotes from the push, and the new phone that a person tells of. */
function ofOtherPlatform(
  { userNotices, described, pushEvents }: Pick<Facts, 'userNotices' | 'described' | 'pushEvents'>,
  { user }: RuleContext,
): Judgement | undefined {
  const notices = valueIfKnown(userNotices) ?? [];
  const seen = notices.find(({ kind }) => kind === 'push-platform')?.quote;
  const platform = /"platform" ?: ?"(android|ios)"/i.exec(seen?.text ?? '')?.[1]?.toLowerCase();
  const said = statedQuote(NEW_MAKES[platform ?? ''] ?? NEW_IPHONE, described);
  if (!seen || platform === undefined || !said) return undefined;
  const sent = valueIfKnown(pushEvents)?.find((each) => each.sent)?.quotes ?? [];
  const whose = user ?? 'the user';
  return broken('likely', {
    title: `The push for ${whose} goes to the old phone: it is addressed to the platform “${platform}”`,
    summary: `${sent.length > 0 ? 'The FortiGate sent the push (32160), and it' : 'The push'} is addressed to the platform “${platform}”; the new phone is of another make. A backup brings the codes to a new phone, not the registration for pushes.`,
    evidence: [seen, said, ...sent],
    fix: {
      todo: `Provision the token of ${whose} to the new phone again: send the activation, scan it there, and let ${whose} log in once with notifications allowed for the FortiToken app. ${UNTIL_THEN}`,
      asksForLogin: true,
    },
  });
}

function openQuestion(pushSent: boolean): Judgement {
  return undecided({
    reason: pushSent
      ? 'the push was sent and the phone did not answer; the FortiGate cannot see whether the phone showed the push'
      : 'only a login shows whether the phone still receives pushes',
    need: 'whether the phone shows the push; if it does not, provision the token to it again',
    commands: pushSent ? ['fortitokens'] : 'debug-recipe',
  });
}
