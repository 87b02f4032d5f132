import type { RuleAnswer } from '../rule.ts';

export const ANSWERS: readonly RuleAnswer[] = [
  [
    'enough',
    'Both are needed: the group or the user in the VPN rule, and in a firewall policy from the SSL VPN interface.',
  ],
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
  ['elsewhere', 'Colleagues who get in are in a group that a VPN rule names; this user is in none.'],
  [
    'verify',
    '`show user group` and `show vpn ssl settings` show it: one group of the user has to be in a rule.',
  ],
  ['own-change', 'A group that leaves a VPN rule or its policy takes the way in from all its users.'],
  [
    'where',
    'Members are in `config user group`, VPN rules in `config vpn ssl settings`, and firewall policies in `config firewall policy`.',
  ],
  ['choice', 'The user joins a group that is allowed, or the group of the user is added to rule and policy.'],
  ['prevent', 'A new group belongs in a VPN rule and in a firewall policy.'],
  // `can I add the user directly?`
  [
    /(?<!\p{L})(?:directly|direkt|directement|directamente|direttamente|diretamente|rechtstreeks)(?!\p{L})/iu,
    'A user can be named in place of the group, in the VPN rule and in the firewall policy.',
  ],
];
