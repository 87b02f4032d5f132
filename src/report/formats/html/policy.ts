/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = 'P3CdGOsHlarD2TsZXXGOSVJ2BWn1szBjporDUukNn4w=';
export const SCRIPT_HASH = 'Sl7ilh6IZxs1SXdq9v/dw9cd/gF3KVqd9Y/H0qwK0Yo=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
