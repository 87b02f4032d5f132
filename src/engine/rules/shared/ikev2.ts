import type { Phase1 } from '../../facts/device/settings.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';

/** Dial-up tunnels whose IKEv2 users can receive a push. */
export function eapDialups(phase1s: readonly Phase1[]): readonly Phase1[] {
  return phase1s.filter((tunnel) => tunnel.dialup && tunnel.ikeVersion.value === 2 && tunnel.eap.value);
}

/** Whether this release sends pushes to IKEv2 users (KB 421645); the oldest branch with such a release is 7.2. */
export function pushesOverIkev2(version: FortiosVersion): boolean {
  const branch = `${version.major}.${version.minor}`;
  if (branch === '7.2') return atLeast(version, '7.2.8');
  if (branch === '7.4') return atLeast(version, '7.4.4');
  return atLeast(version, '7.6.0');
}
