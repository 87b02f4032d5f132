import { sameUser } from '../../facts/accounts/same-user.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';

type Session = FactValues['sslSessions'][number];

export const rule = defineRule({
  id: 'login-limit-reached',
  title: 'The portal allows one session for each user, and one is open',
  severity: 'medium',
  hop: 'tunnel',
  number: 141,
  forCustomer: 'the account is already connected from another device',
  disturbs: 'only the old session',
  place: 'on the FortiGate, which allows one session for each user',
  stops: 'one account',
  answers: [
    [
      /\b(?:some(?:one|body) else|quelqu['’]un d['’]autre|jemand anderes?|otra persona)\b/i,
      'The open session may be the user’s own; `get vpn ssl monitor` shows its address.',
    ],
    ['buy', 'A licence is not needed: one session a user is a setting of the portal (`limit-user-logins`).'],
    [
      'change',
      'The setting has to be changed if users may have several sessions; else ending the old session is enough.',
    ],
    [
      'typed',
      'The old session is ended with `execute vpn sslvpn del-tunnel` and its index in `execute vpn sslvpn list`.',
    ],
    [
      'restart',
      'A restart is not needed: the end of the old session is enough, while a restart ends everybody’s.',
    ],
    [
      'attack',
      'The address of the open session in `get vpn ssl monitor` shows whether it is the user’s own.',
    ],
    ['duration', 'An open session without traffic ends after `idle-timeout` of SSL VPN, by default 300 s.'],
    [
      'prevent',
      'A session that users end themselves leaves none behind; `limit-user-logins disable` in the portal allows several.',
    ],
    ['verify', '`get vpn ssl monitor` shows the open sessions with user, index and address.'],
    ['where', '`limit-user-logins` is in the portal, `config vpn ssl web portal`.'],
    ['elsewhere', 'The limit counts each user alone, so colleagues get in.'],
    [
      'choice',
      'Ending the old session is enough; `limit-user-logins disable` allows several for every user of the portal.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['alreadyOpen', 'sslvpn|client|twoDevices|fails|webPortal'],
      or: [['twoDevices', 'alreadyOpen']],
      also: ['twoDevices', 'sslvpn', 'webPortal'],
      not: ['approval !not !saml', 'request phone', 'ipsec'],
      confidence: 'likely',
      title: 'The portal allows one session for each user, and one is still open',
      fix: 'End the old session under “Dashboard > SSL-VPN Monitor”, or with its index in the list: `execute vpn sslvpn list`, `execute vpn sslvpn del-tunnel <index>`. Then let the user connect again. If several sessions are wanted, switch off “Limit Users to One SSL-VPN Connection at a Time” in the portal.',
    },
  ],
  needs: [],
  wants: ['userNotices', 'sslPortals', 'sslSessions'],
  versions: 'all with SSL VPN',
  references: ['KB192027'],
  check({ userNotices, sslPortals, sslSessions }, context) {
    const notice = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'already-connected');
    const portals = valueIfKnown(sslPortals);
    const limited = (portals ?? []).filter(({ limitUserLogins }) => limitUserLogins.value);
    const names = nameList(limited.map(({ name }) => name));
    if (notice) {
      const open = valueIfKnown(sslSessions) ?? [];
      const own = sessionsOfUser(open, context.user, notice.quote.text);
      const words = toEnd(own, open, context.user);
      return broken('certain', {
        title: 'The user already has an open SSL VPN session, and the portal allows only one',
        summary: `FortiClient says that a connection is open already. \`limit-user-logins\`${names === '' ? ' of the portal' : ` of ${names}`} allows one session for each user; a session that ended without a logout counts until it times out.`,
        evidence: [
          notice.quote,
          ...own.map(({ quote }) => quote).slice(0, 3),
          ...limited.flatMap(({ limitUserLogins }) => limitUserLogins.quotes).slice(0, 3),
        ],
        fix:
          limited.length === 1
            ? perVdomFix(context, limited, (own) => ({
                apply: own.flatMap(({ name }) =>
                  configEntry('vpn ssl web portal', name, ['set limit-user-logins disable']),
                ),
                undo: own.flatMap(({ name }) =>
                  configEntry('vpn ssl web portal', name, ['set limit-user-logins enable']),
                ),
                verify: own.map(({ name }) => `show vpn ssl web portal ${quoteValue(name)}`),
                before: words,
                note: 'The lines are the second way: they allow every user of this portal several sessions.',
              }))
            : `${words} Only this session ends; without that it ends when it times out. If several sessions are wanted, disable \`limit-user-logins\` in the portal.`,
      });
    }
    if (portals && portals.length > 0 && limited.length === 0) {
      return healthy(
        'no portal limits the sessions of a user',
        portals.flatMap(({ tunnelMode, webMode }) => [...tunnelMode.quotes, ...webMode.quotes]),
        ['sslPortals'],
      );
    }
    return undecided({
      reason: 'nothing in the evidence shows a second session of a user',
      need: 'the message on the user’s screen and the portal (`show vpn ssl web portal`)',
      commands: [],
    });
  },
});

/** Sessions of the user asked about, else of the one whose name the message has a word of: `Wren sees: …` for `p.wren`. */
function sessionsOfUser(
  open: readonly Session[],
  asked: string | undefined,
  message: string,
): readonly Session[] {
  const words = new Set(message.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const own = open.filter(({ user }) =>
    asked === undefined
      ? user
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
          .some((part) => part.length > 2 && words.has(part))
      : sameUser(user, asked),
  );
  return new Set(own.map(({ user }) => user)).size === 1 ? own : [];
}

/** Sessions that a sentence names. */
const MAX_NAMED = 3;

function toEnd(own: readonly Session[], open: readonly Session[], asked: string | undefined): string {
  const [session, another] = own;
  if (session && !another) {
    return `First end the session of ${describeSession(session)}, with the index that it has then: \`execute vpn sslvpn del-tunnel ${session.session}\`.`;
  }
  const some = own.length > 0 ? own : open;
  const named =
    some.length > 0 && some.length <= MAX_NAMED ? ` Open: ${some.map(describeSession).join('; ')}.` : '';
  return `First end the old session of ${asked ?? 'the user'}, with its index in the list: \`execute vpn sslvpn list\`, \`execute vpn sslvpn del-tunnel <index>\`.${named}`;
}

function describeSession({ user, session, client, seconds }: Session): string {
  return `${user} (index ${session} in \`get vpn ssl monitor\`, from ${client}, open for ${Math.max(1, Math.round(seconds / 60))} min)`;
}
