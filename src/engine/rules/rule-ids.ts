/** The ids in the list: `explains` and every other mention of a rule in the code is checked against them. */
export type RuleId = keyof typeof import('./list.ts');
