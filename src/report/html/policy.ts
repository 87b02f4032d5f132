/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test holds them to the texts. */
export const STYLE_HASH = '5hkq+xjmMRh31c7xj+qxVcZcdwbgICURUNnYDskQZtA=';
export const SCRIPT_HASH = 'uy9dXxVSoxbeVRlBKf9fjSmLeXHnLBha/+8IPoLYMUo=';

/** Nothing is loaded and nothing runs but the style sheet and the script of the report itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
