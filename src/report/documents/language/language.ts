import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { Hop } from '../../../engine/facts/hop.ts';
import type { Confidence } from '../../../engine/rules/rule.ts';

/**
 * Texts for customers in one language: plain sentences without names of devices, people, addresses or settings. A
 * language is one file with a value of this type, and a line in `languages.ts`. The English causes are in the rules.
 */
export interface Language {
  /** Name of the language in itself. */
  readonly name: string;
  readonly draft: {
    readonly opening: string;
    /** Introduces a cause, by confidence. */
    readonly found: Readonly<Record<Confidence, string>>;
    /** By rule: completes the sentence of `found`, without a full stop. */
    readonly causes: ReadonlyMap<string, string>;
    /** If several things are wrong: `count` besides the first. */
    readonly alsoFound: (count: number) => string;
    readonly weRepair: string;
    /** What helps meanwhile, by broken hop; empty if nothing does. */
    readonly untilThen: Readonly<Record<Hop, string>>;
    readonly withoutFinding: Readonly<Record<Diagnosis['verdict'], string>>;
    readonly closing: string;
  };
}
