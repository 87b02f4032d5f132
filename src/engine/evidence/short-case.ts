/**
 * Shorter texts are read as a whole, so that a report can show the lines around a quote. Bytes of a case; the terminal and
 * the web page use the same, because they print the same JSON.
 */
export const SHORT_CASE_BYTES = 256 << 10;
