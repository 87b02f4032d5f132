import type { Fact } from '../facts/fact.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { LocalUser, TokenState } from '../facts/values.ts';
import { isAskedAbout } from './logins.ts';
import type { RuleContext } from './rule.ts';

/** A token's row with the user it is assigned to, where the evidence shows the users. */
export interface HeldToken {
  readonly token: TokenState;
  readonly holder?: LocalUser;
}

/** Lines for more users than these are an example, which a person goes on with. */
const MOST_USERS = 3;

/** A user who is to get a token; no two users share a serial or an address, so each has placeholders of its own. */
interface Newcomer {
  readonly user: LocalUser;
  readonly vdom: string | undefined;
  readonly serial: string;
  readonly address: string;
}

export function newcomers(users: readonly LocalUser[]): readonly Newcomer[] {
  return users.slice(0, MOST_USERS).map((user, index) => {
    const number = users.length === 1 ? '' : `-${index + 1}`;
    return {
      user,
      vdom: user.vdom,
      serial: `<FTKMOB-serial${number}>`,
      address: `<address-for-the-activation${number}>`,
    };
  });
}

export function aboutNewcomers(users: readonly LocalUser[]): string {
  const others = users.length - MOST_USERS;
  return `Use a free token from \`show user fortitoken\`${users.length > 1 ? ' for each user' : ''}. The user then activates it in the app; until then the login fails.${
    others > 0
      ? ` ${others} more need the same lines: do it for those who are to have a token, in a quiet hour.`
      : ''
  }`;
}

/** Tokens the question is about: the named user's, or all of them. */
export function tokensInQuestion(
  tokens: readonly TokenState[],
  users: Fact<readonly LocalUser[]>,
  context: RuleContext,
): readonly HeldToken[] {
  const all = valueIfKnown(users);
  const holders = new Map<string, LocalUser>();
  for (const user of all?.toReversed() ?? []) {
    if (user.token) holders.set(user.token.value.toUpperCase(), user);
  }
  const held = tokens.map((token): HeldToken => {
    const holder = holders.get(token.serial.toUpperCase());
    return holder ? { token, holder } : { token };
  });
  if (context.user === undefined || all === undefined) return held;
  return held.filter(({ holder }) => holder !== undefined && isAskedAbout(holder.name, context));
}

/** `FTKMOB… of marlow`, or the serial alone. */
export function describeToken({ token, holder }: HeldToken): string {
  return holder ? `${token.serial} of ${holder.name}` : token.serial;
}

/** `Token FTKMOB… of marlow is`, `3 tokens are`. */
export function tokenSubject(held: readonly HeldToken[]): string {
  const [only, another] = held;
  if (only && !another) return `Token ${describeToken(only)} is`;
  return `${held.length} tokens are`;
}
