import { BASE64_NAMES, HEX_NAME_FORMS } from './decoded.ts';

/** Parts of a list: a blank at the end or at the beginning of one counts. */
function parts(list: string): readonly string[] {
  return list.split(/\|(?:\n +)?/);
}

/**
 * Every secret that a finder finds has one of these in its line, and so does a line that begins or ends a multi-line
 * construct. `!` stands for what cannot continue a name.
 */
export const SECRET_WORDS: readonly string[] = [
  ...parts(
    `%61|%73s|set sec|se sec|auth id=|=\t|psw:|ww:| c="|recovery phrase|schlüssel |scrv1:|01000000d08c9ddf|parameterkey|nsc_|art-api|cloudflared|verify |/?id=|test aaa|test-aaa|aaa test|from-literal|passhash|$user|random_|nthash|wbinfo|hydra|medusa|ncrack|nxc |netexec|crackmap|check_|smbencrypt|radcrypt|doveadm|caddy|md5sum|1sum|6sum|2sum|base64|iconv|hashpw|crypt(|md5(|sha1(|sha256(|sha512(|ntlmv2|$netntlm|$dcc2|wpa*0|relaystate|/saml|yes |security |printf |:01010000|ziffern|zahlen|digits |codice|kod|ftp> |geheimwort|credenci|credenzi|anmeldedaten|zugangsdaten|paswor|pssw|kenwor|response:|select secret|ssws |oracle.conn|connect(|getconn|pdo(|nt resp|koodi|authenticator|sms:|sms=|2fa|mfa|factor|faktor|portal?|keepalive?|login mit|login with|melde mich|meldet|eingeloggt|testuser|testkonto|konto:|benutzer:|pted with|cted with|cked with|pted using|entsperrt|sleutel|het geheim|login-d|logindaten|zugriffsd|login info|login war|login laut|anmeldung|zugang ist|inicio de ses|rete |usual|as always|übliche|wie immer|habitude|de siempre|the default|netz |ssid|réseau| shows | zeigt | says |display|screen | steht |vorgelesen|eingetippt| read out|read me|the app|my app|his app|her app|der app|the token|my token|his token|her token|the fob|my fob|my phone|his phone|her phone|the phone|from fortit|zur anmeldung|cccccc|vvcccc|chiffres|cifre|cijfers|passkey| * | -p| -u | -u:| eap | eap "| on #| on >| root:|"data|"enc|"iv|iv":|"kty"|"magic|"pin"|"puk"|"root:|"value"|
   &session=|&sid=|&ticket=|'assertion'|'root:|'session'|'sid'|'ticket'|(root:|+root:|- value:|-aq==|-auth|-cak|
   @tcp(|@unix(|account on |account to |aead rfc|auth hmac|auth-trunc |auth md5 |auth sha|auth add|acct add|authentication md5 |authentication sha|auth.txt|dockerc|fgtauth|lm-resp|nt-resp|
    / |sid: | p: |-hash>|-pin|-root:|-sid|-vpn|%77o|s%77|%70a|::add-mask|sudo -s|su - |ssh-add|zugang:|zugang :|codice |codigo |.auth(|.pin|/u:|-a "|/ud:|/userd:|"-p"|'-p'|:forti|:ios|:nxos:|:junos:|:asa:|:eos:|:panos:|:procurve:|:routeros:|bind as |bind with |losungsw|safe word|security word|psk.txt|7z |:::|<<<|<value>|> auth |>auth |>enc|>root:|
   ?session=|?sid=|?ticket=|UGFzc3dvcmQ6|[admin:|[rfc|\troot:|_pin|\`root:|aaa-server|acceso:|access: user |account :|account is|
   account:|acesso:|activation|addprinc|addresses=|adgangskode|admin , |admin /|admin, |admin/|admin:|aktivier|
   anmeld|api.telegram|assertion"|assertion=|attr: |auth-string|auth": |auth":"|auth: |auth=|authenticate(|authorization|
   authtok|basic |basicauth(|bcrypt|bgp md5|bearer|begin |benutzer/|bind(|bind_s(|bindpw|cation-mode|cation-string|chal rsp|chap =|
   chap-resp|chap2-|chave|chiave|cipher |cipher-value|ciphertext|ciphervalue|clave|cleartext|cmdkey|code|
   com2sec|communit|connect as|connect with|
   connect(|connected as|connected with|connexion|contrase|convertto|cookie|create account|createuser|cred:|
   cred=|-cred |cred =|challenge#|creden|creds|crypt |csf|curl |curl"|curl'|details are|details:|device_id|devid|dia t|diag|digest-key|eap-message|
   eapol_test|echo |einmal|enc: |exe|fails with|form-data|freischalt|g^|gebruiker/|geheimnis|geslo|get in with|
   gets in with|glbp |hasla|hasle|haslo|hesla|heslo|hex_pnt|hexdump|history0|history1|hmac|hooks.slack|
   hook/|hooks/|hsk|http -a|https -a|id/p|identifiants|identified|impacket|in as|in using|in with|informsink|integration|invit|
   invitation|isakmp|jdbc:oracle|jelszo|jwt|kadmin|kata laluan|kata sandi|kennwort|key|keying|klucz|l2tpd|ldapadd|
   ldapcompare|ldapdelete|ldapexop|ldapmod|ldapurl|ldapsearch|ldapwhoami|lftp|licen|lmhash|login and p|login data|
   login incorrect|login is|login ok|login was|login(|login/h|login/p|login:|login=|logins|logon(|losenord|
   lozinka|machine!|magic |magic=|mariadb|masterauth|mat khau|mdp|mgmt-user|mysql|negotiate |net use |net user |
   netsh|new one is|nt-encrypted|nthash|ntlm|old one is|old one was|on using|on with|one-time|openfortivpn|otp|
   p.w.|p/w|pagerduty|pap =|parol|pass|phash|phpsess|pin |pin :|pin =|pin'|pin:|pin<|pin=|plink|ppk |pptpd|priv aes|priv des|priv 3des|
   private-lines|pscp |psexec|psk|puk |puk:|putty|pw!|pwd|qr code|qr-code|qr_code|rabbitmqctl|radclient|radtest|
   rasdial|redis-cli|reg id|reg-id|reg_id|registration|reset/|response="|root / |root, |rootpw|routing|rpcclient|rsync |
   salasana|samlresponse|schluessel|schlussel|schtasks|scp |secr|secreto|securityname|seed|segredo|segreto|
   sekret|sender|senha|serial|services/t|session id|session"|session-id|session=|session_id|sessionid|setuser|
   sftp |sid"|sid=|sifre|sig |sig=|sign_in(|signature|signin(|simple:|skeyid|skeyseed|slaptazodis|sleutel|
   smbclient|snmp|sqlcmd|sqlplus|ssh |standby |tion_table|stats auth|stringdata|subscription|system user|tac_client|tacclient|tacacs_client|
   ticket"|ticket:|ticket=|token!|tokens]|trap2sink|trapsink|tried w|u / p|u/p|uci set|use |use admin|<tls>|ppk(|aead "|enc "|auth "|trunc "|set the |set your |set my |set his |set her |nhrp auth|log_on(|cred |router.db|kennwor|challenge rsp|sign-on|dp.sa.|dp.ct.|/verify/|/activate/|/logout?|parameter: id|"auth"|websocket-p|challenge(|vault kv|sha224(|sha384(|dia d|root/|one is|one was|cted using|cked using|red with|red using|rted with|rted using|ved with|ved using|
   user / p|user-ses=|user/p|user_msg|usmuser|usuario/|utente/|utilisateur/|vault login|vrrp |wachtwoord|
   webhook|wg set|wget |wifi:|works using|works with|wpa_|x-chkp|xauth|xox|zaporka|zugangs`,
  ),
  ...parts(
    'pk12util|ykman|totp-cli|oathtool|ccrypt|ldifde|csvde|setairport|swaks|sendemail|isql |impdp|expdp|adfind|pdftk|ldapvi|certutil|mongo|/3/device|/fcm/|/wpush/|otpauth-m|duo|id parameter|saml |/?id=|csrf|hotp|  0x|\t0x|pkcs12|p12"|p12=|p12:|p12_|pfx|keystore|bliss|authentication: simple|bindrequest|rbw get|bw get|kwallet|op read|op item|get-parameter|pwgen|apg -|openssl rand|uci get|nvram get|kv get|gpg |squ_|sqp_|sqa_|auth = (|tokenlogin|sendline|sms sagt|sms says|response typed|user nms|guest wifi|wpa2|gast wlan|pp auth|zugriffspass|tap for|bypass',
  ),
  '|root:',
  ...HEX_NAME_FORMS,
];

