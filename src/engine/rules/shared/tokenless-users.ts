import type { Administrator, LocalUser } from '../../facts/accounts/account-values.ts';
import { type DescribedSentence, findStatement } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TokenState } from '../../facts/values.ts';
import { notApplicable, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { isAskedAbout } from './logins.ts';
import { vpnUsers } from './second-factor.ts';
import type { VpnAccess } from './vpn-access.ts';

/** A user of the VPN, or an administrator, who may have a token too. */
export type TokenHolder = Pick<LocalUser, 'name' | 'vdom' | 'token'>;

/** A row of the token table with the holder of the token, if the evidence contains the users. */
export interface HeldToken<T = TokenState> {
  readonly token: T;
  readonly holder?: TokenHolder;
}

/** For more users, the fix shows the lines for this many as an example. */
const MAX_LISTED = 3;

/** A user who needs a token. No two users share a serial number or an address, so each has separate placeholders. */
interface Newcomer {
  readonly user: LocalUser;
  readonly vdom: string | undefined;
  readonly serial: string;
  readonly address: string;
}

/**
 * The token that the text reserves, if it is one and one user needs a token. Sample: `FTKMOB1A2B3C4D5E was reserved for her`
 */
export function reservedToken(
  described: Fact<readonly DescribedSentence[]>,
  users: readonly LocalUser[],
): string | undefined {
  const reserved = (valueIfKnown(described) ?? [])
    .filter((sentence) => findStatement('reserved !not', [sentence]))
    .flatMap(({ quote }) => quote.text.toUpperCase().match(/\bFTKMOB[0-9A-F]{10}\b/g) ?? []);
  return users.length === 1 && new Set(reserved).size === 1 ? reserved[0] : undefined;
}

/** The first of these users, each with the reserved token or the placeholders that a fix shows for it. */
export function tokenlessUsers(
  users: readonly LocalUser[],
  reserved: string | undefined,
): readonly Newcomer[] {
  return users.slice(0, MAX_LISTED).map((user, index) => {
    const number = users.length === 1 ? '' : `-${index + 1}`;
    return {
      user,
      vdom: user.vdom,
      serial: reserved ?? `<FTKMOB-serial${number}>`,
      address: `<address-for-the-activation${number}>`,
    };
  });
}

/** The texts of a fix that assigns tokens to these users. */
export function aboutTokenlessUsers(
  users: readonly LocalUser[],
  reserved: string | undefined,
): Pick<Fix, 'before' | 'note' | 'running'> {
  const others = users.length - MAX_LISTED;
  const commands = tokenlessUsers(users, reserved).map(
    ({ serial }) => `\`execute fortitoken-mobile provision ${serial}\``,
  );
  const which = reserved
    ? `The text reserves ${reserved}: check first that it is free (\`show user local | grep ${reserved}\` shows no line).`
    : `Use a free one${users.length > 1 ? ' for each user' : ''} (\`show user fortitoken\`).`;
  return {
    before: 'The login fails until the token is active.',
    note: `${which}${
      others > 0
        ? ` ${others} more need the same lines: repeat them for users who should have a token, in a maintenance window.`
        : ''
    }`,
    running: `Then send the code to the phone, which the user scans: ${commands.join(', ')}.`,
  };
}

/** The tokens that a login may need, or the verdict if there are none or they cannot be determined. */
export type TokensInQuestion<T> =
  | { readonly held: readonly HeldToken<T>[]; readonly judgement?: never }
  | { readonly judgement: Judgement; readonly held?: never };

/**
 * Tokens in question: those of the named user, or of all who can log in to the VPN and of the administrators. An
 * unassigned token breaks no login. If the users are not known, all tokens count, because a user may have them.
 */
export function tokensInQuestion<T extends { readonly serial: string }>(
  tokens: readonly T[],
  users: Fact<readonly LocalUser[]>,
  administrators: Fact<readonly Administrator[]>,
  access: VpnAccess,
  context: RuleContext,
): TokensInQuestion<T> {
  if (users.state !== 'known') {
    if (context.user === undefined) return { held: tokens.map((token) => ({ token })) };
    return { judgement: notShown(`which token ${context.user} has is not shown: ${users.reason}`) };
  }
  const able: readonly TokenHolder[] = [
    ...vpnUsers(users.value, access),
    ...(valueIfKnown(administrators) ?? []),
  ].filter((holder) => isAskedAbout(holder.name, context));
  const holders = new Map<string, TokenHolder>();
  for (const user of able.toReversed()) {
    if (user.token) holders.set(user.token.value.toUpperCase(), user);
  }
  if (holders.size === 0) {
    const others = administrators.state === 'known' ? ', and no administrator,' : '';
    const who = context.user ?? `nobody who can log in to the VPN${others}`;
    const reason =
      context.user === undefined ? `${who} has a token here` : `${who} has no token of this FortiGate`;
    return { judgement: notApplicable(reason) };
  }
  const held = tokens.flatMap((token): readonly HeldToken<T>[] => {
    const holder = holders.get(token.serial.toUpperCase());
    return holder ? [{ token, holder }] : [];
  });
  if (held.length > 0) return { held };
  const [serial] = holders.keys();
  return {
    judgement: notShown(`token ${serial} of ${holders.get(serial ?? '')?.name} is not among those shown`),
  };
}

function notShown(reason: string): Judgement {
  return undecided({ reason, need: reason, commands: ['local-users', 'fortitoken-info'] });
}

/** `FTKMOB… of marlow`, or only the serial number. */
export function describeToken({ token, holder }: HeldToken<{ readonly serial: string }>): string {
  return holder ? `${token.serial} of ${holder.name}` : token.serial;
}

/** `Token FTKMOB… of marlow is`, `3 tokens are`. */
export function tokenSubject(held: readonly HeldToken<{ readonly serial: string }>[]): string {
  const [only, another] = held;
  if (only && !another) return `Token ${describeToken(only)} is`;
  return `${held.length} tokens are`;
}
