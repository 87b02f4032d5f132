import { quoteAbsence } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { describeToken, tokenSubject, tokensInQuestion } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

/** Constant parts of the two messages in the status column. */
const SEED_GONE = 'seed won';
const NOT_IN_FORTIGUARD = 'activation error';

export const rule = defineRule({
  id: 'token-seed-unavailable',
  title: 'FortiGuard does not provide the token’s seed',
  severity: 'high',
  hop: 'token',
  number: 37,
  forCustomer: 'the firewall does not hold the data it needs to check the code',
  disturbs: 'only this account',
  place: 'in the token, whose seed FortiGuard does not provide',
  stops: 'one account',
  answers: [
    ['token', 'Another token is needed until Fortinet has reset this one.'],
    [
      'buy',
      'A licence is needed if no other token is free: the user needs one until Fortinet has reset this one.',
    ],
    [
      'vendor',
      'A ticket with Fortinet is needed: Customer Service alone can reset the activation or correct the licence.',
    ],
    [
      'meanwhile',
      'Another free token, assigned and activated, lets the user in until Fortinet has reset this one.',
    ],
    [
      'choice',
      'A ticket with Customer Service is needed for this token; another free token lets the user in until then.',
    ],
    [
      'request',
      'Customer Service needs the serial numbers of the token and of the FortiGate, and resets the activation.',
    ],
    ['elsewhere', 'Other tokens are not concerned: the state at Fortinet is one of this token.'],
    ['verify', '`diagnose fortitoken info` shows the state of the token.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['token|hardwareToken|code', 'seedMessage'],
      or: [
        ['alreadyActivated', 'hardwareToken|used|missing', 'fails'],
        ['hardwareToken used', 'token|hardwareToken|code fails'],
      ],
      also: [
        'token|hardwareToken seedMessage',
        'hardwareToken',
        'fails seedMessage',
        'provision not|seedMessage',
      ],
      not: ['swapped licence', 'cluster'],
      confidence: 'likely',
      title: 'FortiGuard does not hand out the seed of this token',
      fix: 'Look at the status of the token: `diagnose fortitoken info`. Where it reads `token already activated, and seed won’t be returned` or `activation error`, only Fortinet Customer Service can help: send the serial number and ask for a reset of its activation, or for a correction of its licence. Give the user another token meanwhile.',
    },
  ],
  needs: ['tokenStates'],
  wants: ['localUsers', 'administrators', ...VPN_ACCESS],
  references: ['FTK616236', 'AG180506'],
  check({ tokenStates, localUsers, administrators, ...facts }, context) {
    const tokens = tokensInQuestion(tokenStates.value, localUsers, administrators, vpnAccess(facts), context);
    if (tokens.judgement) return tokens.judgement;
    const dead = tokens.held.filter(
      ({ token }) =>
        token.status.value.includes(SEED_GONE) || token.status.value.startsWith(NOT_IN_FORTIGUARD),
    );
    if (dead.length === 0) {
      return healthy('FortiGuard knows every token', quoteAbsence(tokenStates));
    }
    return broken(dead.some(({ holder }) => holder) ? 'certain' : 'likely', {
      title: `${tokenSubject(dead)} unusable: FortiGuard does not provide the seed`,
      summary: `${dead.map((each) => `${describeToken(each)}: \`${each.token.status.value}\``).join('; ')}. Without its seed the FortiGate can check neither a code nor a push of this token.`,
      evidence: dead.flatMap(({ token }) => token.status.quotes),
      fix: 'Only Fortinet Customer Service can reset the activation flag of the token or correct its licence. Give the user another token meanwhile.',
    });
  },
});
