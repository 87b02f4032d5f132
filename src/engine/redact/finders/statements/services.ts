import type { StatementTable } from './statement.ts';

/** Files of services on Linux: net-snmp, LDAP, HAProxy, Keepalived, hostapd, TACACS+, OpenVPN. */
export const SERVICES: StatementTable = {
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
    ['secret', '~(?=(?=\\S*[a-z])(?=\\S*\\d)\\S{8,128}[ \\t]{0,4}$)'],
    // Below a server of Cisco: indented, and no number of a key.
    ['secret', '(?<=^[ \\t]{1,8}key)~#(?!chain|\\d{1,4}\\s*$)(?=\\S{3,128}[ \\t]{0,4}$)'],
  ],
  'server-key': [['secret', '~#']],
  'simple:': [['password', '~(?!\\()']],
  community: [['community', '~(?=\\S{1,64}~\\{)']],
  'ascii-text': [['psk', '~']],
  hexadecimal: [['psk', '~']],
};
