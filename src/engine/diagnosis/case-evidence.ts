import type { LineMap } from '../evidence/line-map.ts';
import type { OtherProduct } from '../evidence/other-products.ts';
import type { Quote } from '../evidence/types.ts';
import type { CaseFacts } from '../facts/read-facts.ts';

export interface CaseSource {
  readonly name: string;
  readonly lines: number;
  readonly kinds: readonly string[];
}

/** What the evidence shows about one device. */
export interface DeviceEvidence extends CaseFacts {
  readonly sources: readonly CaseSource[];
  /** The evidence holds output of a FortiGate. */
  readonly recognised: boolean;
  /** Devices of other products; their output was ignored. */
  readonly otherProducts: readonly OtherProduct[];
  /** Original line numbers by source, for sources that were unwrapped from another format. */
  readonly lineMaps: ReadonlyMap<string, LineMap>;
  /** The first configuration in the text that no device printed. */
  readonly instruction?: Quote;
}

/** What the evidence of a case shows, as a whole and per device. */
export interface CaseEvidence extends DeviceEvidence {
  readonly devices: readonly (DeviceEvidence & { readonly name?: string })[];
}
