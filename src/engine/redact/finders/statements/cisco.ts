import type { StatementTable } from './statement.ts';

/** IOS, NX-OS, IOS XR, ASA and what resembles them (Arista, Aruba, HPE ProVision). */
export const CISCO: StatementTable = {
  'snmp-server': [
    ['password', '~user~.{1,160}?~auth~(?:(?:md5|sha[\\w-]{0,8})~)?'],
    ['password', '~user~.{1,200}?~priv~(?:(?:des|3des|aes[\\w-]{0,8})~)?(?:(?:128|192|256)~)?'],
    ['community', '~host~(?:@~)?@~(?:(?:poll|trap|traps|informs?)~)?community~#'],
    ['community', '~host~@~(?:(?:traps?|informs?)~)?(?:version~(?:1|2c|3~(?:priv|auth|noauth))~)?'],
    ['community', '~trap~community~'],
  ],
  snmpv3: [
    ['password', '~user~@~auth~(?:(?:md5|sha)~)?'],
    ['password', '~user~.{1,120}?~priv~(?:(?:des|aes)~)?'],
  ],
  username: [
    [
      'password',
      '~@~(?:privilege~\\d{1,2}~)?(?:role~[\\w-]{1,24}~)?(?:algorithm-type~\\w{1,8}~)?(?:password|secret)~#',
    ],
    ['password', '~@~nt-encrypted~password~'],
  ],
  enable: [['password', '~(?:algorithm-type~\\w{1,8}~)?(?:password|secret)~(?:level~\\d{1,2}~)?#']],
  line: [['password', '~(?:password|secret)~#']],
  password: [
    ['password', '~(?:manager|operator)~(?:user-name~@~)?#'],
    ['password', '~(?:\\d{1,2}|hash|simple|cipher|irreversible-cipher)~'],
    // A file of `ftp` and `curl`: `login wren` above it.
    [
      'password',
      '~(?=["\']?(?:[A-Za-zÀ-ÿ$][^\\s"\']{4,128}|\\d{4,16}|(?=\\D{0,3}\\d)(?=\\d{0,3}[a-z])\\w{4})["\']?[ \\t]{0,4}$)',
    ],
  ],
  'key-string': [['key', '~(?:password~)?#']],
  'radius-server': [
    ['secret', '~(?:host~@~)?(?:[\\w-]{1,16}~\\d{1,5}~){0,8}(?:key|encrypted-key)~#'],
    ['secret', '~shared-key(?:-cipher)?~#'],
  ],
  'tacacs-server': [['secret', '~(?:host~@~)?(?:[\\w-]{1,16}~\\d{1,5}~){0,3}(?:key|encrypted-key)~#']],
  'server-private': [['secret', '~.{1,120}?~key~#']],
  client: [['secret', '~@~(?:vrf~@~)?server-key~#']],
  crypto: [['psk', '~isakmp~key~#(?=[^\\s]{1,128}~(?:address|hostname))']],
  'crypto-local': [['psk', '~isakmp~key~']],
  'pre-shared-key': [
    ['psk', '~(?:address~@~(?:[\\d.]{7,15}~)?|hostname~@~)key~#'],
    ['psk', '~(?:(?:local|remote)~)?#(?=[^\\s]{6,128}[ \\t]{0,4};?$)'],
  ],
  ip: [
    ['password', '~ospf~(?:authentication-key|message-digest-key~\\d{1,3}~md5)~#'],
    ['password', '~(?:ftp|http~client|wccp~@)~password~#'],
  ],
  area: [['password', '~.{1,80}?~(?:authentication-key|message-digest-key~\\d{1,3}~md5)~#']],
  neighbor: [['password', '~@~password~#']],
  mpls: [['password', '~ldp~neighbor~@~password~#']],
  isis: [['password', '~(?:password|authentication~key)~#']],
  rip: [['key', '~md5~key~#']],
  ntp: [['key', '~authentication-key~\\d{1,5}~\\w{1,10}~#']],
  standby: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  vrrp: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  glbp: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  authentication: [
    ['key', '~.{1,40}?~key-id~\\d{1,5}~key~(?:ascii~)?'],
    ['key', '~mode~[\\w-]{1,16}~key~#'],
  ],
  bfd: [['key', '~.{1,80}?~key~ascii~']],
  ppp: [['password', '~(?:chap|pap)~(?:sent-username~@~)?password~#']],
  'wpa-psk': [['psk', '~(?:ascii|hex)~#']],
  'wpa-passphrase': [['psk', '~#']],
  vtp: [['password', '~(?:domain~@~)?password~']],
  passwd: [['password', '~#']],
  config: [['secret', '~(?:radius|tacacs)~(?:auth|acct)~add~@~@~@~(?:ascii|hex)~']],
  failover: [['key', '~(?:key|ipsec~pre-shared-key)~#']],
  cluster: [['key', '~key~#']],
  'aaa-server': [['secret', '~@~\\([^()]{1,40}\\)~host~@~(?=\\D{0,63}\\d)']],
  'radius-common-pw': [['password', '~']],
  'ldap-login-password': [['password', '~']],
  ikev1: [['psk', '~pre-shared-key~#']],
  ikev2: [['psk', '~(?:(?:local|remote)-authentication~)?pre-shared-key~#']],
  key: [['key', '~config-key~password-encrypt~']],
  'mgmt-user': [['password-hash', '~@~@~']],
  'bkup-passwords': [['password-hash', '~']],
  'http-proxy': [['password', '~.{1,80}?~password~#']],
};
