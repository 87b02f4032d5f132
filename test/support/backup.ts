/** The root blocks of a whole backup in the order in which FortiOS prints them, by path. */
const BLOCKS: Readonly<Record<string, string>> = {
  'system global': '    set hostname "fgt-branch-07"',
  'system interface':
    '    edit "port1"\n        set vdom "root"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ping https ssh ftm\n        set role wan\n    next',
  'system custom-language': '    edit "en"\n        set filename "en"\n    next',
  'system admin': '    edit "admin"\n        set accprofile "super_admin"\n        set vdom "root"\n    next',
  'system ftm-push': '    set server "198.51.100.10"\n    set status enable',
  'system automation-action': '    edit "notify"\n        set action-type cli-script\n    next',
  'system settings': '',
  'firewall address': '    edit "lan"\n        set subnet 10.7.0.0 255.255.255.0\n    next',
  'user fortitoken': '    edit "FTKMOB71C0A4E2D7"\n        set license "FTMTRIAL0B2C4D6E"\n    next',
  'user local':
    '    edit "marlow"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"\n    next',
  'user group': '    edit "vpn-users"\n        set member "marlow"\n    next',
  'vpn ssl settings':
    '    set servercert "Fortinet_Factory"\n    set port 10443\n    set source-interface "port1"\n    config authentication-rule\n        edit 1\n            set groups "vpn-users"\n            set portal "full-access"\n        next\n    end',
  'firewall policy':
    '    edit 1\n        set srcintf "ssl.root"\n        set dstintf "port2"\n        set action accept\n        set groups "vpn-users"\n    next',
  'firewall local-in-policy': '',
  'router static': '    edit 1\n        set gateway 198.51.100.1\n        set device "port1"\n    next',
  'router multicast': '',
};

/** A whole backup; `changes` replaces the lines of a block, or leaves it out. */
export function backupText(changes: Readonly<Record<string, string | undefined>> = {}): string {
  return `${backupBlocks(changes).join('\n')}\n`;
}

/** The header and the root blocks of the same backup, each as one text. */
export function backupBlocks(changes: Readonly<Record<string, string | undefined>> = {}): readonly string[] {
  const blocks = Object.entries({ ...BLOCKS, ...changes }).flatMap(([path, lines]) =>
    lines === undefined ? [] : [`config ${path}\n${lines === '' ? '' : `${lines}\n`}end`],
  );
  const header = '#config-version=FGVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n#buildno=2795';
  return [header, ...blocks];
}
