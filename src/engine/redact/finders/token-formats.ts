import type { SecretKind } from '../kinds.ts';

/** A secret that is recognised by its format in any context. */
export interface TokenFormat {
  readonly kind: SecretKind;
  /** Part of every match, and much cheaper to search for. */
  readonly hint: RegExp;
  /** With the `d` flag; the first group, if present, is the secret. */
  readonly pattern: RegExp;
}

/** Beginnings of keys and tokens that consist of letters, digits, `_` and `-`. */
const PREFIXES = [
  // GitHub, GitLab.
  'gh[pousr]_|github_pat_|gl(?:pat|dt|rt|rtr|cbt|ptt|ft|ffct|imt|wt|oas|soat|agent)-',
  // OpenAI and others, Stripe, npm, PyPI.
  'sk-|[sr]k_(?:live|test)_|npm_|pypi-AgE',
  // DigitalOcean, Google, Square, Shopify, Facebook.
  'do[opr]_v1_|GOCSPX-|AIza|sq0(?:csp|atp|idp)-|shp(?:at|ss|ca|pa)_|EAACEdEose0cBA',
  // New Relic, Databricks, Atlassian, Notion, Hugging Face.
  'NRAK-|dapi(?=[0-9a-f]{32})|AT[AC]TT3x|ntn_|hf_',
  // Grafana, Sentry, age, Tailscale, Postman, Brevo, Figma.
  'glsa_|glc_|sntry(?:s|u)_|sntryu_|squ_|AGE-SECRET-KEY-1|tskey-|PMAK-|xkeysib-|figd_',
  // Webhooks of Stripe and Svix, Linear, Supabase, xAI, Groq, Replicate, Render, Pulumi, Docker, 1Password.
  'whsec_|lin_(?:api|oauth)_|sb[pr]_(?=[0-9a-f]{20})|xai-|gsk_|r8_|rnd_|pul-(?=[0-9a-f]{20})|dckr_(?:pat|oat)_|ops_',
  // PlanetScale, Shippo, New Relic, old keys of Grafana.
  'pscale_(?:tkn|pw|oauth)_|shippo_(?:live|test)_|NR(?:II|BR)-|eyJrIjoi',
  // Mailgun, Twilio.
  'key-(?=[0-9a-f]{32}(?!\\w))|SK(?=[0-9a-f]{32}(?!\\w))',
].join('|');
/** The same for those with dots: HashiCorp Vault, Google, SendGrid, Doppler. */
const DOTTED = 'hv[sbr]\\.|ya29\\.|1//0|SG\\.|dp\\.(?:pt|st|ct|sa)\\.';

