/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = 'qi+5BbWt/07Y6vZdWm1OUARtiRW/jDJvWy8RJQd9XU4=';
export const SCRIPT_HASH = '1Sst0z8EbEVm52guzz1vidkEfPpZ7oZoF8178glkl9A=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
