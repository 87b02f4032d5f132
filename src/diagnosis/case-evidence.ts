import type { LineMap } from '../evidence/line-map.ts';
import type { OtherProduct } from '../evidence/other-products.ts';
import type { Quote } from '../evidence/types.ts';
import type { CaseFacts } from '../facts/collect-facts.ts';

export interface CaseSource {
  readonly name: string;
  readonly lines: number;
  readonly kinds: readonly string[];
}

/** What the evidence shows of one device. */
export interface DeviceEvidence extends CaseFacts {
  readonly sources: readonly CaseSource[];
  /** The evidence holds output of a FortiGate. */
  readonly recognised: boolean;
  /** Devices that are not FortiGates; their output was left out. */
  readonly otherProducts: readonly OtherProduct[];
  /** By source: where its lines stand in the file, for sources that were unwrapped from another format. */
  readonly lineMaps: ReadonlyMap<string, LineMap>;
  /** The first configuration in the text that no device printed. */
  readonly instruction?: Quote;
}

/** What the evidence of a case shows, as a whole and by device where it is about several. */
export interface CaseEvidence extends DeviceEvidence {
  readonly devices: readonly (DeviceEvidence & { readonly name?: string })[];
}
