import { type Hint, hint, hintOfForm, joinHints } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import type { OpenEnd, Span } from '../spans.ts';
import { findMatches } from '../values.ts';

/** Beginnings of keys and tokens that consist of letters, digits, `_` and `-`. */
const PREFIXES = [
  // GitHub, GitLab.
  'gh[pousr]_|github_pat_|gl(?:pat|dt|rt|rtr|cbt|ptt|ft|ffct|imt|wt|oas|soat|agent)-',
  // OpenAI and others, Stripe, npm, PyPI.
  'sk-|[sr]k_(?:live|test)_|npm_|pypi-AgE',
  // DigitalOcean, Google, Square, Shopify, Facebook.
  'do[opr]_v1_|GOCSPX-|AIza|sq0(?:csp|atp|idp)-|sq[upa]_|shp(?:at|ss|ca|pa)_|EAACEdEose0cBA',
  // New Relic, Databricks, Atlassian, Notion, Hugging Face.
  'NRAK-|dapi(?=[0-9a-f]{32})|AT[AC]TT3x|ntn_|hf_',
  // Grafana, Sentry, age, Tailscale, Postman, Brevo, Figma.
  'glsa_|glc_|sntry(?:s|u)_|sntryu_|AGE-SECRET-KEY-1|tskey-|PMAK-|xkeysib-|figd_',
  // Webhooks of Stripe and Svix, Linear, Supabase, xAI, Groq, Replicate, Render, Pulumi, Docker, 1Password.
  'whsec_|lin_(?:api|oauth)_|sb[pr]_(?=[0-9a-f]{20})|xai-|gsk_|r8_|rnd_|pul-(?=[0-9a-f]{20})|dckr_(?:pat|oat)_|ops_',
  // PlanetScale, Shippo, New Relic, old keys of Grafana.
  'pscale_(?:tkn|pw|oauth)_|shippo_(?:live|test)_|NR(?:II|BR)-|eyJrIjoi',
  // Mailgun, Twilio.
  'key-(?=[0-9a-f]{32}(?!\\w))|SK(?=[0-9a-f]{32}(?!\\w))',
].join('|');
/** The same for those with dots: HashiCorp Vault, Google, SendGrid, Doppler. */
const DOTTED = 'hv[sbr]\\.|ya29\\.|1//0|SG\\.|dp\\.(?:pt|st|ct|sa)\\.';

/** A link with a login, which may be encoded, or one that opens a session. */
const LINK_HINT = hint(
  '://',
  '',
  /[@%&\\]|\/(?:saml|sso|auth|login|activate|invite|verify|confirm|reset|callback|magic|hook)/,
);

