import type { Quote } from '../../evidence/types.ts';

/** The default routes of one VDOM that are in use; empty where it has none. */
export interface RoutingTable {
  /** Absent on a device without VDOMs, or if the evidence does not show it. */
  readonly vdom?: string;
  readonly routes: readonly DefaultRoute[];
  readonly quotes: readonly Quote[];
}

/** The route that the FortiGate uses for an address. */
export interface ServerRoute extends RoutingTable {
  readonly address: string;
  /** `10.20.0.0/16`; undefined where no route leads there. */
  readonly prefix: string | undefined;
}

export interface DefaultRoute {
  readonly interface: string;
  /** Absent for a directly connected route. */
  readonly gateway?: string;
  /** The interface is an IPsec tunnel. */
  readonly isTunnel: boolean;
  readonly quotes: readonly Quote[];
}
