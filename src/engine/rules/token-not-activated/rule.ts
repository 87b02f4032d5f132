import { quoteAbsence } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { describeToken, type HeldToken, tokenSubject, tokensInQuestion } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'token-not-activated',
  title: 'The token was never activated on the phone',
  severity: 'high',
  hop: 'token',
  number: 34,
  forCustomer: 'the FortiToken app has not been activated on the phone yet',
  disturbs: 'only this account',
  place: 'in the token, which is not activated on a phone',
  stops: 'one account',
  answers: [
    // `can I send it again?`
    [
      /(?<!\p{L})(?:re-?send|sen[dt] .{0,15}again|(?:nochmal|erneut) (?:zu)?s\p{L}+|renvoyer|reenviar|inviar\p{L}* di nuovo|opnieuw stur\p{L}+)(?!\p{L})/iu,
      'The activation can be sent again for the same token; mail address of the user and mail server of the FortiGate have to be right.',
    ],
    ['buy', 'A licence is not needed: the token exists and only has to be activated.'],
    ['token', 'The same token stays: its activation has to be sent again.'],
    ['change', 'The activation has to be sent again on the FortiGate; no setting changes.'],
    ['reinstall', 'The app can stay as it is: the phone needs an activation code.'],
    [
      'duration',
      'The activation is valid for `two-factor-ftm-expiry`, by default 72 hours from its sending.',
    ],
    ['verify', '`diagnose fortitoken info` shows it: the token is `active` once the phone has it.'],
    [
      'elsewhere',
      'Colleagues who get in have activated their token; this one has not been taken up by a phone.',
    ],
    ['where', 'The activation is sent again from the entry of the user or of the token on the FortiGate.'],
    [
      'choice',
      'The same token is enough: its activation is sent again, to the mail address or phone number in the entry of the user.',
    ],
    [
      'prevent',
      '`two-factor-ftm-expiry`, by default 72 hours, is the time that the user has: a word to the user beforehand is useful.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: [
        'pending',
        'app|phone emptyApp / unopened activation|mail / mail unopened / activation not / app not',
      ],
      or: [
        ['unopened activation', 'code asks|not'],
        ['unopened activation', 'mail', 'code|token|app'],
        ['app|phone emptyApp', 'code|activation|mail|token'],
        ['unopened activation|mail', 'token|app', 'code not / pending / emptyApp / app not'],
      ],
      also: ['pending', 'emptyApp', 'unopened activation|mail'],
      not: [
        'pushSettings activation not',
        'free',
        'tooLate activation',
        'tokenServer',
        'fortiManager',
        'provision fails|rejects',
        'cloudCommunication',
      ],
      title: 'The token was never activated on the phone',
      fix: 'Look under User & Authentication > FortiTokens, or with `diagnose fortitoken info`, at the state of the token: pending or provisioning means not activated. Send the activation again to the right mail address, and let the user scan its QR code in the FortiToken app within the time that the mail names.',
    },
  ],
  needs: ['tokenStates'],
  wants: ['localUsers', 'administrators', ...VPN_ACCESS],
  references: ['AG180506', 'FTK616236'],
  check({ tokenStates, localUsers, administrators, ...facts }, context) {
    const tokens = tokensInQuestion(tokenStates.value, localUsers, administrators, vpnAccess(facts), context);
    if (tokens.judgement) return tokens.judgement;
    const { held } = tokens;
    const waiting = held.filter(isWaiting);
    if (waiting.length > 0) {
      return broken('certain', {
        title: `${tokenSubject(waiting)} not activated on a phone`,
        summary: `${waiting.map(describe).join('; ')}. The user has to open the activation message in the FortiToken app before the phone can receive a push.`,
        evidence: waiting.flatMap(({ token }) => token.status.quotes),
        fix: 'Send the activation code again (User & Authentication > FortiTokens, or the user’s page) and let the user scan it in the FortiToken app.',
      });
    }
    const spare = held.filter(({ token }) => token.status.value === 'new');
    if (spare.length > 0 && localUsers.state !== 'known') {
      return undecided({
        reason: `${spare.length} ${spare.length === 1 ? 'token is' : 'tokens are'} \`new\`, and the evidence does not show whether a user has ${spare.length === 1 ? 'it' : 'one of them'}`,
        need: 'which token each user has',
        commands: ['local-users'],
      });
    }
    return healthy('no assigned token waits for its activation', quoteAbsence(tokenStates));
  },
});

/** `new` alone means unassigned stock; assigned and `new`, or `provisioning`, waits for the user. */
function isWaiting({ token, holder }: HeldToken): boolean {
  const status = token.status.value;
  return status === 'provisioning' || (status === 'new' && holder !== undefined);
}

function describe(held: HeldToken): string {
  return `${describeToken(held)} is \`${held.token.status.value}\``;
}
