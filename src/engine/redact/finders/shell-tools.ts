import { expression, hint, splitCells } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';

export interface ShellTool {
  readonly command: RegExp;
  /** Everything before a secret, searched after the command. */
  readonly leads: readonly RegExp[];
  readonly kind: SecretKind;
}

function tool(names: string, kind: SecretKind, ...leads: readonly RegExp[]): ShellTool {
  return {
    command: new RegExp(`(?<!\\w|\\w-)(?:${names})(?:\\.(?:exe|sh|pl|py))?["']?[ \\t]{1,4}`),
    leads,
    kind,
  };
}

/** An option and its value, with or without a blank between them. */
const option = (names: string) => new RegExp(`(?<!\\S)(?:${names})[ \\t=]{0,4}`);
/** The same where without a blank it would be another option. */
const apart = (names: string) => new RegExp(`(?<!\\S)(?:${names})[ \\t]{1,4}`);
/** Commands that read a password from another one. */
const READERS =
  'sudo|nmcli|pass[ ]insert|realm|adcli|age|vncpasswd|runas|chpasswd|cifscreds|expect|wpa_passphrase|plink|sshpass|kinit|passwd|openconnect|vpnc|[\\w-]{0,16}vpn[\\w-]{0,16}|smbpasswd|cryptsetup|gpg|openssl|docker|podman|su[ \\t]|md5sum|sha\\d{1,3}sum|base64|iconv|xxd|argon2|grub-\\w{1,24}|kubectl|gcloud';

/** The options of `echo`, the form of `printf`. */
const WRITES = `(?:-[ne]{1,2}[ \\t]{1,4}|["']?%s(?:\\\\n)?["']?[ \\t]{1,4})?["']?`;
/** Handed on to such a command. */
const PIPED = `[ \\t]{0,4}\\|[ \\t]{0,4}(?:sudo[ ])?(?:\\S{1,60}/)?(?:${READERS})`;

