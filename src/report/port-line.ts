import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { list } from './printable.ts';
import { ENGLISH } from './wording.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;

/**
 * Who answers where the phone calls, in one sentence: `TCP 4433 on wan1 (198.51.100.10): the push service alone.` Empty
 * where the evidence does not show the push service.
 */
export function portLine(map: PortMap | undefined): string {
  if (!map) return '';
  const owners = map.claims.map((claim) => ENGLISH.portOwners[claim.service]);
  return `${placeOf(map)}: ${standing(owners, map.confidence)}.${unseen(map)}`;
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

function standing(owners: readonly string[], confidence: PortMap['confidence']): string {
  const [winner, ...others] = owners;
  if (winner === undefined) return 'nothing answers, the push service is off';
  if (others.length === 0) return `${winner} alone`;
  return `claimed by ${list(owners)}; ${winner}${confidence === 'certain' ? '' : ' probably'} gets the connection`;
}

function unseen({ unseen: services }: PortMap): string {
  if (services.length === 0) return '';
  return ` Not seen: ${list(services.map((service) => ENGLISH.portOwners[service]))}.`;
}
