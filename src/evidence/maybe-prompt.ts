/** How a line begins that holds a statement: with the prompt it was typed at, or without it: the source of a regular expression. */
export const MAYBE_PROMPT = String.raw`^[ \t]*(?:\S{1,60}(?: \([^()]{1,80}\))? [#$] )?`;
