import type { Quote } from '../../evidence/types.ts';
import type { TokenConfig } from '../../facts/accounts/account-values.ts';
import { findStatement } from '../../facts/described/described.ts';
import type { GlobalSettings } from '../../facts/device/settings.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { FacTokenEvent } from '../../facts/values.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Fix, Judgement, ReadingTime, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { configBlock, globalFix, inOrder, perVdomFix } from '../shared/fix.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { describeToken, tokenSubject, tokensInQuestion } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

const EXPIRED = 'provision timeout';
/** Hours; the longest window FortiOS allows. */
const MAX_HOURS = 168;

export const rule = defineRule({
  id: 'token-activation-expired',
  title: 'The time to activate the token ran out',
  severity: 'high',
  hop: 'token',
  number: 35,
  forCustomer: 'the time to activate the FortiToken app on the phone has run out',
  disturbs: 'only this account',
  place: 'in the token, whose activation has expired',
  stops: 'one account',
  answers: [
    ['buy', 'The same token can be activated again: a new token or licence is not needed.'],
    // `How do we keep this from happening again?`, `¿Cómo evitamos que vuelva a pasar?`
    [
      /\b(?:prevent|avoid|next time|in future|happen(?:s|ing)? again)|(?<!\p{L})(?:vermeid|verhinder|künftig|evit|évit|vuelva a|à l['’]avenir|voorkom|volte a|accada)/iu,
      'Give users more time (`two-factor-ftm-expiry` in `config system global`, in hours, 72 by default and up to 168), or assign the token when they are back.',
    ],
    ['token', 'The same token stays: it gets a new activation.'],
    ['reinstall', 'The app can stay as it is: the phone needs a new activation code.'],
    [
      'duration',
      'An activation is valid for 72 hours by default; `two-factor-ftm-expiry` takes 1 to 168 hours.',
    ],
    [
      'which-value',
      '`two-factor-ftm-expiry` of `config system global` is the value, 72 hours by default and 168 at most.',
    ],
    [
      'prevent',
      'A higher `two-factor-ftm-expiry`, up to 168 hours, gives later activations more time; this one has to be sent again.',
    ],
    [
      'where',
      '`two-factor-ftm-expiry` is in `config system global`, in hours; the activation is sent again from the entry of the user.',
    ],
    ['verify', '`diagnose fortitoken info` shows it: the token is `active` once the phone has it.'],
    ['choice', 'The same token is enough: it gets a new activation.'],
    [
      'elsewhere',
      'Colleagues who activated in time are not concerned: the limit is only for the activation.',
    ],
    OPENS_NOTHING,
    // `how do I send another one?`
    [
      /(?<!\p{L})(?:re-?send|send .{0,15}(?:again|another)|(?:nochmal|erneut) (?:zu)?s\p{L}+|renvoyer|reenviar|mando outro|inviar\p{L}* di nuovo|opnieuw stur\p{L}+)(?!\p{L})/iu,
      'The same token gets a new activation, sent from its entry on the FortiGate; it is valid for 72 hours by default, 168 at most.',
    ],
  ],
  descriptions: [
    {
      all: ['activation tooLate', 'app|activation rejects|fails / app tooLate'],
      or: [
        ['activation tooLate', 'mail', 'code|app|activation tooLate|fails|rejects'],
        ['provisionTimeout', 'token|app|code|mail'],
        ['activation tooLate', 'mail tooLate', 'activation fails|rejects'],
        ['mail tooLate', 'activation', 'app|code|activation rejects|fails'],
      ],
      also: ['mail', 'app rejects|fails|not'],
      not: ['free', 'tokenServer !provisionTimeout', 'fortiManager'],
      title: 'The time to activate the token ran out before the user scanned the code',
      fix: 'Look with `diagnose fortitoken info`: `provision timeout` proves it. Send a new activation for the same token, and let the user scan it at once; no new token is needed. For users who need longer, `config system global`, `set two-factor-ftm-expiry <hours>` (72 by default, up to 168), `end`.',
    },
  ],
  needs: ['tokenStates'],
  wants: [
    'facTokenEvents',
    'localUsers',
    'administrators',
    'global',
    'tokenConfigs',
    'described',
    ...VPN_ACCESS,
  ],
  references: ['AG180506', 'KB194933', 'KB191661'],
  /** An account without `diagnose` rights still sees when the activation of a token ends. */
  checkPartial(
    { tokenStates, tokenConfigs, localUsers, administrators, global, facTokenEvents, described, ...facts },
    context,
  ) {
    const { readAt } = context;
    const disabled = (valueIfKnown(facTokenEvents) ?? []).filter(
      ({ kind, user }) => kind === 'activation-expired' && isAskedAbout(user, context),
    );
    if (disabled.length > 0) return disabledByFac(disabled);
    const said = tokenStates.state === 'known' ? undefined : toldToken(described);
    if (said) return expiredAsTold(said, valueIfKnown(global)?.ftmExpiry, context);
    if (tokenStates.state === 'known' || tokenConfigs.state !== 'known' || !readAt) return undefined;
    const { held = [] } = tokensInQuestion(
      tokenConfigs.value,
      localUsers,
      administrators,
      vpnAccess(facts),
      context,
    );
    const expired = held.filter(({ token, holder }) => holder && hasRunOut(token, readAt));
    if (expired.length === 0) return undefined;
    return broken('likely', {
      title: `${tokenSubject(expired)} not activated, and the activation has expired`,
      summary: `No phone is registered for ${expired.map(describeToken).join(', ')}, and \`activation-expire\` is in the past: ${expired
        .map(({ token }) => utcTime(token.activationExpires?.value ?? 0))
        .join(', ')}. The output of \`diagnose fortitoken info\` was not read.`,
      evidence: expired.flatMap(({ token }) => token.activationExpires?.quotes ?? []),
      fix: sendAgain(
        expired.map(({ token: { serial, vdom }, holder }) => ({ serial, vdom: holder?.vdom ?? vdom })),
        valueIfKnown(global)?.ftmExpiry,
        context,
      ),
    });
  },
  check({ tokenStates, localUsers, administrators, global, tokenConfigs, described, ...facts }, context) {
    const all = tokenStates.value;
    const tokens = tokensInQuestion(all, localUsers, administrators, vpnAccess(facts), context);
    // Without the list of users a person may say which token it is.
    const told = (valueIfKnown(described) ?? []).flatMap(({ text }) => text.match(MOBILE_SERIAL) ?? []);
    const named: typeof tokens.held = all
      .filter(({ serial }) => localUsers.state !== 'known' && told.includes(serial))
      .map((token) => ({ token }));
    if (tokens.judgement && named.length === 0) return tokens.judgement;
    const held = named.length > 0 ? named : (tokens.held ?? []);
    const expired = held.filter(({ token }) => token.status.value === EXPIRED);
    if (expired.length === 0) {
      return healthy('no token’s activation has expired', quoteAbsence(tokenStates));
    }
    const window = valueIfKnown(global)?.ftmExpiry;
    const configs = valueIfKnown(tokenConfigs) ?? [];
    return broken('certain', {
      title: `${tokenSubject(expired)} not activated, and the activation has expired`,
      summary: `${expired.map(describeToken).join(', ')}: \`${EXPIRED}\`. The activation message is valid for ${window?.value ?? 72} hours${window ? '' : ' by default'} (\`two-factor-ftm-expiry\`, in hours; it has nothing to do with how long a push waits).`,
      evidence: expired.flatMap(({ token }) => token.status.quotes),
      fix: sendAgain(
        expired.map(({ token: { serial }, holder }) => ({
          serial,
          vdom: holder?.vdom ?? configs.find((each) => each.serial === serial)?.vdom,
        })),
        window,
        context,
      ),
    });
  },
});

function disabledByFac(events: readonly FacTokenEvent[]): Judgement {
  const users = nameList(events.map(({ user }) => user));
  return broken('certain', {
    title: `FortiAuthenticator disabled ${users}: the activation of the token has expired`,
    summary: `${users} did not activate the FortiToken app in time, and FortiAuthenticator disabled the account. It refuses every login until the account has a new activation.`,
    evidence: events.map(({ quote }) => quote),
    fix: 'On FortiAuthenticator, assign the token again, so that the user gets a new activation, and enable the account only then: enabled without a token, it gets in with the password alone.',
  });
}

interface ToldToken {
  readonly serial: string;
  readonly quote: Quote;
}

/** `FTKMOB11AA22BB33` */
const MOBILE_SERIAL = /(?<!\w)FTKMOB[0-9A-F]{10}(?!\w)/g;

/** `no token shows “provision timeout”` */
const DENIED =
  /(?<!\p{L})(?:no|not|none|kein\p{L}*|nicht|sin|ning[uú]n\p{L}*|pas|aucun\p{L}*)(?!\p{L})[^,.;]{0,30}provision[- ]timeout/iu;

/** The one token that a sentence gives this state: `FTKMOB11AA22BB33 shows "provision timeout"` */
function toldToken(described: Facts['described']): ToldToken | undefined {
  const sentences = valueIfKnown(described) ?? [];
  const told = sentences.filter(
    (each) => findStatement('provisionTimeout', [each]) && !DENIED.test(each.text),
  );
  const named = told.flatMap(({ text, quote }) =>
    (text.match(MOBILE_SERIAL) ?? []).map((serial): ToldToken => ({ serial, quote })),
  );
  const [token, another] = named;
  return another?.serial === token?.serial || !another ? token : undefined;
}

function expiredAsTold(
  { serial, quote }: ToldToken,
  window: GlobalSettings['ftmExpiry'] | undefined,
  context: RuleContext,
): Judgement {
  return broken('likely', {
    title: `${serial} was not activated in time: \`${EXPIRED}\``,
    summary: `The message states that \`diagnose fortitoken info\` shows \`${EXPIRED}\` for ${serial}. The activation message is valid for ${window?.value ?? 72} hours${window ? '' : ' by default'} (\`two-factor-ftm-expiry\`), and the phone refuses the code after that.`,
    evidence: [quote],
    fix: sendAgain([{ serial, vdom: undefined }], window, context),
  });
}

/** Milliseconds; the time zone of a device's clock is unknown. */
const MAX_ZONE_OFFSET_MS = 14 * 3_600_000;

function hasRunOut({ registered, activationExpires }: TokenConfig, readAt: ReadingTime): boolean {
  if (registered || !activationExpires) return false;
  const margin = readAt.clock === 'device' ? MAX_ZONE_OFFSET_MS : 0;
  return activationExpires.value * 1000 + margin < readAt.ms;
}

/** If the activation window is known, it is extended first, so that the new message is valid longer. */
function sendAgain(
  tokens: readonly { readonly serial: string; readonly vdom: string | undefined }[],
  window: GlobalSettings['ftmExpiry'] | undefined,
  context: RuleContext,
): Fix {
  const longer = window !== undefined && window.value < MAX_HOURS;
  const provision = perVdomFix(context, tokens, (own) => ({
    apply: own.map(({ serial }) => `execute fortitoken-mobile provision ${serial}`),
    undo: [],
    verify: ['diagnose fortitoken info'],
    note: `FortiOS then sends a new activation message; the user must scan it in the FortiToken app before it expires. Until then the status is \`provisioning\`, afterwards \`provisioned\`. ${
      longer
        ? 'The old message cannot be brought back: the undo only restores the previous lifetime. A longer lifetime also gives anyone who gets hold of a message more time to use it.'
        : 'There is nothing to undo: the old message cannot be restored.'
    }`,
  }));
  if (!longer) return provision;
  const set = (hours: number) => configBlock('system global', [`set two-factor-ftm-expiry ${hours}`]);
  return inOrder([
    globalFix(context, { apply: set(MAX_HOURS), undo: set(window.value), verify: [] }),
    provision,
  ]);
}

/** `2025-01-01 02:53:20 UTC`. */
function utcTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
