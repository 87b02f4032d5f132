import type { Quote } from '../../evidence/types.ts';
import { type Fact, quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { TokenState } from '../../facts/values.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { CODE_FAILS } from '../shared/described-symptoms.ts';
import { configEntry, perVdomFix } from '../shared/fix.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { type TokenHolder, tokensInQuestion } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

interface LockedToken {
  readonly serial: string;
  readonly quotes: readonly Quote[];
  readonly holder?: TokenHolder;
}

export const rule = defineRule({
  id: 'token-locked',
  title: 'The token is locked',
  severity: 'high',
  hop: 'token',
  number: 36,
  forCustomer: 'the code of this account is locked',
  disturbs: 'only this account',
  place: 'in the token, which is locked',
  stops: 'one account',
  answers: [
    [
      'tell',
      'The user can be told that the token is locked, and that a new login with a fresh code or the push works once it is unlocked.',
    ],
    [
      /\bspare\b|\b(?:another|other|second|anderen) token\b/i,
      'Another token works once it is assigned to the user and activated; the reason why this one was locked should be known first.',
    ],
    ['buy', 'A licence is not needed: the token exists and only has to be unlocked.'],
    [['token', 'choice'], 'The same token stays: it has to be unlocked, once it is known why it was locked.'],
    [
      'sound',
      'The lock is a status in the configuration: an administrator set it, or the token was unassigned while its server was unreachable.',
    ],
    [
      'duration',
      'The lock does not end by itself: it lasts until an administrator sets the token to `active`.',
    ],
    ['clients', 'The phone and its app stay as they are.'],
    ['verify', '`show user fortitoken` shows it: `set status lock` is not there once the token is unlocked.'],
    ['where', 'The status is in the entry of the token, `config user fortitoken`.'],
    ['elsewhere', 'Other tokens are not concerned: the lock is one of this token.'],
    [
      'prevent',
      'Tokens should be taken from users only while their server can be reached: else FortiOS locks them.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['token|code locked', CODE_FAILS],
      or: [
        ['phone|token lost', 'phone|token found', CODE_FAILS],
        ['phone|token lost', 'token|code locked'],
        ['token|code locked', 'absence|lost|found'],
      ],
      also: ['absence|lost', 'found|absence'],
      not: ['seedMessage', 'free token', 'cluster', 'code works !not|fails', 'cloudOff'],
      title: 'The token was locked and is still locked',
      fix: 'Look at the token under “User & Authentication > FortiTokens”, or in `show user fortitoken <serial>`: `set status lock` refuses every code and every push. Find out why it was locked; if the phone is back, unlock it there (`set status active`). Nothing has to be activated anew.',
    },
  ],
  needs: [],
  wants: ['tokenStates', 'tokenConfigs', 'localUsers', 'administrators', ...VPN_ACCESS],
  references: ['AG180506', 'FTK616236'],
  check({ tokenStates, tokenConfigs, localUsers, administrators, ...facts }, context) {
    const states = valueIfKnown(tokenStates);
    const configs = valueIfKnown(tokenConfigs);
    if (!states && !configs) {
      const reason = tokenStates.state === 'known' ? '' : tokenStates.reason;
      return undecided({
        reason,
        need: 'the state of the tokens',
        commands: ['fortitoken-info', 'fortitokens'],
      });
    }
    const rows = [
      ...(states ?? []).map(({ serial, status }) => ({
        serial,
        locked: { ...status, value: status.value === 'locked' },
      })),
      ...(configs ?? []),
    ];
    const tokens = tokensInQuestion(rows, localUsers, administrators, vpnAccess(facts), context);
    if (tokens.judgement) return tokens.judgement;
    const locked = new Map<string, LockedToken>();
    for (const { token, holder } of tokens.held) {
      if (!token.locked.value) continue;
      const { serial } = token;
      locked.set(serial, { serial, quotes: token.locked.quotes, holder });
    }
    const all = [...locked.values()];
    const [first] = all;
    const foreign = rows.find(({ locked }) => locked.value);
    if (!first && foreign && administrators.state !== 'known') {
      return undecided({
        reason: `token ${foreign.serial} is locked, and the evidence does not show whether an administrator has it`,
        need: 'which tokens the administrators have',
        commands: ['administrators'],
      });
    }
    if (!first) {
      return healthy('no assigned token is locked', quoteAbsence(tokenStates, tokenConfigs));
    }
    return broken(first.holder ? 'certain' : 'likely', {
      title:
        all.length === 1
          ? `Token ${first.serial}${first.holder ? ` of ${first.holder.name}` : ''} is locked`
          : `${all.length} tokens are locked`,
      summary: `${all.map((each) => each.serial).join(', ')}: a locked token is refused even with the right code, and no push is sent for it.`,
      evidence: all.flatMap((each) => each.quotes),
      fix: unlock(
        context,
        all,
        all.length === 1 ? spareSerial(states ?? [], [localUsers, administrators]) : undefined,
        // The fix skips a lock that is not in the token's own entry: it would not be removed there, and the undo
        // would add it.
        all
          .filter(({ serial }) => configs?.find((each) => each.serial === serial)?.locked.value !== false)
          .map((each) => {
            const own = configs?.find(({ serial }) => serial === each.serial);
            return { serial: each.serial, vdom: each.holder?.vdom ?? own?.vdom, isHere: own !== undefined };
          }),
      ),
    });
  },
});

/** A mobile token that is new and that no entry which was read holds. */
function spareSerial(
  states: readonly TokenState[],
  holders: readonly Fact<readonly Pick<TokenHolder, 'token'>[]>[],
): string | undefined {
  const held = new Set(holders.flatMap((fact) => valueIfKnown(fact) ?? []).map(({ token }) => token?.value));
  const free = states.filter(({ serial, status }) => status.value === 'new' && !held.has(serial));
  return free.find(({ serial }) => serial.startsWith('FTKMOB'))?.serial;
}

function fromOutside(serial: string): string {
  return `If \`show user fortitoken\` does not show a token as locked, it was locked outside this FortiGate: \`execute fortitoken-mobile renew ${serial}\` in its VDOM may renew it (KB 194364).`;
}

function unlock(
  context: RuleContext,
  locked: readonly LockedToken[],
  spare: string | undefined,
  tokens: readonly {
    readonly serial: string;
    readonly vdom: string | undefined;
    /** Its own entry shows the lock. */
    readonly isHere: boolean;
  }[],
): Fix {
  const [one, another] = locked;
  const outside = fromOutside(one && !another ? one.serial : '<serial>');
  if (tokens.length === 0) return noCliFix(outside);
  return perVdomFix(context, tokens, (own) => ({
    apply: own.flatMap((each) => configEntry('user fortitoken', each.serial, ['set status active'])),
    undo: own.flatMap((each) => configEntry('user fortitoken', each.serial, ['set status lock'])),
    verify: ['diagnose fortitoken info'],
    before: 'First find out why it was locked, for example because a phone was lost.',
    note: `${
      own.every(({ isHere }) => isHere) ? '' : `${outside} `
    }${spare === undefined ? '' : `Or, unless it is assigned, assign ${spare}, which is new (\`set fortitoken\` in the entry of ${one?.holder?.name ?? 'the user'}), and activate it on the phone.`}`,
  }));
}
