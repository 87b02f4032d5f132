import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { list } from './printable.ts';
import { ENGLISH_WORDING } from './wording.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;

/**
 * Who answers where the phone calls: `The phone calls TCP 4433 on wan1 (198.51.100.10): only the push service answers there.`
 * Empty where the evidence does not show the push service.
 */
export function portLine(map: PortMap | undefined): string {
  return map ? `The phone calls ${placeOf(map)}: ${standing(map)}.${unseen(map)}` : '';
}

/** Whether a reader of the answer has to know: others claim the port, nothing answers there, or the phone does not get through. */
export function portMatters({ portMap: map, firstBrokenHop }: Diagnosis): boolean {
  return map !== undefined && (map.claims.length !== 1 || CALLED_AT.has(firstBrokenHop));
}

const CALLED_AT: ReadonlySet<Diagnosis['firstBrokenHop']> = new Set(['callback', 'tls']);

function placeOf({ port, interface: name, address }: PortMap): string {
  const on = name === undefined ? '' : ` on ${name}`;
  return `TCP ${port}${on}${address === undefined ? '' : ` (${address})`}`;
}

function standing({ claims, confidence, unseen: notShown }: PortMap): string {
  const [winner] = claims;
  if (!winner) return notShown.length > 0 ? PUSH_OFF : `nothing answers there, ${PUSH_OFF}`;
  const wins = `${confidence === 'certain' ? '' : 'probably '}${ENGLISH_WORDING.portWins[winner.service]}`;
  if (claims.length === 1) {
    if (winner.service !== 'ftm-push') return `${wins}, and ${PUSH_OFF}`;
    return notShown.length > 0 ? wins : `only ${wins}`;
  }
  return `claimed by ${list(claims.map(({ service }) => ENGLISH_WORDING.portOwners[service]))}; ${wins}`;
}

const PUSH_OFF = 'the push service is off';

function unseen({ unseen: services }: PortMap): string {
  if (services.length === 0) return '';
  const names = list(
    services.map((service) => ENGLISH_WORDING.portOwners[service]),
    'or',
  );
  return ` The evidence does not show whether ${names} claims the port too.`;
}
