import { statedQuote } from '../../facts/described/described.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { RuleAnswer } from '../rule.ts';
import { EACH_CLIENT, NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { CLIENTS } from '../shared/changes.ts';
import { KEY_CHANGED, OTHER_DEVICE_WORKS, OTHERS_GET_IN } from '../shared/described-symptoms.ts';

import {
  findPhase1,
  gotFurther,
  isSilentAfterAuth,
  quoteSigns,
  SIGNATURE,
  tunnelNames,
} from '../shared/ike-logins.ts';
import {
  clientsText,
  countOfLogins,
  failedWith,
  listQuotes,
  type ShownLogin,
  without,
} from '../shared/vpn-logins.ts';

/** A new key on the tunnel, which the clients do not have yet. */
function keyChangedOn(tunnel: string): readonly RuleAnswer[] {
  const cause = `A new key on ${tunnel} does this: every client keeps the old key until its profile is changed.`;
  return [
    ['update', cause],
    ['own-change', cause],
    [
      EACH_CLIENT,
      `No client needs touching if the old key goes back on ${tunnel}; with the new key, every client needs it.`,
    ],
    [
      'clients',
      `The clients stay as they are if the old key goes back on ${tunnel}; with the new key, every client needs it.`,
    ],
  ];
}

const OTHERS_HAVE_THE_KEY: readonly RuleAnswer[] = [
  ['change', 'Nothing on the FortiGate has to be changed: others get in with the key of the tunnel.'],
];

export const rule = defineRule({
  id: 'ike-psk-mismatch',
  title: 'Client and tunnel have different pre-shared keys',
  severity: 'high',
  hop: 'connection',
  number: 144,
  forCustomer: 'the key in the program is not the one of the firewall',
  disturbs: 'tunnels of this phase 1',
  stops: 'every client whose key is not that of the tunnel',
  afterChange: [[CLIENTS, 'the new clients have another profile than those before.']],
  place: 'between client and tunnel, which have different keys',
  answers: [
    [
      'clients',
      'Clients that have the key of the tunnel stay as they are; the others get it, unless all get a new one.',
    ],
    [
      /\bif (?:I|we) change\b|\b(?:wenn|falls) (?:ich|wir)\b.{0,40}\bänder\w*|\bsi (?:je|on) change\b|\bsi (?:lo |la )?cambi\w+|\bse (?:lo |la )?cambi\w+|\bse (?:eu )?mud\w+|\bals (?:ik|we)\b.{0,40}\b(?:wijzig|verander)\w*/iu,
      'A new key on the tunnel cuts off every client that still has the old one.',
    ],
    [
      /\b(?:show|read|see|recover|look up|auslesen|anzeigen|sehen)\b.{0,40}\b(?:key|PSK|Schlüssel)/i,
      'The FortiGate does not show the key: it is where it was noted, or a new one is set on both sides.',
    ],
    // `Could it be the mobile provider?`, `Liegt es am WLAN?`
    [
      /\b(?:provider|ISP|carrier|Anbieter|operador|opérateur|hotspot|Wi-?Fi|WLAN)\b/i,
      'A provider or network cannot change the key: it is set in the client’s profile and on the tunnel, and these two differ.',
    ],
    ['password', 'The user’s password was not checked yet: the key of the tunnel is what differs.'],
    [
      'change',
      'The FortiGate stays as it is if other clients get in; if every client fails, `psksecret` is set anew there and in each client.',
    ],
    ['risk', 'A new key on the tunnel cuts off every client that still has the old one.'],
    [
      'attack',
      'The address shows it: an address of no user may be a scan or guessing, a user’s address shows no attack.',
    ],
    ['who', 'Every client with another key than that of the tunnel is concerned.'],
    ['elsewhere', 'Clients that get in have the key of the tunnel; this one has another.'],
    ['where', 'The key is `psksecret` of the phase 1 on the FortiGate, and in the profile of the client.'],
    ['verify', 'The next try of the client shows it: it gets as far as the login of the user.'],
    [
      'prevent',
      'One profile for all clients is useful, given out by EMS or as a file, so that the key need not be typed.',
    ],
    ['choice', 'The client gets the key of the tunnel, if others get in with it; else both get a new one.'],
    ['own-change', 'A key that was changed on one side has to be changed on the other.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  loginReasons: { 'psk-mismatch': 'pre-shared key differs' },
  descriptions: [
    {
      all: ['pskNamed changed|old|new|differs', 'ipsec|profile|tunnel'],
      or: [
        ['pskNamed', 'profile psk changed|new|old'],
        ['pskNamed', 'restored', 'ipsec'],
      ],
      also: ['pskNamed old', 'profile', 'restored', 'all|others'],
      not: ['approval !not !saml', 'request phone', 'secondTunnel', 'peerId', 'networkId', 'ikev1 ikev2'],
      title: 'Client and tunnel have different pre-shared keys',
      fix: 'Enter the key again on the FortiGate (“VPN > IPsec Tunnels”, “Authentication”) and in the profile of the client, letter by letter; both must be the same. If the key was changed on purpose of one side, distribute the new profile to all clients.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'described'],
  references: ['KB194213'],
  check({ attempts, phase1s, described }, context) {
    const said = [
      ...failedWith(attempts.value, context, 'psk-mismatch', without('psk-accepted')),
      ...failedWith(attempts.value, context, 'event-ike-failed', ({ fields }) =>
        /pre-shared (?:secret|key) mismatch/.test(fields.reason ?? ''),
      ),
      ...failedWith(attempts.value, context, 'endpoint-psk-mismatch'),
    ];
    const silent = failedWith(attempts.value, context, 'ike-timeout', (_, login) =>
      login.trace.signs['ike-agg-answered']
        ? isRefusedAnswer(login.trace.signs)
        : isSilentAfterAuth(login) && findPhase1(login, phase1s)?.authMethod.value !== SIGNATURE,
    );
    const shown = said.length > 0 ? said : silent;
    const [first] = shown;
    if (!first) {
      return gotFurther(
        attempts.value,
        ['psk-accepted', 'eap-received', 'xauth-asked', 'ike-sa-added'],
        'the client accepted the key',
      );
    }
    const logins = shown.map(({ login }) => login);
    const tunnel = tunnelNames(shown);
    const { signs } = first.login.trace;
    // Of the same account with another device: the way, the tunnel and its certificate are in order.
    const other =
      new Set(logins.map(({ user }) => user)).size === 1
        ? statedQuote(OTHER_DEVICE_WORKS, described)
        : undefined;
    const fine = statedQuote(OTHERS_GET_IN, described);
    // Sample: `I set up 9 laptops, none of them connects.`
    const changed = fine || other ? undefined : statedQuote(KEY_CHANGED, described);
    const none = fine ? undefined : statedQuote('all not|fails !others', described);
    return broken(said.length > 0 || signs['ike-agg-answered'] || other ? 'likely' : 'possible', {
      title:
        said.length > 0
          ? `The pre-shared key of ${clientsText(logins)} is not that of ${tunnel}`
          : `The pre-shared key of ${clientsText(logins)} ${other ? 'is most likely' : 'may be'} wrong: it stopped after ${tunnel} answered`,
      summary: `${countOfLogins(logins, attempts.value)} ended before a password was checked. ${reading(first, said.length > 0, other !== undefined)}`,
      evidence: [
        ...listQuotes(shown),
        ...(said.length > 0
          ? []
          : quoteSigns(first.login, signs['ike-agg-answered'] ? 'ike-repeated' : 'eap-asked')),
        ...(other ? [other] : []),
        ...(fine && !other ? [fine] : []),
        ...(changed ? [changed] : []),
      ],
      ...(fine && !other && { answers: OTHERS_HAVE_THE_KEY }),
      ...(changed && { answers: keyChangedOn(tunnel) }),
      fix: {
        todo: changed
          ? `Put the old key back on ${tunnel} (\`psksecret\` of its phase 1, \`config vpn ipsec phase1-interface\`). The clients then get in as they are. ${OLD_KEY} Or leave the new key there, and enter it in every client.`
          : none
            ? `Type the key of ${tunnel} from a trusted record in the profiles, as none of the clients gets in. Without one, set a new key there (\`psksecret\`) and in every client. ${OLD_KEY}`
            : `Type the pre-shared key again in the client’s profile. ${other ? '' : fine ? `Others get in, so the key of ${tunnel} is right: leave \`psksecret\` as it is. ` : `If every client of ${tunnel} fails, the key there was changed: put the old one back (\`psksecret\`), or enter the new one in every client. ${OLD_KEY} `}`,
        forward: {
          to: 'the administrator of the client profiles',
          text: `The pre-shared key of the profile must be that of ${tunnel}; it ${said.length > 0 ? 'differs' : 'may differ'} for ${clientsText(logins)}.`,
        },
      },
    });
  },
});

/** An encrypted value is valid on the unit that wrote it. */
const OLD_KEY =
  'The FortiGate does not show it; a backup from before the change has it as `set psksecret ENC …`, a line that this unit accepts.';

type Signs = ShownLogin['login']['trace']['signs'];

/** IKEv1 aggressive mode: the client begins again instead of going on. */
function isRefusedAnswer(signs: Signs): boolean {
  return (signs['psk-accepted'] ?? signs['xauth-asked']) === undefined && signs['ike-repeated'] !== undefined;
}

function reading({ login: { trace } }: ShownLogin, isSaid: boolean, isAlone: boolean): string {
  if (trace.signs['endpoint-psk-mismatch']) {
    return 'The client could not verify what the VPN signed with its key: the two keys differ.';
  }
  if (isSaid) {
    const isV2 = trace.signs['psk-mismatch']?.some(({ quote }) => quote.text.includes('PSK auth failed'));
    return `${isV2 ? 'What the client signed with its key does not fit the key of the tunnel.' : 'The FortiGate could not decrypt the client’s message.'} Where several dial-up tunnels share the interface, the client may also have been taken for another tunnel’s.`;
  }
  if (trace.signs['ike-agg-answered']) {
    return 'The tunnel answered, and the client sent its first message again: in aggressive mode the FortiGate writes no line about the key. An answer that gets lost on the way looks the same.';
  }
  if (isAlone) {
    return 'The FortiGate showed its own key and asked for the user, and this client went silent, while the same account gets in with another device: the key in the profile of this one differs.';
  }
  return 'The FortiGate showed its own key or certificate and asked for the user, and the client went silent: most likely it did not accept what the FortiGate showed. With a certificate on the tunnel, that certificate is the reason rather than the key. An answer that gets lost on the way looks the same.';
}