/** Secrets recognised by their format in any context: the first group, or all of it. Every repetition is bounded or starts at a fixed prefix. */
const FORMATS: readonly (readonly [kind: SecretKind, hint: Hint, ...patterns: RegExp[]])[] = [
  [
    'password-hash',
    hint(
      'pbkdf2|phash|<key>|:::|aad3b435|ntlm|$dcc2|wpa*0',
      `$0$|$0*$|$00$|$y$|$h$|$c$|$M$|$apr1$|$sha|$argon2|$scrypt|$krb5|-AQ==|%*%#|SHA}|SSHA|MD5}|CRYPT}|crypt}|SHA0}|SHA00}|SHA000}|SH2|AK1|PB2|
       :01010000`,
    ),
    /grub\.pbkdf2\.sha512\.\d{1,8}\.([0-9A-F.]{32,1024})/dgi,
    // Unix, Cisco, Comware, F5, Kerberos, Django.
    /\$(?:1a?|2[abxy]|5|6|7|8|9|14|y|h|c|M|apr1|sha\d{1,3}|argon2id?|scrypt|pbkdf2[\w-]{0,12}|krb5\w{2,8})\$[\w./$,=+*-]{8,512}/dg,
    /pbkdf2_\w{3,8}\$\d{1,8}\$([\w+/=$.-]{16,256})/dg,
    // Juniper's reversible format, and the key names of secrets in PAN-OS.
    /\$9\$[\w./-]{8,256}|-AQ==[A-Za-z0-9+/=]{16,512}|(?<=<phash>)[^<\s]{8,256}|(?<=<(?:pre-shared-key|result)><key>)[^<\s]{6,512}|%\^%#\S{8,256}?%\^%#/dg,
    // LDAP.
    /\{(?:S?SHA\d{0,3}|S?MD5|CRYPT|crypt|PBKDF2[\w-]{0,12})\}([\w+/=$.-]{16,256})/dg,
    // Windows: LM and NT.
    /:([0-9a-f]{32}:[0-9a-f]{32})(?=:::|$|\s)|(?<!\w)NTLM[ \t]{0,16}[:=][ \t]{0,4}([0-9a-f]{32})(?!\w)/dgi,
    // Answers of NTLM and of a handshake as crackers read them: `wren::EXAMPLE:1ea260c2506b1dda:…`.
    /::[\w.-]{0,64}:(?:[0-9a-f]{16}|[0-9a-f]{48}|:):?([0-9a-f]{32,64}:[0-9a-f]{8,4096})/dgi,
    /\$(?:NETNTLM(?:v2)?\$[0-9a-f]{16}\$|DCC2\$\d{1,8}#[^#\s]{1,64}#)([0-9a-f]{32,64})|(?<!\w)WPA\*\d\d\*([0-9a-f*]{32,4096})/dg,
    /(?<![A-Za-z0-9+/])(?:SH2|AK1|PB2)[A-Za-z0-9+/]{30,512}={0,2}/dg,
  ],
  [
    'private-key',
    hint('=\t|p12|pfx|pkcs12|keystore', 'b3BlbnNza'),
    // A container with a key in it.
    /(?:p12|pfx|pkcs12|keystore)\w{0,12}["'>< \w]{0,12}[:=>]{1,2}[ "']{0,3}(?:<data>)?([A-Za-z0-9+/]{60,16384}={0,2})/dgi,
    // `wg show wg0 dump`: the private key, the public key, the port, the mark.
    /([A-Za-z0-9+/]{43}=)\t[A-Za-z0-9+/]{43}=\t\d{1,5}\t(?:off|0x)/dg,
    // OpenSSH and DER keys within a line.
    /b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]{20,8192}/dg,
  ],
  [
    'key',
    hint(
      `secr|key|auth=|auth 1|auth 2|auth 3|auth 6|ppk|g^|aead |auth "|auth '|auth hmac|auth cmac|auth xcbc|auth rfc|auth-trunc |trunc |enc |skeyid|skeyseed|
       sha1 |md5 | m `,
      'CLIENT_RANDOM|SK_|sk_|Sk_|sK_|MSK|msk|MK |MK(|TK |TK(|CK |EK |K:|K=|K-|auth 0',
    ),
    // TLS keys that browsers log for Wireshark.
    /(?<!\w|\w-)(?:CLIENT_RANDOM|[A-Z_]{0,32}SECRET(?:_\d)?)[ \t][0-9a-fA-F]{16,128}[ \t]([0-9a-fA-F]{16,256})/dg,
    // Session keys of IPsec: `diagnose vpn tunnel list` and IKE debug.
    /(?<!\w|\w-)(?:key|auth)[= ]\d{1,3}[: ]([0-9a-fA-F]{8,512})/dg,
    /(?<!\w|\w-)(?:SK_[a-z]{1,2}|SKEYSEED|SKEYID\w{0,4}|(?:EAP[- ])?E?MSK|[PGT]MK|[PGT]TK|K[CE]K|ppk|g\^\w{1,3})(?:[ ]?\([^()]{1,24}\))?(?:[ ]len[= ]\d{1,4})?[ :=-]{1,4}(?:\d{1,3}:)?((?:[0-9a-fA-F]{2}[ ]?){4,256})/dgi,
    // `ike 0:hq:7:41: auth key (sha256) 5f…`
    /key \((?:sha|md5|aes|hmac)[\w-]{0,16}\)[ :=]{1,3}([0-9a-f]{16,512})/dgi,
    // `2 SHA1 …`: a file of NTP keys.
    /^[\s>|+-]{0,8}\d{1,5}[ \t]{1,8}(?:M|MD5|SHA1|SHA256|AES128CMAC|AES-128)[ \t]{1,8}((?=\S*\d)[^\s#]{8,64})(?=[ \t]*(?:#.*)?$)/dg,
    // `ip xfrm state`
    /(?:auth|trunc|enc|aead) ["']?[a-z][\w(),-]{1,48}["']? 0x([0-9a-f]{16,512})/dg,
  ],
  [
    'key',
    hint('<tls>|[rfc|tion_table|enc: |auth: ', ' -E | -A '),
    // A key of OpenVPN in the XML of a firewall.
    /<tls>([A-Za-z0-9+/=]{64,8192})/dg,
    // Tables of keys for Wireshark: a row names an algorithm beside each key.
    /(?<=[,"])(?:0x)?(?![0-9a-fA-F]{16}[,"])([0-9a-fA-F]{12,256})(?=[,"].{0,400}\[RFC ?\d{4}\])/dg,
    /(?<=(?:\[RFC ?\d{4}\]|decryption_table).{0,400}[,"])(?:0x)?(?![0-9a-fA-F]{16}[,"])([0-9a-fA-F]{12,256})(?=[,"])/dg,
    // What `setkey` reads: `add 192.0.2.1 192.0.2.2 esp 0x301 -E aes-cbc 0x…`
    /[ ]-[EA] (?:hmac|keyed|3?des|aes|rijndael|blowfish|camellia|cast|sha)[\w-]{0,24} (?:0x|["'])([^\s"';]{4,512})/dg,
    // `get vpn ipsec tunnel details`
    /(?:enc|auth): {1,8}(?:aes|3?des|sha|md5|chacha)[\w-]{0,16} {1,4}([0-9a-f]{16,512})/dg,
  ],
  [
    'api-key',
    joinHints(
      LINK_HINT,
      hint(
        `hooks.slack|webhook|api.telegram|hooks/|hook/|with/key|reset/|/verify/|/activate/|/invite|password-reset|reset-password|fgtauth|portal?|keepalive?|
         logout?|saml |id parameter|parameter: id|/?id=|?id=|&id=|/3/device|/fcm/|/wpush/|otpauth-m|duo:|"auth"|pagerduty|routing|integration|bearer|basic |
         negotiate |ssws |services/t|art-api|idtoken|service install |xox`,
        `xapp|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|gldt-|glrt-|glrtr-|glcbt-|glptt-|glft-|glffct-|glimt-|glwt-|gloas-|glsoat-|glagent-|sk-*|sk_live|
         sk_test|rk_live_|rk_test_|npm_|pypi-|_v1_|GOCSPX-|AIza|sq0|squ_|sqp_|sqa_|shpat_|shpss_|shpca_|shppa_|EAACEd|NRAK-|dapi|TT3x|ntn_|hf_|glsa_|glc_|
         sntrys_|sntryu_|SECRET-KEY|tskey-|PMAK-|xkeysib-|figd_|whsec_|lin_api_|lin_oauth_|sbp_|sbr_|xai-|gsk_|r8_|rnd_|pul-|dckr_|ops_|pscale_|shippo_|
         NRII-|NRBR-|eyJ|key-|SK|hvs.|hvb.|hvr.|ya29.|1//0|SG.|dp.pt.|dp.st.|dp.ct.|dp.sa.|AKIA|ASIA|0:AA|.atlasv1.|0Q*|R0*|u+*`,
      ),
    ),
    // Artifactory, smart licensing of Cisco, a tunnel of Cloudflare.
    /(?:X-JFrog-Art-Api: ?|license smart trust idtoken |cloudflared service install )([\w.-]{20,1024})/dgi,
    /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[\w%+/=-]{8,512}/dg,
    new RegExp(`(?<![A-Za-z0-9])(?:${PREFIXES})[\\w=+/-]{20,512}`, 'dg'),
    new RegExp(`(?<![A-Za-z0-9])(?:${DOTTED})[\\w.-]{20,512}`, 'dg'),
    // AWS: the identifier, and the secret beside it.
    /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg,
    /(?:AKIA|ASIA)[A-Z0-9]{16}[^\w\r\n]{1,8}([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/dg,
    // Bots of Telegram, Terraform Cloud, Azure applications.
    /(?<![\w:])\d{8,10}:AA[\w-]{30,40}(?![\w-])/dg,
    /(?<!\w)\w{10,40}\.atlasv1\.[\w-]{40,512}/dg,
    /(?<![\w.-])[\w.-]{3,40}\dQ~[\w.~-]{20,64}/dg,
    // Hooks that anybody with the link may post to.
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,256})/dg,
    /(?:\/webhook(?:b2)?\/|\/api\/webhooks\/|api\.telegram\.org\/bot|\/hooks\/catch\/|\/with\/key\/)(?=\S{0,60}\d)([\w@/:-]{8,512})/dg,
    // A link that resets a password.
    /\/(?:reset-?password|password-?reset|reset|verify|confirm|activate|invite)\/(?:[\w-]{1,16}\/){0,2}?(?![a-z]+-[a-z-]+\d{0,4}(?:[/?#\s]|$))(?=\S{0,60}\d)([\w-]{20,512})/dg,
    // The user of a link is a token: `https://TOKEN@git.example.com`.
    /:\/\/(?=[\w-]{0,100}\d)([\w-]{20,256})@/dg,
    // A session of the captive portal.
    /(?:fgtauth[?=](?:3D)?|\/(?:portal|keepalive|logout)\?)([0-9a-f]{8,512})/dg,
    // A link that opens a session: `/remote/saml/auth_id?id=…`.
    /\/(?:saml|sso|auth|login|activate|invite|verify|confirm|reset|callback|magic)\w{0,20}(?:\/[\w-]{1,40}){0,4}\?(?:[\w.-]{1,40}=[^\s&"']{0,200}&){0,6}?(?:id|[tkchu]|hash|flow|token_id|ref)=(?=[^\s&]{0,60}\d)([\w.~%-]{20,512})/dg,
    // The same where FortiClient receives it.
    /(?:SAML(?:[ ]\w{2,8}){0,2}[ ](?:auth_)?|parameter:[ ]|(?:127\.0\.0\.1|localhost):\d{2,5}\/\?)id[= ](?=[\w-]{0,40}\d)([\w-]{16,512})/dgi,
    // The address of a phone's or a browser's push, which shows the registration.
    /(?:\/3\/device\/|\/fcm\/send\/|\/wpush\/v\d\/)(?=\S{0,60}\d)([\w:-]{20,1024})/dg,
    // What an authenticator reads from a picture.
    /(?:otpauth-migration:\/\/offline\?data=|duo:\/\/)([\w+/%=-]{16,8192})/dg,
    // Docker's stored sign-in.
    /"auth"[ \t]{0,4}:[ \t]{0,4}"([A-Za-z0-9+/]{16,1024}={0,2})"/dg,
    // PagerDuty: Events API integration keys and REST keys.
    /(?<![A-Za-z0-9])R0[0-9A-Z]{30}(?![A-Za-z0-9])/dg,
    /(?<![\w+-])u\+[\w-]{18}(?![\w-])/dg,
    /(?:pagerduty|routing|integration)[^\r\n]{0,40}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/dgi,
    // JSON Web Token; the length is bounded, so that text without dots ends the match attempt.
    /(?<!\w|\w-)eyJ[\w-]{8,4096}\.[\w-]{8,16384}(?:\.[\w-]{0,4096})?/dg,
    /(?<!\w|\w-)(?:bearer|basic|negotiate|ssws)[ \t]{1,4}(?=[A-Za-z.~+/=_-]{0,64}\d)([\w.~+/=-]{12,8192})/dgi,
    // The path of a hook that anybody may post to.
    /\/(?:services\/T\w{4,16}\/B\w{4,16}|hooks?)\/(?=\w{0,60}\d)(\w{16,64})/dg,
  ],
  [
    'registration-id',
    hint('registration|reg id|reg-id|reg_id', 'APA91b'),
    // A phone's push registration with Google (Firebase).
    /(?<!\w|\w-)[\w-]{8,40}:APA91b[\w-]{20,512}/dg,
    // FortiAuthenticator prints lists: `registration_id [...]`.
    /(?<!\w)(?:registration[ _-]?ids?|reg[ _-]ids?)["']?[ \t]{0,4}[:=]{0,2}[ \t]{0,4}(?:[bu]?\[(?=[^\]\r\n]{8})|[({](?=[^\])}\s"']{16}))([^\])}\r\n]{8,4096})/dgi,
  ],
  [
    'cookie',
    hint('cookie|nsc_|csrf|sessid|sessionid|user-ses=|deconstruct_session', '\tTRUE\t|\tFALSE\t'),
    // Cookies of FortiOS and of programs, without a header.
    /(?<!\w|\w-)(?:SVPN(?:NETWORK)?COOKIE|APSCOOKIE\w{0,20}|ccsrftoken\w{0,20}|PHPSESSID|JSESSIONID)[ \t]{1,4}(?:(?:is|was|ist|war|value|wert|valeur|valor|valore)[ ]){0,2}["'“]?((?=[^\s;]{0,60}[\dA-Z])[^\s;]{8,4096})/dg,
    // What the SSL VPN reads in a cookie: `deconstruct_session_id:716 … csrf_token=[71A9…],idx=0,auth=1,sid=050e7c77`
    /csrf_?token=\[([\w+/=-]{8,512})|(?<=deconstruct_session_id.{1,800})[, ]sid=\[?([0-9a-fA-F]{6,64})/dg,
    // Of a NetScaler.
    /NSC_(?:AAAC|TMAS|USER|PERS)\w{0,8}=([0-9a-f]{16,512})/dgi,
    // Cookie file of a browser.
    /\t(?:(?:TRUE|FALSE)\t\d{1,12}\t\S{1,64}|\w{0,20}cookie\w{0,20})\t([^\s]{8,4096})/dgi,
    // A session of the tunnel, and what samld hands on.
    /user-ses=["']([0-9a-fA-F]{16,256})/dg,
  ],
  [
    'password',
    joinHints(
      LINK_HINT,
      hint(
        `login=|bindrequest|simple|eap_gtc|scrv1:|01000000d08c9ddf|parameterkey|UGFzc3dvcmQ6|identified|.auth(|> auth |>auth |convertto|bind as |bind with |ss://|
         from-literal|kv put|kv patch|$user|random_|jdbc:oracle|oracle.conn|pin!|puk!|bcpb|@tcp(|@unix(|smbclient|","http|","p":"`,
        '@0',
      ),
    ),
    // The account of the console: `bcpb` and the serial number.
    /(?<!\w)(bcpbF[A-Z\d]{15})(?!\w)/dg,
    /(?<!\w)login=[\w.-]{1,64}:([^\s:]{3,128})/dg,
    // SMTP asks for the password in base64.
    /334 UGFzc3dvcmQ6[ \t<>-]{1,8}([A-Za-z0-9+/=]{4,512})/dg,
    // SQL, and the shell of MongoDB.
    /(?<!\w)IDENTIFIED[ ]BY[ ](?=[^"'\s])([^"'\s;]{4,256})/dg,
    /(?:(?<!\w)identified[ \t](?:with[ \t]\S{1,40}[ \t])?(?:by|as)[ \t](?:password[ \t])?|\.auth\(["'][^"']{1,64}["'],[ ]?)["']([^"'\s]{1,256})["']/dgi,
    // At the prompt of Redis, and its users.
    /:\d{1,5}(?:\[\d{1,3}\])?>[ ]?auth[ \t]{1,4}(?:\S{1,64}[ \t]{1,4})?["']?([^\s"']{1,512})["']?[ \t]*$/dgi,
    /ConvertTo-SecureString[^"']{0,40}["']([^"']{1,256})/dg,
    /["']([^"']{1,256})["'][ ]{0,2}\|[ ]{0,2}ConvertTo-SecureString/dg,
    // A bind in a trace.
    /(?:bindRequest\(\d{1,4}\)[ ]"[^"]{0,200}"[ ]simple:?[ ]|(?:authentication:[ ]simple|simple[ ]password:)[ ](?="))"?([^\s"]{4,128})/dg,
    /eap_gtc:[ ]{1,4}Response:[ ]([^\s(]\S{2,128})/dg,
    /ConvertTo-SecureString[ ](?:-String[ ])?([^\s"'()$-][^\s"'()]{0,255})[ ]-/dg,
    // FreeRADIUS: the name and the password of its bind.
    /(?<!\w)bind (?:as|with) [^/=]{1,20}=[^/]{1,200}\/(\S{1,128})(?= to \S)/dgi,
    // What smbclient reads of its environment: `user=wren%…`.
    /(?<!\w)user=[\w.-]{1,64}%(?!40[\w-]{1,40}\.)([^\s%&,"']{4,128})(?=["']?[ \t].{0,80}smbclient)/dgi,
    /(?<!\w|\w-)(?:(?:Token|SIM|App)-)?(?:PIN|PUK)(?:[ \t](?:gesetzt|geändert|neu|set|changed|new)(?=[ ]?:))?(?:[ \t](?:for|für|of|vo[nm]|zu[mr]|de[rs]|du|del?|do|da)(?:[ \t][^\s:=]{1,32}){1,3}?)?(?:[ \t]{0,4}[:=]|[ \t](?:is|was|est|es(?:[ ]el)?|era|é|è|lautet|ist|war|heißt|auf|to|now))?[ \t]{0,4}(?<=[ \t:=])(\d{4,12})(?![\w:]|\.\d)/dgi,
    // What holds the password of a command: of Kubernetes, of Vault, of Nagios, of Terraform.
    /--from-literal[= ]["']?[\w.-]{1,60}=(?<=[ ]create[ ]secret[ ].{1,400})([^\s"']{1,256})/dg,
    /vault[ ]kv[ ](?:put|patch)[ ]\S{1,200}(?:[ ]\S{1,200}){0,4}?[ ][\w.-]{1,60}=([^\s"']{1,256})/dg,
    /\$USER(?<![\w$]\$USER)\d{1,3}\$[ ]?=[ ]?(?!\/)(\S{3,256})/dg,
    /random_(?:password|string|bytes).{1,600}?"result"[ ]?:[ ]?"([^"]{4,256})"/dg,
    // LAPS of Windows.
    /"n":"[^"]{1,64}","t":"[0-9a-f]{8,20}","p":"([^"]{4,128})"/dg,
    // OpenVPN: the password and the answer to its challenge. DPAPI of Windows. Parameters of CloudFormation.
    /SCRV1:([A-Za-z0-9+/=]{4,256}:[A-Za-z0-9+/=]{4,256})/dg,
    /01000000d08c9ddf0115d1118c7a00c04fc297eb([0-9a-f]{32,8192})/dgi,
    /ParameterKey=\w{0,40}(?:pass(?:word)?|secret|psk|token),ParameterValue=["']?([^\s,"']{3,256})/dgi,
    // An export of KeePass: the password stands before the address.
    /^[\s>|+-]{0,8}(?:"[^"]{0,80}",){2,4}"((?=[^"]{0,60}[\d!#$%&*+?@])[^"\s]{6,64})","(?:https?:\/\/)[^"]{1,200}",/dg,
    // Links of Shadowsocks and Oracle.
    /(?<!\w)ss:\/\/([A-Za-z0-9+/=_-]{16,512})/dg,
    /(?:jdbc:oracle:\w{2,5}:|Oracle\.connect\(["'])[^\s/:@"']{1,64}\/([^\s@"']{1,128})@/dg,
    // A login without a scheme: `wren:…@10.0.0.1`, `wren:…@tcp(db:3306)`.
    /(?<![\w/:@.-])[\w.-]{1,32}:([^\s:@/"'<>]{4,128})@(?=(?:tcp|unix)\(|\d{1,3}(?:\.\d{1,3}){3}(?!\d))/dg,
    /:\/\/[^\s/@:]{0,64}:(?!(?:password|passwd|pass|pw|secret|\$\{\w{1,60}\})@)([^\s/@]{1,256})@/dgi,
  ],
  // In lines about passwords, which are many.
  [
    'password',
    hint(
      `pass|pwd={|challenge(|response(|setuser | on >| on #|login incorrect|login ok|crypt(|hashpw|md5(|sha1(|sha224(|sha256(|sha384(|sha512(`,
    ),
    // An attribute of RADIUS in Wireshark.
    /t=[\w-]{0,40}(?:Password|Response|Challenge)\(\d{1,4}\)(?::|[ \t]l=\d{1,5})[ \t](?!(?:val=)?(?:De|En)crypted:?\s*$)(?:val=)?(?:(?:De|En)crypted:?[ \t])?(\S{4,256})/dg,
    /(?<!\w|\w-)(?:setuser|user(?=[ \t].{0,120}[ \t]on[ \t]))[ \t]\S{1,64}[ \t](?:[^\s>#]\S{0,63}[ \t]){1,8}?(?:>(?=\S{6})|#(?=[0-9a-f]{64}))(\S{6,512})/dgi,
    // What XAUTH, the portal and FreeRADIUS print of a login.
    /(?:XAUTH[_ ](?:USER_)?PASSWORD(?:(?: value)?[ :=]{1,3}['"]|\)[a-z\d :]{1,16} value )|(?<!\w)passw(?:or)?d? ?\[(?!\d{1,3}\]|[ xX✓-]\])|Login (?:incorrect|OK)[^[\]]{0,120}\[[^\]/]{1,64}\/(?!<(?:via|no)[ ]))([^'"\]]{1,128})/dgi,
    // PPP.
    /(?<!\w)password\(<(?![a-z-]{3,20}#\d)([^<>]{1,128})>\)/dg,
    // The management interface of OpenVPN: `password "Auth" "…"`.
    /(?<!\w)password "[\w -]{1,40}" "([^"\s]{1,128})"/dg,
    // The names of the members in a comment behind them: `["wren", "…"] // [user, password]`.
    /\["[^"]{1,64}", ?"([^"]{1,128})"(?:, ?"[^"]{1,64}"){0,4}\],? {0,8}(?:\/\/|#) ?\[?user\w{0,8}, ?passw/dgi,
    // ODBC doubles a bracket inside a value; without a mark it is the name of a variable.
    /;(?:PWD|Password)=\{(?=[^{}]{0,64}[^\w{}.'"[\]()])((?:[^{}]|\}\}){1,128})\}/dgi,
    // A function that makes a hash of it.
    /\b(?:(?:ms_|gen_)?crypt|hashpw|password_hash|password|encrypt|md5|sha\d{1,3})\([bu]?\\?["'](?=[^"'\s]{0,63}\d)([^"'\s]{4,128})\\?["']/dgi,
  ],
  [
    'challenge',
    hint(
      'nt-resp|lm-resp|nt resp|lm resp',
      'TlRMTVNTUAA|State: |State len|State, len|State [|State attr|State Attr|State  [|State)|State(|State=|State = |State l|State 0',
    ),
    // NTLM: a response can be attacked with a dictionary.
    /TlRMTVNTUAA[A-Za-z0-9+/=]{8,4096}/dg,
    // RADIUS: what ties a challenge to its answer.
    /(?<!\w)State(?: attr(?=[: ])| Attribute)?(?: {0,4}[[(]\d{1,3}[\])])?(?:,? len(?:gth)?(?:=|:? )\d{1,3}(?:,? [Vv]alue)?)?(?: {1,4}\d{1,3})?(?: l=\d{1,3} v(?:al)?=| ?[:=] ?|(?<=value) |(?<=\] {1,4}\d{1,3}) {1,4}(?=[0-9a-fA-F]{16}))(?:0x)?((?:[0-9a-fA-F]{2}[ ]?){8,128}|(?=[^"'\s]{0,40}\d)[\w+/=-]{16,256})/dg,
    /\(State\)(?:[^"']{0,40}["']([^"']{4,512})|,? len(?:gth)?[ =:]{1,2}\d{1,3}[:,][ ](?:value[ :=]{1,2})?(?:0x)?([0-9a-fA-F]{8,512})(?!\w))/dg,
    // MSCHAP: what answers a challenge can be attacked with a dictionary.
    /(?<!\w)(?:NT|LM)[- ]Response[ :=]{1,3}(?:0x)?([0-9a-f]{32,512})/dgi,
  ],
  [
    'secret',
    joinHints(hint('attr: |keyvalue|"d":'), hintOfForm(/^[>|+-]? {5,20}[0-9a-f]{2} /)),
    /Attr: ?\d{1,3}, ?\d{1,5}, ?'([A-Za-z0-9+/=]{40,8192})/dg,
    // What a push carries to the phone.
    /"d"[ ]?:[ ]?"([0-9a-f]{32,8192})"/dg,
    // Of a keytab in Wireshark.
    /keyvalue: ?([0-9a-f]{32,128})/dgi,
    // The same with characters beside the bytes, sixteen to a line.
    /^[>|+-]? {4,20}(?=[ 0-9a-f]{48} {3})((?: [0-9a-f]{2}){1,16}.{0,80})/dg,
  ],
  [
    'community',
    hint('', 'C="'),
    // `tcpdump`
    /C="(?<!\w...)([^"]{1,64})" (?:\{ )?(?:Get|Set|Trap|V2Trap|Inform|Report)/dg,
  ],
  [
    'psk',
    hint('=\t|wifi:|  0x|\t0x', ' 0x~~~~~~~~~~~~'),
    // A file of peers: `fw1.example.com  0x…`
    /^[\s>|+-]{0,8}[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}[ \t]{1,32}0x([0-9a-f]{24,512})\s*$/dg,
    // `wg show wg0 dump`: a peer.
    /[A-Za-z0-9+/]{43}=\t([A-Za-z0-9+/]{43}=)\t(?:\(none\)|[\d.:[\]a-f]{4,50}:\d{1,5})\t/dg,
    // The code of a wireless network in a picture.
    /WIFI:\S{0,160}?(?<=[:;])P:([^;\s]{1,128})/dg,
  ],
  [
    'activation-code',
    hint('', '~~~~~-~~~~~-~~~~~-~~~~~-~~~~~'),
    // A product key.
    /(?<![\w-])(?=[A-Z-]{0,20}\d)[A-Z\d]{5}(?:-[A-Z\d]{5}){4}(?![\w-])/dg,
  ],
  [
    'seed',
    hint('hotp|totp|yubico otp|challenge-resp|static pass'),
    // `TOTP000A17, …, totp, 6, 30`: an import of privacyIDEA; a log of YubiKeys.
    /^[\s>|+"'-]{0,40}[\w-]{4,32}["']?,[ ]?["']?([0-9a-fA-F]{32,128}|[A-Z2-7]{16,64})["']?,[ ]?["']?(?:totp|hotp|TOTP|HOTP)["']?,/dg,
    /^[\s>|+-]{0,8}(?:Yubico OTP|OATH-HOTP|Challenge-Response|Static Password)[^,]{0,20}(?:,[^,]{0,40}){2,4},(?:[0-9a-f]{12},)?([0-9a-f]{32,40}),/dg,
    // `pyotp.TOTP("…")`
    /(?<=[TH]OTP\(["'])([A-Za-z2-7]{16,128})(?=["'])/dg,
    // A file of seeds: `HOTP/T30/6  wren  -  …`
    /(?<!\w)HOTP(?:\/[ET]\d{0,3})?(?:\/\d)?[ \t]{1,8}\S{1,64}[ \t]{1,8}\S{1,64}[ \t]{1,8}([0-9a-fA-F]{16,256})/dg,
  ],
  [
    'ciphertext',
    joinHints(hint('"enc|>enc|"data|data0 ', 'ENC|EncX'), hintOfForm(/^[\s>|+-]{0,40}[0-9a-f]{60}/)),
    // Of FortiClient on Windows.
    /(?:[">]Enc[A-Z]{0,2} |(?<!\w)EncX ?|(?<!\w)DATA\d(?:"="| {1,8}REG_SZ {1,8})(?:Enc[A-Z]? ?)?)([0-9a-fA-F]{16,1024})(?!\w)/dg,
    // SOPS.
    /ENC\[AES256_GCM,(data:[^\]\s]{4,8192})\]/dg,
    // Ansible Vault.
    /^[\s>|+-]{0,40}(\d{60,80}|[0-9a-f]{80})\s*$/dg,
  ],
];

/** Secrets of a debug that may be so long that a terminal splits them into lines. */
const LONG: readonly { readonly pattern: RegExp; readonly open: OpenEnd }[] = [
  // IKE debug shows decrypted packets: for XAUTH and EAP they contain the password. Source: Fortinet KB FD38751,
  // "ASCII dump of clear text, encrypted and decrypted" packets.
  {
    open: { by: 'word', encoded: true },
    pattern: /(?<!\w|\w-)(?:dec|enc)[ \t]{1,4}([0-9a-fA-F]{32,})(?![\w-])/dg,
  },
  // eap_proxy is based on hostapd, which dumps whole RADIUS packets: with EAP they may contain a password.
  {
    open: { by: 'bytes' },
    pattern:
      /(?<!\w|\w-)hexdump\w{0,10}\(len=\d{1,8}\):[ \t]{0,4}((?:[0-9a-fA-F]{2}[ \t]?){4,}[0-9a-fA-F]?)/dg,
  },
  // EAP data passed to fnbamd.
  { open: { by: 'bytes' }, pattern: /hex_pnt-[^\r\n]{0,80}?-((?:[0-9a-fA-F]{2} ?){4,}[0-9a-fA-F]?)/dg },
];

const KINDS = FORMATS.map(([kind, hint, ...patterns]) => ({ kind, hint, patterns }));
const LONG_HINT = hint('hexdump|hex_pnt', 'dec |enc ');
export const FORMAT_HINT = joinHints(LONG_HINT, ...KINDS.map((each) => each.hint));

export function findFormats(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { kind, hint, patterns } of KINDS) {
    if (hint.test(line)) for (const pattern of patterns) spans.push(...matches(line, pattern, kind));
  }
  if (!LONG_HINT.test(line)) return spans;
  const long = LONG.flatMap(({ pattern, open }) =>
    matches(line, pattern, 'secret').map((span) =>
      /^=?\s*$/.test(line.slice(span.end, span.end + 8)) ? { ...span, open } : span,
    ),
  );
  return [...spans, ...long];
}

/** The first group of each match, or all of it. */
export function matches(line: string, pattern: RegExp, kind: SecretKind): readonly Span[] {
  return findMatches(pattern, line).map((match) => {
    const [start, end] = match.indices?.[1] ??
      match.indices?.[2] ?? [match.index, match.index + match[0].length];
    return { start, end, kind };
  });
}
