import { timingSafeEqual } from 'node:crypto';
import type { AuthContext, PublicKeyAuthContext } from 'ssh2';
import ssh2 from 'ssh2';
import type { SimulatorBehaviour } from './behaviour.ts';
import { hashSecret } from './check-value.ts';

export interface SimulatedUser {
  readonly name: string;
  readonly password?: string;
  /** Set if the password was typed into the configuration. */
  readonly passwordHash?: string;
  /** OpenSSH lines. */
  readonly publicKeys?: readonly string[];
}

/** Decides one authentication request; logs refused attempts, as a device counts them. */
export function authenticateUser(
  context: AuthContext,
  users: readonly SimulatedUser[],
  behaviour: SimulatorBehaviour,
  onRefused: () => void,
): void {
  const named = users.filter((each) => each.name === context.username);
  const offered = behaviour.keyboardInteractiveOnly
    ? (['keyboard-interactive'] as const)
    : (['password', 'publickey', 'keyboard-interactive'] as const);

  function refuse(): void {
    if (context.method !== 'none') onRefused();
    context.reject([...offered]);
  }
  function decide(right: boolean): void {
    if (right) context.accept();
    else refuse();
  }

  switch (context.method) {
    case 'password':
      if (behaviour.tokenPrompt === 'keyboard-interactive') {
        context.reject(['keyboard-interactive'], true);
        return;
      }
      decide(!behaviour.keyboardInteractiveOnly && named.some((user) => hasPassword(user, context.password)));
      return;
    case 'keyboard-interactive':
      context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
        if (!named.some((user) => hasPassword(user, answers[0]))) refuse();
        else if (behaviour.tokenPrompt !== 'keyboard-interactive') context.accept();
        else
          context.prompt(
            [{ prompt: behaviour.tokenQuestion ?? 'Please input your FortiToken code: ', echo: true }],
            refuse,
          );
      });
      return;
    case 'publickey':
      decide(takesKey(context, behaviour) && named.some((each) => holdsKey(context, each)));
      return;
    case 'none':
    case 'hostbased':
      refuse();
  }
}

function takesKey({ key }: PublicKeyAuthContext, behaviour: SimulatorBehaviour): boolean {
  if (behaviour.keyboardInteractiveOnly) return false;
  return !(behaviour.noRsaSha2 && key.algo.includes('rsa'));
}

function holdsKey(context: PublicKeyAuthContext, user: SimulatedUser): boolean {
  return (user.publicKeys ?? []).some((line) => {
    const key = ssh2.utils.parseKey(line);
    if (key instanceof Error || !key.getPublicSSH().equals(context.key.data)) return false;
    if (context.signature === undefined || context.blob === undefined) return true;
    return key.verify(context.blob, context.signature, context.hashAlgo);
  });
}

function hasPassword(user: SimulatedUser, given: string | undefined): boolean {
  if (user.passwordHash === undefined) return same(user.password, given);
  return given !== undefined && same(user.passwordHash, hashSecret(given));
}

function same(expected: string | undefined, given: string | undefined): boolean {
  if (expected === undefined || given === undefined) return false;
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
