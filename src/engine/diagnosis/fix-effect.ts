import { getRule } from '../rules/all-rules.ts';
import type { Disturbed } from '../rules/rule.ts';
import type { Finding } from './diagnosis.ts';

const DAY = 'so it can be done during the day';
const QUIET = 'so a quiet time is better';

/**
 * Whom a fix disturbs, the mildest first. Of SSL VPN: Fortinet 191322 (`Default settings on SSL VPN and consequences of
 * changes`); of a failover: the administration guide, `Terminated sessions`.
 */
const EFFECTS: Readonly<Record<Disturbed, string>> = {
  nobody: `Nobody is disconnected, ${DAY}.`,
  'nobody: only push': `Nobody is disconnected: the change concerns only push, ${DAY}.`,
  'nobody: only new logins': `Nobody is disconnected: only new logins use the change, ${DAY}.`,
  'nobody: elsewhere': 'Nobody is disconnected by the FortiGate: the change is made elsewhere.',
  'only this computer': `Nobody else is disconnected: only the computer of the client is changed, ${DAY}.`,
  'only this account': `Nobody else is disconnected: the change concerns only <account>, ${DAY}.`,
  'only the old session': `Nobody else is disconnected: only the old session of <account> ends, ${DAY}.`,
  'logins under way': 'Logins under way fail and have to be repeated; connected users should stay connected.',
  'users of these tokens':
    'Nobody is disconnected; users whose token is replaced cannot log in until the new one is active.',
  'logins of other users': `Nobody is disconnected, but the next login of other users may fail, ${QUIET}.`,
  unknown: `Whether open sessions stay is not documented, ${QUIET}.`,
  routes: `Another route can interrupt open connections, ${QUIET}.`,
  'tunnels of this phase 1': `A change of <tunnel> may end its open tunnels, ${QUIET}; other tunnels stay up.`,
  'perhaps SSL VPN': `A change of the SSL VPN settings may end its sessions, ${QUIET}; IPsec tunnels stay up.`,
  'every session of SSL VPN':
    'A change of addresses or pools ends every session of SSL VPN: it belongs outside working hours.',
  'a failover':
    'A failover ends the sessions of SSL VPN, whose users log in again; IPsec tunnels stay up. It belongs outside working hours.',
  'every session':
    'The upgrade restarts the FortiGate, which ends every session: it needs a maintenance window.',
};
const SEVERITY = Object.keys(EFFECTS);

/** Steps that a question names, which the fix may not need. Sample: `Does a failover disconnect the users?` */
const STEPS: readonly (readonly [words: RegExp, effect: string])[] = [
  [
    /\bfail-?over|(?<!\p{L})(?:bascul|commut|umschalt|omschakel|conmut|comut)\p{L}*|\bswitch(?:ing)? (?:over )?(?:the )?(?:cluster|HA|units?|members?)\b/iu,
    EFFECTS['a failover'],
  ],
  [
    /\b(?:upgrade|firmware|aggiorna\p{L}+|actualiz\p{L}+)(?!\p{L})|\bmise à jour\b/iu,
    EFFECTS['every session'],
  ],
  [
    /\b(?:reboot|neu ?start|redémarr|reinici|riavvi|herstart)\p{L}*|\brestart\p{L}* (?:the |our )?(?:box|gate|firewall|forti\p{L}*|device|cluster)(?!\p{L})/iu,
    'A restart of the FortiGate ends every session: it needs a maintenance window.',
  ],
];

/** What a step of the person’s own disturbs. */
export function stepText(sentence: string): string {
  return STEPS.find(([words]) => words.test(sentence))?.[1] ?? '';
}

/** Whom the fixes of the causes disturb: of several the one that disturbs most. */
export function effectText(causes: readonly Finding[], users: readonly string[]): string {
  const [worst] = causes
    .map((cause) => ({ cause, disturbed: disturbedBy(cause) }))
    .toSorted((a, b) => SEVERITY.indexOf(b.disturbed ?? '') - SEVERITY.indexOf(a.disturbed ?? ''));
  if (worst?.disturbed === undefined) return '';
  const [user, ...others] = users;
  return EFFECTS[worst.disturbed]
    .replace('<account>', user !== undefined && others.length === 0 ? user : 'this account')
    .replace('<tunnel>', changedTunnel(worst.cause) ?? 'the tunnel');
}

function disturbedBy(cause: Finding): Disturbed | undefined {
  const disturbs = getRule(cause.rule)?.disturbs;
  return typeof disturbs === 'function' ? disturbs(cause) : disturbs;
}

/** `ra-staff` of `config vpn ipsec phase1-interface`, `edit "ra-staff"` */
function changedTunnel({ fix }: Finding): string | undefined {
  const at = fix.apply.findIndex((line) => /^\s*config vpn ipsec phase1/.test(line));
  const edit = at === -1 ? undefined : fix.apply[at + 1];
  return /^\s*edit "?([^"]+)"?$/.exec(edit ?? '')?.[1];
}