export const TOKEN_FORMATS: readonly TokenFormat[] = [
  { kind: 'api-key', hint: /xox|xapp-/, pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[\w%+/=-]{8,512}/dg },
  {
    kind: 'api-key',
    hint: /gh[pousr]_|github_pat|gl[a-z]{1,5}[-_]|sk[-_]|rk_|npm_|pypi|_v1_|GOCSPX|AIza|sq0|shp|EAAC|NRAK|dapi|TT3x|ntn_|hf_|sntry|AGE-|tskey|PMAK|whsec_|lin_|sb[pr]_|xai-|gsk_|r8_|rnd_|pul-|dckr_|ops_|pscale_|shippo_|NR(?:II|BR)-|eyJrIjoi|xkeys|figd|key-[0-9a-f]{8}|SK[0-9a-f]{8}/,
    pattern: new RegExp(`(?<![A-Za-z0-9])(?:${PREFIXES})[\\w=+/-]{20,512}`, 'dg'),
  },
  {
    kind: 'api-key',
    hint: /hv[sbr]\.|ya29|1\/\/0|SG\.|dp\./,
    pattern: new RegExp(`(?<![A-Za-z0-9])(?:${DOTTED})[\\w.-]{20,512}`, 'dg'),
  },
  // AWS: the identifier, and the secret beside it.
  {
    kind: 'api-key',
    hint: /AKIA|ASIA/,
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg,
  },
  {
    kind: 'api-key',
    hint: /AKIA|ASIA/,
    pattern: /(?:AKIA|ASIA)[A-Z0-9]{16}[^\w\r\n]{1,8}([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/dg,
  },
  // Bots of Telegram, Terraform Cloud, Azure applications.
  { kind: 'api-key', hint: /\d:AA/, pattern: /(?<![\w:])\d{8,10}:AA[\w-]{30,40}(?![\w-])/dg },
  { kind: 'api-key', hint: /\.atlasv1\./, pattern: /\w{10,40}\.atlasv1\.[\w-]{40,512}/dg },
  { kind: 'api-key', hint: /\dQ~/, pattern: /[\w.-]{3,40}\dQ~[\w.~-]{20,64}/dg },
  // Hooks that anybody with the link may post to.
  {
    kind: 'api-key',
    hint: /hooks\.slack/,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,256})/dg,
  },
  {
    kind: 'api-key',
    hint: /webhook|api\.telegram|hooks\/catch|with\/key/,
    pattern:
      /(?:\/webhook(?:b2)?\/|\/api\/webhooks\/|api\.telegram\.org\/bot|\/hooks\/catch\/|\/with\/key\/)(?=\S{0,60}\d)([\w@/:-]{8,512})/dg,
  },
  // A link that resets a password.
  {
    kind: 'api-key',
    hint: /reset|verify|activate|invite/,
    pattern:
      /\/(?:reset-?password|password-?reset|reset|verify|activate|invite)\/(?=\S{0,60}\d)([\w-]{20,512})/dg,
  },
  // The user of a link is a token: `https://TOKEN@git.example.com`.
  { kind: 'api-key', hint: /:\/\/[\w-]{20}/, pattern: /:\/\/(?=[\w-]{0,100}\d)([\w-]{20,256})@/dg },
  // A session of the captive portal.
  { kind: 'api-key', hint: /fgtauth/, pattern: /fgtauth[?=](?:3D)?([0-9a-f]{8,512})/dg },
  // Docker's stored sign-in.
  {
    kind: 'api-key',
    hint: /"auth"/,
    pattern: /"auth"[ \t]{0,4}:[ \t]{0,4}"([A-Za-z0-9+/]{16,1024}={0,2})"/dg,
  },
  // PagerDuty: Events API integration keys and REST keys.
  { kind: 'api-key', hint: /R0/, pattern: /(?<![A-Za-z0-9])R0[0-9A-Z]{30}(?![A-Za-z0-9])/dg },
  { kind: 'api-key', hint: /u\+/, pattern: /(?<![\w+-])u\+[\w-]{18}(?![\w-])/dg },
  {
    kind: 'api-key',
    hint: /[Pp]ager[Dd]uty|[Rr]outing|[Ii]ntegration|ROUTING|INTEGRATION|PAGERDUTY/,
    pattern:
      /(?:pagerduty|routing|integration)[^\r\n]{0,40}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/dgi,
  },
  // JSON Web Token; the length is bounded, so that text without dots ends the match attempt.
  {
    kind: 'api-key',
    hint: /eyJ/,
    pattern: /(?<!\w|\w-)eyJ[\w-]{8,4096}\.[\w-]{8,16384}(?:\.[\w-]{0,4096})?/dg,
  },
  // A phone's push registration with Google (Firebase).
  { kind: 'registration-id', hint: /APA91b/, pattern: /(?<!\w|\w-)[\w-]{8,40}:APA91b[\w-]{20,512}/dg },
];

/** Part of any of them. */
export const TOKEN_HINT = new RegExp(TOKEN_FORMATS.map(({ hint }) => hint.source).join('|'));

/** Stored passwords. */
export const HASH_FORMATS: readonly TokenFormat[] = [
  // Unix, Cisco, Comware, F5, Kerberos, Django.
  {
    kind: 'password-hash',
    hint: /\$/,
    pattern:
      /\$(?:1a?|2[abxy]|5|6|7|8|9|14|y|h|c|M|apr1|sha\d{1,3}|argon2id?|scrypt|pbkdf2[\w-]{0,12}|krb5\w{2,8})\$[\w./$,=+*-]{8,512}/dg,
  },
  { kind: 'password-hash', hint: /pbkdf2_/, pattern: /pbkdf2_\w{3,8}\$\d{1,8}\$([\w+/=$.-]{16,256})/dg },
  // LDAP.
  {
    kind: 'password-hash',
    hint: /\{\w{2,9}\d{0,3}\}/,
    pattern: /\{(?:S?SHA\d{0,3}|S?MD5|CRYPT|crypt|PBKDF2[\w-]{0,12})\}([\w+/=$.-]{16,256})/dg,
  },
  // Windows: LM and NT.
  { kind: 'password-hash', hint: /:[0-9a-f]{32}:/i, pattern: /:([0-9a-f]{32}:[0-9a-f]{32})(?=:::|$|\s)/dgi },
  {
    kind: 'password-hash',
    hint: /SH2|AK1|PB2/,
    pattern: /(?<![A-Za-z0-9+/])(?:SH2|AK1|PB2)[A-Za-z0-9+/]{30,512}={0,2}/dg,
  },
  // OpenSSH and DER keys within a line.
  { kind: 'private-key', hint: /b3BlbnNza/, pattern: /b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]{20,8192}/dg },
  // A key of OpenVPN in the XML of a firewall.
  { kind: 'key', hint: /<tls>/, pattern: /<tls>([A-Za-z0-9+/=]{64,8192})/dg },
];
