import { BASE64_NAMES, HEX_NAME_FORMS } from './decoded.ts';

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

/**
 * Every secret that a finder finds has one of these in its line, and so does a line that begins or ends a multi-line
 * construct. `!` stands for what cannot continue a name.
 */
export const SECRET_WORDS: readonly string[] = [
  ...words(`
   user_msg auth-string hsk -cak pass pwd authtok invit digest-key ticket: login= addprinc kadmin admin: ::: nthash lmhash ntlm keying login( logon( connect( authenticate( sign_in( signin( skeyid >enc "data codes: bind( bind_s( tokens] secr psk key token! cookie creden cred: identifiants acceso: acesso: basicauth(
   authorization community seed reg-id reg_id registration activation qr-code qr_code ciphertext "iv magic=
   "magic samlresponse history0 history1 diag exe serial devid device_id sender config webhook hooks.slack
   api.telegram pagerduty routing integration xox skeyid code= code2 sig= signature hexdump hex_pnt pin: pin=
   creds clave pw! kennwort wachtwoord contrase senha haslo heslo losenord adgangskode salasana jelszo geslo
   lozinka zugangs geheimnis schluessel schlussel anmeld connexion login: logins chiave sleutel
   chave klucz hasla hasle hesla parol sifre slaptazodis zaporka mdp phash isakmp -aq== session-id session_id
   auth= sessionid phpsess chap2- chap-resp eap-message bearer convertto radtest radclient ldapsearch
   ldapmodify ldapcompare ldapadd ldapdelete snmp /u: mysql mariadb redis-cli smbclient rpcclient rasdial
   cmdkey schtasks netsh wpa_ lftp tac_client sqlplus sqlcmd impacket psexec x-chkp ?session= &session=
   ?sid= &sid= ?ticket= &ticket= hmac subscription simple: reset/ hooks/catch com2sec aaa-server p/w segredo segreto secreto sekret UGFzc3dvcmQ6 trapsink trap2sink informsink
   createuser usmuser rootpw bindpw cleartext l2tpd pptpd mgmt-user cation-mode -hash> hcode>
   -auth -sid identified masterauth rabbitmqctl setuser u/p user/p benutzer/ utilisateur/ usuario/ utente/ gebruiker/
   securityname nt-encrypted addresses= bcrypt plink putty openfortivpn
   otp one-time einmal skeyseed [rfc xauth invitation licen "enc jdbc:oracle services/t stringdata "kty" private-lines
   form-data "pin" "puk" puk: aktivier freischalt csf <<< session" sid" ticket" assertion" session= sid= ticket= assertion=
   code_verifier code-verifier machine! -vpn 'session' 'sid' 'ticket' 'assertion' cred= tokencode pin' cipher-value ciphervalue
  `),
  ...HEX_NAME_FORMS,
  '"value"',
  '<value>',
  '- value:',
  'ldapwhoami',
  'ldapexop',
  'eapol_test',
  '_pin',
  '-pin',
  '.pin',
  'pin<',
  'chal rsp',
  'dia t',
  'pin ',
  'puk ',
  'enc: ',
  'auth: ',
  'user-ses=',
  'attr: ',
  'wifi:',
  'ppk ',
  'g^',
  'code:',
  'code"',
  'login incorrect',
  'login ok',
  'admin, ',
  'admin , ',
  ' root:',
  '-root:',
  '+root:',
  '"root:',
  "'root:",
  '`root:',
  '(root:',
  '>root:',
  '|root:',
  '\troot:',
  'root, ',
  'root / ',
  'in using',
  'on with',
  'on using',
  'works with',
  'works using',
  'admin /',
  'admin/',
  '[admin:',
  'use admin',
  'in with',
  'in as',
  'tried w',
  'fails with',
  'login is',
  'login was',
  'login and p',
  'details:',
  'details are',
  'login data',
  'account is',
  'account:',
  'account :',
  'access: user ',
  'login/p',
  'login/h',
  'id/p',
  'u / p',
  'user / p',
  'get in with',
  'gets in with',
  'use ',
  'connect with',
  'connect as',
  'connected as',
  'connected with',
  'stats auth',
  ' on >',
  ' on #',
  '> auth ',
  '>auth ',
  '.auth(',
  'old one is',
  'new one is',
  'old one was',
  'reg id',
  'qr code',
  'magic ',
  'begin ',
  'code ',
  'sig ',
  'pin :',
  'pin =',
  'mat khau',
  'ssh ',
  'scp ',
  'sftp ',
  'rsync ',
  'kata sandi',
  'kata laluan',
  'uci set',
  'session id',
  'pscp ',
  'basic ',
  'negotiate ',
  ' -u ',
  ' -u:',
  'net use ',
  'net user ',
  'echo ',
  '7z ',
  ' -p',
  'vault login',
  'wg set',
  'standby ',
  'glbp ',
  'vrrp ',
  'cipher ',
  ' eap ',
  ' eap "',
  ' * ',
  'create account',
  'system user',
  'pap =',
  'chap =',
  'curl ',
  'wget ',
];

/**
 * The same for secrets recognised by their format, case-sensitive; `*` is any character, `~` a capital or a digit, `0`
 * a digit, `^` a capital.
 */
export const SECRET_PATTERNS: readonly string[] = [
  ...words(`
   FTK ENC xapp XAUTH X-Auth ]:587 -AQ== %^%# hvs. hvb. hvr. gldt- glrt- glptt- glsa_ glc_ rk_test_ pypi- _v1_ GOCSPX- sq0
   shpat_ shpss_ EAACEd NRAK- dapi TT3x ntn_ hf_ sntrys_ SECRET-KEY tskey- PMAK- xkeysib- figd_ SK 1//0
   dp.pt. dp.st. 0:AA .atlasv1. 0Q* SHA} SSHA MD5} CRYPT} pbkdf2 aad3b435 b3BlbnNza PHPSESSID npm_ AIza ya29.
   rk_live_ SG. CLIENT_RANDOM TlRMTVNTUAA AKIA ASIA ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- whsec_ lin_api_ lin_oauth_ sbp_ sbr_ xai- gsk_ r8_ rnd_ pul- dckr_ ops_ pscale_
   shippo_ NRII- NRBR- sk-* R0* u+*
   eyJ APA91b SH2 AK1 PB2 SK_ sk_ Sk_ sK_ U= :// FG~~ FG~- FW~~ FW~- FR~~ FR~- FP~~ FP~- FS~~ FS~- FM~~ FM~-
   FL~~ FL~- FV~~ FV~- FX~~ FX~- FAC FAD FAZ FCT FEX FDD FAI FIC S000^^
  `),
  ...BASE64_NAMES,
  'State: ',
  'State [',
  'State)',
  'State(',
  '@0',
  'State=',
  'State = ',
  'MSK',
  'MK ',
  'MK(',
  'TK ',
  'TK(',
  'CK ',
  'EK ',
  'K:',
  'K=',
  'K-',
  'RSA ',
  // `dec ` and `enc ` are packets in IKE debug; `Dec` is also a month.
  'dec ',
  'enc ',
  'auth 0',
  ' -P ',
  ' -k ',
  ' -U ',
  'AUTH ',
  ' LOGIN ',
  'PASS ',
  '\\r"',
  '\\n"',
  'U: ',
];
