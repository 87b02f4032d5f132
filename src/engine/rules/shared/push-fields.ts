import type { PushService } from '../../facts/values.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';

/**
 * Whether this FortiOS reads `server`: new in 7.0.0, backported to 6.4.10. Without a
 * version the printed fields decide: `get` lists every existing field, and some were added only after `server`.
 * `undefined` if neither decides.
 */
export function knowsServer(version: FortiosVersion | undefined, service?: PushService): boolean | undefined {
  if (version) return atLeast(version, '7.0.0') || (version.minor === 4 && atLeast(version, '6.4.10'));
  if (!service) return undefined;
  if (service.server === undefined) return false;
  if (service.server.explicit || service.interface || service.proxy) return true;
  return undefined;
}

/** `set interface`, instead of an address: 7.6.4 and later (Ansible schema, KB 195578). */
export function knowsInterface(version: FortiosVersion | undefined, service?: PushService): boolean {
  return version ? atLeast(version, '7.6.4') : service?.interface !== undefined;
}

/** `server-cert` was added in 6.4.0; `get` of an older FortiOS does not list it. */
export function knowsCertificate(version: FortiosVersion | undefined, service: PushService): boolean {
  return version ? atLeast(version, '6.4.0') : service.serverCert !== undefined;
}
