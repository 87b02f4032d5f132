import type { StatementTable } from './statement.ts';

/** HPE Comware, Huawei VRP, Extreme, Citrix ADC, F5, Check Point. */
export const OTHER_SWITCHES: StatementTable = {
  'snmp-agent': [
    ['community', '~community~(?:read|write)~#'],
    ['password', '~usm-user~.{1,120}?~authentication-mode~[\\w-]{1,10}~#'],
    ['password', '~usm-user~.{1,200}?~privacy-mode~[\\w-]{1,10}~#'],
    ['community', '~target-host~.{1,160}?~securityname~#'],
  ],
  super: [['password', '~password~(?:(?:level|role)~@~)?#']],
  primary: [['secret', '~(?:authentication|accounting)~.{1,80}?~key~#']],
  secondary: [['secret', '~(?:authentication|accounting)~.{1,80}?~key~#']],
  key: [['secret', '~(?:authentication|accounting)~#']],
  'hwtacacs-server': [['secret', '~shared-key(?:-cipher)?~#']],
  'local-user': [['password', '~@~password~#']],
  peer: [['password', '~@~password~#']],
  ospf: [['password', '~authentication-mode~[\\w-]{1,12}~\\d{1,3}~#']],
  'authentication-mode': [['key', '~[\\w-]{1,16}~key-id~\\d{1,3}~#']],
  ipsec: [['key', '~sa~string-key~(?:inbound|outbound)~(?:esp|ah)~#']],
  configure: [['community', '~snmp(?:v3)?~add~community~(?:(?:readonly|readwrite)~)?#']],
  create: [
    ['password', '~account~(?:admin|user)~@~#'],
    ['password', '~snmpv3~user~.{1,80}?~authentication~(?:md5|sha)~#'],
    ['password', '~snmpv3~user~.{1,120}?~privacy~(?:des|aes)~#'],
  ],
  add: [['password', '~system~user~@~']],
  sys: [['community', '~snmp~communities~.{1,80}?~community-name~']],
};
