import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Hop } from '../../facts/hop.ts';
import type { Confidence } from '../../rules/rule.ts';

/**
 * What a customer is told, in one language: plain sentences without names of devices, people, addresses or settings.
 * A language is one file with a value of this type, and a line in `languages.ts`. The causes in English stand with the rules.
 */
export interface Language {
  /** As its speakers call it. */
  readonly name: string;
  readonly draft: {
    readonly opening: string;
    /** Leads to a cause, by how sure we are of it. */
    readonly found: Readonly<Record<Confidence, string>>;
    /** By rule: the end of a sentence that `found` begins, without a full stop. */
    readonly causes: ReadonlyMap<string, string>;
    /** Where several things are wrong: `count` besides the first. */
    readonly alsoFound: (count: number) => string;
    readonly weRepair: string;
    /** What helps until then, by the step that is broken; empty where nothing does. */
    readonly untilThen: Readonly<Record<Hop, string>>;
    readonly withoutFinding: Readonly<Record<Diagnosis['verdict'], string>>;
    readonly closing: string;
  };
}
