import type { RuleAnswer } from '../rule.ts';

export const ANSWERS: readonly RuleAnswer[] = [
  ['attack', 'Unknown names are often password guessing; a user of yours shows no attack.'],
  ['password', 'A new password does not help: the user is in no group that the VPN allows.'],
  ['who', 'Users whose groups no VPN rule and policy names are stopped, too; the others get in.'],
  ['side-effect', 'The change gives the access that the rule, policy or group carries.'],
  [
    'which-group',
    'The user needs a group that a VPN rule and a firewall policy name; another group has to be added to both.',
  ],
  ['restart', 'The groups are read at each login: a new connection is enough, and a restart is not needed.'],
  ['duration', 'A new group counts from the next login on.'],
];
