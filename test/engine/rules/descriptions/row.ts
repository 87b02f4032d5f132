import type { RuleId } from '../../../../src/engine/rules/rule-ids.ts';

/** A text of a person, and the cause that it describes; `undefined` where it describes none. */
export type DescriptionRow = readonly [cause: RuleId | undefined, text: string];
