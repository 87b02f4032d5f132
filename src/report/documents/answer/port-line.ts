import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { list } from '../printable.ts';
import { WORDING } from '../wording.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;

/**
 * Which service answers on the callback port: `No port conflict on TCP 4433 of wan1 (198.51.100.10).` Empty if the
 * evidence does not show the push service.
 */
export function portLine(map: PortMap | undefined): string {
  return map ? `${portState(map)}.${unseen(map)}` : '';
}

/** Below the path: what was read of the port, unless services that were not read leave open who has it. */
export function portNote(diagnosis: Diagnosis): string {
  const { portMap: map } = diagnosis;
  if (map === undefined || diagnosis.notInUse || portMatters(diagnosis)) return '';
  return map.claims.length === 1 && map.unseen.length > 0 ? '' : portLine(map);
}

/** Whether the port decides the case: no listener, or a callback that fails. A finding says it itself. */
export function portMatters({ portMap: map, firstBrokenHop, findings, notInUse }: Diagnosis): boolean {
  if (map === undefined || notInUse || findings.length > 0) return false;
  return map.claims.length !== 1 || CALLBACK_HOPS.has(firstBrokenHop);
}

const CALLBACK_HOPS: ReadonlySet<Diagnosis['firstBrokenHop']> = new Set(['callback', 'tls']);
const PUSH_OFF = 'the push service is off';

function portState(map: PortMap): string {
  const { port, interface: name, address, claims, confidence, unseen: notShown } = map;
  const [winner] = claims;
  const on = name === undefined ? '' : ` of ${name}`;
  const place = `TCP ${port}${on}${address === undefined ? '' : ` (${address})`}`;
  if (!winner) return `${place}: ${notShown.length > 0 ? '' : 'nothing listens, '}${PUSH_OFF}`;
  const wins = `${confidence === 'certain' ? '' : 'probably '}${WORDING.portWins[winner.service]}`;
  // A policy uses no port: it only decides who reaches it.
  const users = claims.filter(({ service }) => service !== 'local-in-policy');
  if (users.length < claims.length && users.length < 2) return `${place}: ${wins}`;
  if (claims.length > 1) {
    const owners = list(users.map(({ service }) => WORDING.portOwners[service]));
    return `Port conflict on ${place}: ${owners} use it; ${wins}`;
  }
  if (winner.service !== 'ftm-push') return `${place}: ${wins}, and ${PUSH_OFF}`;
  return `No port conflict on ${place}${notShown.length > 0 ? ' in what was read' : ''}`;
}

function unseen({ unseen: services }: PortMap): string {
  if (services.length === 0) return '';
  return ` Not checked: ${list(services.map((service) => WORDING.portOwners[service]))}.`;
}
