/** Rules about the VPN login itself are numbered from here: 112 is V12. */
export const VPN_RULES_FROM = 100;

/** `RC07` for number 7, `V12` for number 112: the names of a rule in documents. */
export function ruleCode(number: number): string {
  return number > VPN_RULES_FROM
    ? `V${String(number - VPN_RULES_FROM).padStart(2, '0')}`
    : `RC${String(number).padStart(2, '0')}`;
}
