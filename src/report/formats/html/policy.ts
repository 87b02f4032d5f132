/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = 'P3CdGOsHlarD2TsZXXGOSVJ2BWn1szBjporDUukNn4w=';
export const SCRIPT_HASH = 'w1UIOLHsucqMCw1pf5/aaxSmc8SMApIPs6t8o9PiIVo=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
