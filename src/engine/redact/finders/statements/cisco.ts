import type { StatementTable } from './statement.ts';

/** IOS, NX-OS, IOS XR, ASA and what resembles them (Arista, Aruba, HPE ProVision). */
export const CISCO: StatementTable = {
  'snmp-server': [
    ['password', '~user~.{1,160}?~auth~(?:(?:md5|sha[\\w-]{0,8})~)?'],
    ['password', '~user~.{1,200}?~priv~(?:(?:des|3des|aes[\\w-]{0,8})~)?(?:(?:128|192|256)~)?'],
    ['community', '~host~@~(?:(?:traps?|informs?)~)?(?:version~(?:1|2c|3~(?:priv|auth|noauth))~)?'],
    ['community', '~mib~community-map~'],
    ['community', '~host~@~vrf~@~(?:traps?|informs?)~(?:version~(?:1|2c|3~(?:priv|auth|noauth))~)?'],
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
  isis: [['password', '~(?:password|authentication~key)~#']],
  ntp: [['key', '~authentication-key~\\d{1,10}~[\\w-]{1,16}~#']],
  standby: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  vrrp: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  glbp: [['password', '~(?:\\d{1,4}~)?authentication~(?:text~)?(?:md5~key-string~)?#']],
  authentication: [
    ['key', '~(?:text|mode~md5~key|key)~#'],
    ['key', '~.{1,40}?~key-id~\\d{1,5}~key~(?:ascii~)?'],
  ],
  bfd: [['key', '~.{1,80}?~key~ascii~']],
  ppp: [['password', '~(?:chap|pap)~(?:sent-username~@~)?password~#']],
  'wpa-psk': [['psk', '~(?:ascii|hex)~#']],
  passwd: [['password', '~#']],
  digest: [['password', '~secret~#']],
  syscon: [['password', '~(?:address~@|password)~#']],
  'key-hash': [['password-hash', '~\\w{2,8}~']],
  config: [['secret', '~(?:radius|tacacs)~(?:auth|acct)~add~@~@~@~(?:ascii|hex)~']],
  'aaa-server': [['secret', '~@~\\([^()]{1,40}\\)~host~@~(?=\\D{0,63}\\d)']],
  key: [['key', '~config-key~password-encrypt~']],
  'mgmt-user': [['password-hash', '~@~@~']],
  'bkup-passwords': [['password-hash', '~']],
};
