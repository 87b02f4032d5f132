import { valueIfKnown } from '../../facts/fact.ts';
import type { LocalUser } from '../../facts/values.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, perVdomFix, quoted } from '../fix.ts';
import { nameList, usersInQuestion } from '../logins.ts';
import { REFERENCES } from '../references.ts';
import { aboutNewcomers, newcomers } from '../token-holders.ts';

export const twoFactorNotAssigned = defineRule({
  id: 'two-factor-not-assigned',
  title: 'The user has no token',
  severity: 'high',
  needs: ['localUsers'],
  wants: ['attempts'],
  versions: 'all',
  references: [REFERENCES.AG183204, REFERENCES.KB382760],
  check({ localUsers, attempts }, context) {
    const users = localUsers.value.filter((user) => user.enabled);
    const named = usersInQuestion(users, valueIfKnown(attempts), context);
    if (context.user !== undefined && named.length === 0) {
      return {
        verdict: 'unknown',
        reason: `no local user here is called ${context.user}: the name may be of a directory or another VDOM, or misspelt`,
        need: `how the name ${context.user} is spelt, and in which VDOM and by which group this user logs in`,
        commands: ['local-users', 'user-groups'],
      };
    }
    const halfDone = (named.length > 0 ? named : users).filter(isHalfDone);
    const without = named.length > 0 ? named.filter(hasNone) : users.every(hasNone) ? users : [];
    const affected = [...halfDone, ...without];
    const [first] = affected;
    if (first) {
      const names = nameList(affected.map((user) => user.name));
      return {
        verdict: 'broken',
        confidence: named.length > 0 || halfDone.length > 0 ? 'certain' : 'likely',
        title: `${names} ${affected.length === 1 ? 'has' : 'have'} no token: the login asks for no second factor`,
        summary: `${affected.map(describe).join('; ')}. Without a linked token FortiOS has nobody to push to.`,
        evidence: affected.flatMap((user) => user.twoFactor.quotes),
        fix: perVdomFix(context, newcomers(affected), (own) => ({
          apply: own.flatMap(({ user, serial, address }) =>
            configEntry('user local', user.name, [
              'set two-factor fortitoken',
              `set fortitoken "${serial}"`,
              ...(user.hasEmail ? [] : [`set email-to "${address}"`]),
            ]),
          ),
          undo: own.flatMap(({ user }) =>
            configEntry('user local', user.name, [
              ...(user.hasEmail ? [] : ['unset email-to']),
              // While the method is a token's, `fortitoken` can still be unset; afterwards FortiOS hides it.
              'unset fortitoken',
              user.twoFactor.explicit ? `set two-factor ${user.twoFactor.value}` : 'unset two-factor',
            ]),
          ),
          verify: own.map(({ user }) => `show user local ${quoted(user.name)}`),
          note: aboutNewcomers(affected),
        })),
      };
    }
    const holders = (named.length > 0 ? named : users).filter((user) => !hasNone(user));
    if (holders.length === 0)
      return { verdict: 'not-applicable', reason: 'the evidence lists no local user' };
    return {
      verdict: 'healthy',
      reason: `${nameList(holders.map((user) => user.name))} ${holders.length === 1 ? 'has' : 'have'} a second factor`,
      evidence: holders.flatMap((user) => user.twoFactor.quotes).slice(0, 3),
    };
  },
});

function hasNone(user: LocalUser): boolean {
  return user.twoFactor.value === 'disable';
}

function isHalfDone(user: LocalUser): boolean {
  return user.twoFactor.value === 'fortitoken' && user.token === undefined;
}

function describe(user: LocalUser): string {
  if (isHalfDone(user)) return `${user.name} is set to \`two-factor fortitoken\`, but no token is linked`;
  return `${user.name} has no \`two-factor\` setting`;
}