/** What is written to a file whose name says that it is a secret: `printf '%s' … > radius.secret`. */
const SAVED =
  /^(?:-n[ \t]{1,4}|["']?%s(?:\\n)?["']?[ \t]{1,4})?["']?(?=(?=[^\s"'|>]{0,63}\d)[^\s"'|>]{8,128}["']?[ \t]{0,4}>{1,2}[ \t]{0,4}\S{0,128}(?:secret|pass(?:word|wd|phrase)?|psk|token|key)(?:\.(?:txt|conf))?\s*$)/i;

/** `names ⟶ kind ⟶ lead ⟶ lead`: a lead is an option, which may need a blank behind it, or an expression: `(?i:…)` in any case. */
function row(strings: TemplateStringsArray): ShellTool {
  const [names = '', kind, ...leads] = splitCells(strings);
  return tool(
    names,
    kind as SecretKind,
    ...leads.map((lead) => {
      const [form, given] = lead.split(' ', 2);
      if (form === 'option') return option(given as string);
      if (form === 'apart') return apart(given as string);
      return expression(lead);
    }),
  );
}

/** Tools that support engineers use around a FortiGate; one of their words is a secret. */
export const SHELL_TOOLS: readonly ShellTool[] = [
  row`radtest ⟶ password ⟶ ^(?:-\w(?:[ \t]{1,4}(?:pap|chap|mschap|eap-md5))?[ \t]{1,4}){0,4}\S{1,128}[ \t]{1,4} ⟶ ^.{1,300}[ \t]\d{1,5}[ \t]{1,4}(?=\S{1,128}\s*$)`,
  row`radclient ⟶ secret ⟶ [ \t](?:auth|acct|status|coa|disconnect|auto)[ \t]{1,4}`,
  row`tac_?client|tacacs_client ⟶ secret ⟶ apart -k ⟶ apart -p`,
  row`ldap(?:search|vi|modify|compare|add|delete|whoami|exop|url|modrdn) ⟶ password ⟶ option -w ⟶ (?<!\S)-y[ ](?=<\()`,
  row`ldappasswd ⟶ password ⟶ option -w ⟶ option -a ⟶ option -s ⟶ (?<!\S)-[yTt][ ](?=<\()`,
  row`snmp(?:walk|get|bulkwalk|bulkget|getnext|set|table|trap|inform|status|df|-?check) ⟶ community ⟶ option -c ⟶ option -A ⟶ option -X`,
  row`curl|wget ⟶ password ⟶ (?<!\S)(?:-u|-U|--user|--proxy-user)[ \t=]{0,4}["']?[^\s:"']{1,128}: ⟶ (?<!\S)(?:-b|--cookie)[ \t=]{1,4}["']?(?:[\w-]{1,40}=)?(?=[^\s"']{12,})`,
  row`curl ⟶ password ⟶ (?<!\S)(?:-E|--cert)[ \t=]{1,4}[^\s:]{1,128}:`,
  row`https? ⟶ password ⟶ ^.{0,200}?(?<!\S)(?:-a|--auth)[ \t=]{1,4}["']?[^\s:"']{1,128}:`,
  row`plink|pscp|putty|addprinc|cpw|change_password ⟶ password ⟶ apart -pw`,
  row`ssh|scp|sftp|rsync ⟶ password ⟶ (?<!\S)[^\s:@/]{1,64}:(?=(?=\S{0,63}\d)[^\s@/]{8,64}@)`,
  row`sshpass ⟶ password ⟶ ^[ \t]{0,4}-p[ \t]{0,4}`,
  row`ssh-keygen ⟶ password ⟶ apart -N ⟶ apart -P`,
  row`openfortivpn ⟶ password ⟶ apart -p ⟶ apart -o`,
  row`vpnc|F[Cc]Config|fcc?config|FortiClient|FortiSSLVPN\w{0,10} ⟶ password ⟶ apart -p ⟶ (?<!\S)-u[ \t]{1,4}[^\s:]{1,64}:`,
  tool(
    `(?:sudo[ \\t])?(?:${READERS})`,
    'password',
    /<<<[ \t]{0,4}["']?(?:[^\s:"']{1,64}:(?=[^\s"']{1,128}["']?\s*$))?(?=[^\s"'$])/,
  ),
  row`FortiESNAC|epctrl ⟶ key ⟶ apart -k`,
  row`oathtool|totp-cli|ykman ⟶ seed ⟶ (?<!\S)-[pPn][ ](?=\d{6,8}(?!\w)) ⟶ (?<!\S)["']?(?=(?:[A-Z2-7]{16,128}|[\da-fA-F]{20,128})={0,6}["']?\s*$)`,
  row`certutil|mongo(?:sh|dump|restore)? ⟶ password ⟶ apart -p`,
  row`pk12util|ccrypt ⟶ password ⟶ apart -W ⟶ apart -K`,
  row`signtool ⟶ password ⟶ apart /p`,
  row`ldifde|csvde ⟶ password ⟶ (?<!\S)-b[ ]\S{1,64}[ ]\S{1,64}[ ](?=[^\s-])`,
  row`networksetup ⟶ password ⟶ -setairportnetwork[ ]\S{1,16}[ ](?:"[^"]{1,64}"|\S{1,64})[ ](?=\S)`,
  row`swaks|sendemail|adfind ⟶ password ⟶ apart -[axu]p`,
  row`pdftk ⟶ password ⟶ (?<!\S)(?:input|owner|user)_pw[ ]`,
  row`isql ⟶ password ⟶ ^\S{1,64}[ ][^\s-]\S{0,64}[ ](?=[^\s-])`,
  row`(?:ex|im)p(?:dp)?|sqlldr|rman ⟶ password ⟶ (?<!\S)[^\s/@]{1,64}\/(?=[^\s/@]{4,64}@)`,
  row`eapol_test ⟶ secret ⟶ apart -s`,
  row`rad_eap_test ⟶ secret ⟶ apart -S`,
  row`wbinfo ⟶ password ⟶ ^.{0,40}(?:-a|--authenticate)[ =]["']?[^\s%"']{1,100}%`,
  // What makes a hash of its last word.
  row`openssl[ ]passwd|mkpasswd|slappasswd|smbencrypt|radcrypt|nthash(?:\.py)?|doveadm[ ]pw|caddy[ ]hash-password ⟶ password ⟶ (?i:^(?:[^\s|]{1,60}[ ]){0,6}?["']?(?=(?!-|(?:sha|md5|bcrypt|yescrypt|des|ssha)[\w-]*$)[^\s"'|]{1,128}["']?(?:\s*$|[ ]--?name[ ])))`,
  row`ansible-vault[ ]encrypt_string ⟶ secret ⟶ ^(?:--vault-id[ ]\S+[ ])?(?=["'])`,
  row`net-snmp-create-v3-user|check_\w{2,20} ⟶ password ⟶ apart -A ⟶ apart -X ⟶ apart -C`,
  row`check_http ⟶ password ⟶ (?<!\S)-a[ ][^\s:]{1,64}:`,
  row`security ⟶ password ⟶ (?<=add-generic-password[ ].{0,100})(?<!\S)-w[ ] ⟶ apart -P`,
  row`hydra|medusa|ncrack|crackmapexec|nxc|netexec ⟶ password ⟶ apart -p`,
  row`nmcli|mgmt_cli ⟶ password ⟶ [ \t](?:password|psk)[ \t]{1,4}`,
  row`mysql\w{0,10}|mariadb(?:-\w{1,10})? ⟶ password ⟶ (?<!\S)-p(?=\S)`,
  row`redis-cli ⟶ password ⟶ apart -a`,
  row`kadmin ⟶ password ⟶ apart -w`,
  row`rabbitmqctl ⟶ password ⟶ (?:add_user|change_password|authenticate_user)[ \t]{1,4}\S{1,64}[ \t]{1,4}`,
  row`sqlplus ⟶ password ⟶ ^(?:-\w{1,4}[ \t]{1,4}){0,2}[^\s/@]{1,64}\/`,
  row`smbclient|smbget|rpcclient|smbmap|net[ \t](?:rpc|ads) ⟶ password ⟶ (?<!\S)-U[ \t]{0,4}["']?[^\s%"']{1,64}%`,
  row`smbpasswd ⟶ password ⟶ ^(?:-\w{1,4}[ \t]{1,4}){1,3}\S{1,64}[ \t]{1,4}(?=\S)`,
  row`(?:impacket-)?(?:psexec|wmiexec|secretsdump|smbexec)(?:\.py)? ⟶ password ⟶ (?<!\S)[^\s:@/]{1,64}\/[^\s:@/]{1,64}:(?=[^\s@]{1,128}@)`,
  row`net[ \t]{1,4}use ⟶ password ⟶ ^.{0,40}?\\\\\S{1,200}[ \t]{1,4}(?=[^\s/]) ⟶ (?i:\/user:\S{1,100}[ \t]{1,4}(?=[^\s/]))`,
  row`net[ \t]{1,4}user ⟶ password ⟶ ^\S{1,100}[ \t]{1,4}(?=[^\s/*])`,
  row`rasdial ⟶ password ⟶ ^(?:"[^"]{1,100}"|\S{1,100})[ \t]{1,4}\S{1,100}[ \t]{1,4}(?=[^\s/])`,
  row`cmdkey|ktpass|schtasks|psexec|wmic|winrs|xfreerdp|winscp ⟶ password ⟶ (?i:(?<!\S)[/-](?:pass|password|rp|p)[ :=](?=[^\s/]))`,
  row`netsh ⟶ psk ⟶ (?i:(?<!\S)key(?:Material)?=)`,
  tool(
    'echo|printf|yes',
    'password',
    new RegExp(
      `^${WRITES}(?!-)(?=[^\\s"'|;)\\\\]{1,128}(?:\\\\n)?["']?(?:[ ]?;[ ]?echo[ ][^|;]{1,128})?\\)?${PIPED})`,
    ),
    // A name and a password, each on a line.
    new RegExp(`^(?:-e[ ])?["']?[^\\s"'|\\\\]{1,64}\\\\n(?=[^"'|]{1,128}["']?${PIPED})`),
    new RegExp(`^["']?%s\\\\n%s(?:\\\\n)?["']?[ ]\\S{1,64}[ ](?=[^|]{1,128}${PIPED})`),
    /^["']?[^\s:"'|]{1,64}:(?=[^\s|]{1,128}[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t])?chpasswd)/,
    SAVED,
  ),
  tool('cat', 'password', new RegExp(`^<<<[ \\t]{0,4}["']?(?=[^\\s"'|]{1,128}["']?${PIPED})`)),
  tool('wg', 'key', /<\(echo[ \t]{1,4}/),
  tool(
    'htpasswd',
    'password',
    /^(?:-\w{1,4}[ \t]{1,4}){0,3}-\w{0,4}b\w{0,4}[ \t]{1,4}\S{1,128}[ \t]{1,4}\S{1,64}[ \t]{1,4}/,
    /^(?:-\w{1,4}[ \t]{1,4}){0,3}-\w{0,4}n\w{0,4}[ \t]{1,4}\S{1,64}[ \t]{1,4}(?=\S{1,128}\s*$)/,
  ),
  row`openssl ⟶ password ⟶ apart -k ⟶ (?<!\S)-passin[ \t=]{1,4}["']?pass: ⟶ (?<!\S)-pass(?:out)?[ \t=]{1,4}["']?pass:`,
  row`openssl ⟶ key ⟶ apart -K`,
  row`7z[ar]?|rar|unrar ⟶ password ⟶ (?<!\S)-h?p(?=\S)`,
  row`vault[ \t]login ⟶ api-key ⟶ ^(?=[^\s-])`,
  row`wpa_passphrase ⟶ psk ⟶ ^(?:"[^"]{1,64}"|\S{1,64})[ \t]{1,4}`,
  row`zip|unzip|zipcloak|ipmitool|bcp|sqlcmd|isql|mosquitto_\w{3} ⟶ password ⟶ apart -P`,
  row`racadm|useradd|usermod ⟶ password ⟶ apart -p`,
  row`lftp ⟶ password ⟶ (?<!\S)-u[ \t]{1,4}[^\s,]{1,64},`,
];

/** Part of every name above, with what stands behind those that say little. */
export const TOOL_HINT = hint(
  `<<<|passwd|smbencrypt|radcrypt|nthash|doveadm|caddy|ansible-vault|create-v3-user|check_|security |hydra|medusa|ncrack|nxc |netexec|
   crackmapexec|wbinfo|rad_eap|yes |eapol_test|nmcli|mgmt_cli|radtest|radclient|tac_client|tacclient|tacacs_client|ldapsearch|ldapvi|
   ldapmod|ldapcompare|ldapadd|ldapdelete|ldapwhoami|ldapexop|ldapurl|snmpwalk|snmpget|snmpbulk|snmpset|snmptable|snmptrap|snmpinform|
   snmpstatus|snmpdf|snmpcheck|snmp-check|curl |curl"|curl'|curl.exe|wget|http -a|https -a|http --auth|https --auth|http get|http post|plink|
   pscp |putty|ssh |scp |sftp |rsync|ssh-keygen|sshpass|openfortivpn|vpnc |forticlient.exe|forticlient -|fortisslvpn|fcconfig|fccconfig|fortiesnac|epctrl|mysql|
   mariadb|redis-cli|kadmin|addprinc|cpw |change_p|rabbitmqctl|sqlplus|smbclient|smbget|smbmap|rpcclient|net rpc|net ads|psexec|wmiexec|
   secretsdump|smbexec|net use|net user|rasdial|cmdkey|ktpass|schtasks|wmic |winrs|freerdp|winscp|netsh|echo |echo"|echo'|printf |printf"|cat <|wg set|wg |
   htpasswd|7z |7za |7zr |rar |zip |zipcloak|vault login|wpa_pass|ipmitool|bcp |sqlcmd|isql |mosquitto|racadm|useradd|usermod|lftp|openssl|
   oathtool|totp-cli|ykman|certutil|mongo|pk12util|ccrypt|signtool|ldifde|csvde|networksetup|swaks|sendemail|adfind|pdftk|impdp|expdp|imp |
   exp |sqlldr|rman |mkpasswd|slappasswd`,
);