/** Serial numbers begin with the product; those of virtual machines have a dash. */
const SERIALS = ['FG', 'FW', 'FR', 'FP', 'FS', 'FM', 'FL', 'FV', 'FX'].flatMap((product) => [
  product + '~'.repeat(14),
  `${product}~-${'~'.repeat(12)}`,
]);

/**
 * The same for secrets recognised by their format, case-sensitive; `*` is any character, `~` a capital or a digit, `0`
 * a digit, `^` a capital. `dec ` and `enc ` are packets in IKE debug; `Dec` is also a month.
 */
export const SECRET_PATTERNS: readonly string[] = [
  ...parts(
    `FTK|ENC|TAN |TAN: |tan 000|tan: 000|Tan 000|Tan: 000|nter 000|ype 000|n Sie 000| -E | -A |AUTHENTICATE |SHA0}|SHA000}|State l|	TRUE	|	FALSE	|C="|>" -> "|G-000000|000 000|~~~~ ~~~~ ~~~~|000000-000000-|se 000|e Sie 000|xapp|XAUTH|X-Auth|]:587|-AQ==|%*%#|hvs.|hvb.|hvr.|gldt-|glrt-|glptt-|glsa_|glc_|rk_test_|pypi-|_v1_|
   GOCSPX-|sq0|shpat_|shpss_|EAACEd|NRAK-|dapi|TT3x|ntn_|hf_|sntrys_|SECRET-KEY|tskey-|PMAK-|xkeysib-|figd_|SK|
   1//0|dp.pt.|dp.st.|0:AA|.atlasv1.|0Q*|SHA}|SSHA|MD5}|CRYPT}|pbkdf2|aad3b435|b3BlbnNza|PHPSESSID|npm_|AIza|
   ya29.|rk_live_|SG.|CLIENT_RANDOM|TlRMTVNTUAA|AKIA|ASIA|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|whsec_|
   lin_api_|lin_oauth_|sbp_|sbr_|xai-|gsk_|r8_|rnd_|pul-|dckr_|ops_|pscale_|shippo_|NRII-|NRBR-|sk-*|R0*|u+*|
   :5432:|eyJ|APA91b|SH2|AK1|PB2|SK_|sk_|Sk_|sK_|U=|FAC|FAD|FAZ|FCT|FEX|FDD|FAI|FIC|S000^^|State: |State len|State, len|State [|State attr|State Attr|State  [|State)|State(|@0|State=|
   State = |MSK|MK |MK(|TK |TK(|CK |EK |K:|K=|K-|RSA |dec |enc |auth 0| -P | -k | -U |AUTH | LOGIN |PASS |\\r"|
   \\n"|U: |ss://|&#|;#|$0$|$0*$|$y$|$h$|$c$|$M$|$apr1$|$sha|$argon2|$scrypt|$pbkdf2|$krb5|$ANSIBLE|$ cat |# cat |: P12 |: PKCS8 |: ECDSA |= des `,
  ),
  ...SERIALS,
  ...BASE64_NAMES,
];
