import { hint } from '../../hint.ts';
import type { StatementTable } from './statement.ts';

/** Words of statements below that no name of a secret has. */
export const ROW_HINT = hint(
  `communit|snmp-server |snmp-agent |securityname|aaa-server|mgmt-user|bkup-pass|syscon|test aaa|test-aaa|aaa test|nhrp auth|system user|create account|add system|
   radius auth|radius acct|tacacs auth|tacacs acct|auth add|acct add|pp auth|com2sec|trapsink|trap2sink|informsink|createuser|usmuser|uci set|
   rootpw|auth-user-pass|simple:|ascii-text|hexadecimal|router.db|wpa-psk|glbp |standby |vrrp |ospf auth|isis auth|digest|authentication md5 |
   authentication sha|authentication text|authentication-mode|cation-mode|cation-string|isakmp|config-key|private-lines`,
);

/** Statements that name no secret, by their first word: switches, and files of services on Linux. */
export const ROWS: StatementTable = {
  'snmp-server': [
    ['community', '~host~@~(?:(?:traps?|informs?)~)?(?:version~(?:1|2c|3~(?:priv|auth|noauth))~)?'],
    ['community', '~mib~community-map~'],
    ['community', '~host~@~vrf~@~(?:traps?|informs?)~(?:version~(?:1|2c|3~(?:priv|auth|noauth))~)?'],
  ],
  // A file of `ftp` and `curl`: `login wren` above it.
  password: [
    ['password', '~port-access~(?:user-name~@~)?(?:plaintext|sha1|sha256)~'],
    [
      'password',
      '~(?=["\']?(?:[A-Za-zÀ-ÿ$][^\\s"\']{4,128}|\\d{4,16}|(?=\\D{0,3}\\d)(?=\\d{0,3}[a-z])\\w{4})["\']?[ \\t]{0,4}$)',
    ],
  ],
  config: [
    ['community', '~snmp~community~create~'],
    ['secret', '~(?:radius|tacacs)~(?:auth|acct)~add~@~@~@~(?:ascii|hex)~'],
  ],
  'aaa-server': [['secret', '~@~\\([^()]{1,40}\\)~host~@~(?=\\D{0,63}\\d)']],
  'mgmt-user': [['password-hash', '~@~@~']],
  'bkup-passwords': [['password-hash', '~']],
  'key-hash': [['password-hash', '~\\w{2,8}~']],
  syscon: [['password', '~address~@~#']],
  'snmp-agent': [
    ['community', '~community~(?:read|write)~#'],
    ['community', '~target-host~.{1,160}?~securityname~#'],
  ],
  configure: [['community', '~snmp(?:v3)?~add~community~(?:(?:readonly|readwrite)~)?#']],
  test: [['password', '~aaa~group~@~@~(?=\\S{1,128}~(?:new-code|legacy)(?!\\w))']],
  aaa: [['password', '~test-server~(?:pap|chap|mschap\\w{0,2})~@~@~']],
  ip: [['password', '~nhrp~authentication~']],
  'test-aaa': [['password', '~@~(?=\\S{1,128}~(?:radius|hwtacacs|ldap|ad)-template(?!\\w))']],
  create: [['password', '~account~(?:admin|user)~@~#']],
  // Citrix, RANCID.
  add: [
    ['password', '~system~user~@~'],
    ['password', '~(?:user)?password~(?=\\S*[\\d.*-])@~(?=\\{|\\S{4,128}(?:~\\S{4,128})?[ \\t]{0,4}$)'],
    ['password', '~password~(?=\\S*[\\d.*-])@~\\S{1,128}~(?=\\{|\\S{4,128}[ \\t]{0,4}$)'],
  ],
  set: [['password', '~system~user~@~(?=\\S{4,128}[ \\t]{0,4}$)']],
  sys: [['community', '~snmp~communities~.{1,80}?~community-name~']],
  pp: [['password', '~auth~username~@~']],
  com2sec: [['community', '~(?:-Cn~@~)?@~@~']],
  com2sec6: [['community', '~(?:-Cn~@~)?@~@~']],
  trapsink: [['community', '~@~']],
  trap2sink: [['community', '~@~']],
  informsink: [['community', '~@~']],
  trapcommunity: [['community', '~']],
  authcommunity: [['community', '~@~']],
  createuser: [
    ['password', '~(?:-e~@~)?@~(?:MD5|SHA[\\w-]{0,5})~'],
    ['password', '~(?:-e~@~)?@~(?:MD5|SHA[\\w-]{0,5})~@~(?:DES|AES[\\w-]{0,5})~'],
  ],
  usmuser: [
    ['key', '~.{1,120}?~(?=0x[0-9a-f]{16})'],
    ['key', '~.{1,120}?~0x[0-9a-f]{16,128}~\\.[\\d.]{3,40}~(?=0x[0-9a-f]{16})'],
  ],
  uci: [['key', '~set~[^\\s=]{1,100}\\.(?:key|password|psk|secret)=']],
  rootpw: [['password', '~(?:--plaintext~)?(?!--)']],
  'auth-user-pass': [['password', '~@~']],
  key: [
    ['key', '~config-key~password-encrypt~'],
    ['secret', '~(?:authentication|accounting)~#'],
    ['secret', '~(?=(?=\\S*[a-z])(?=\\S*\\d)\\S{8,128}[ \\t]{0,4}$)'],
    // Below a server of Cisco: indented, and no number of a key.
    ['secret', '(?<=^[ \\t]{1,8}key)~#(?!chain|\\d{1,4}\\s*$)(?=\\S{3,128}[ \\t]{0,4}$)'],
  ],
  passphrase: [['psk', '~(?:ascii|hex)~#']],
  'server-key': [['secret', '~#']],
  'simple:': [['password', '~(?!\\()']],
  community: [['community', '~(?=\\S{1,64}~\\{)']],
  'ascii-text': [['psk', '~']],
  hexadecimal: [['psk', '~']],
};
