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

/** Tokens the question is about: the named user's, or all of them. */
export function tokensInQuestion(
  tokens: readonly TokenState[],
  users: Fact<readonly LocalUser[]>,
  context: RuleContext,
): readonly HeldToken[] {
  const all = valueIfKnown(users);
  const held = tokens.map((token): HeldToken => {
    const holder = all?.find((user) => user.token?.value.toUpperCase() === token.serial.toUpperCase());
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
