/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = '73XoeSo7n9F02K5OmSXp25hKYpevXAUG9V+nioz4kwk=';
export const SCRIPT_HASH = '1Sst0z8EbEVm52guzz1vidkEfPpZ7oZoF8178glkl9A=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
