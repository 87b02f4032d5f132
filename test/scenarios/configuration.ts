// Builds a configuration backup out of parts, so that a scenario states only what differs from a sound device.
/** Path and lines. */
export type Block = readonly [path: string, lines: readonly string[]];

/** A sound device. */
const PARTS = {
  global: ['set hostname "fgt-orchid-01"', 'set timezone 26', 'set admin-sport 8443'],
  interface: [
    'edit "wan1"',
    '    set vdom "root"',
    '    set ip 198.51.100.20 255.255.255.0',
    '    set allowaccess ping https ftm',
    '    set type physical',
    '    set role wan',
    'next',
    'edit "internal"',
    '    set vdom "root"',
    '    set ip 192.168.40.1 255.255.255.0',
    '    set allowaccess ping https ssh',
    '    set type physical',
    'next',
  ],
  admin: [
    'edit "admin"',
    '    set accprofile "super_admin"',
    '    set vdom "root"',
    '    set password ENC SH2q0Zr8sXk3mVt6LwYp1Nd4Hc7Bf9Jg2Ke5Ma8',
    'next',
  ],
  dns: ['set primary 192.0.2.53', 'set secondary 192.0.2.54'],
  ftm: ['set server-cert "Fortinet_Factory"', 'set server "198.51.100.20"', 'set status enable'],
  fortitoken: [
    'edit "FTKMOB7A11C0DE01"',
    '    set license "EFTM000000007711"',
    '    set reg-id "f00dcafe11aa22bb33cc44dd55ee66ff"',
    '    set os-ver "17.4"',
    'next',
  ],
  local: [
    'edit "guest"',
    '    set type password',
    '    set passwd ENC 9vKq2LmXw8ZrT5yPdB3nHs6Jf1Gc4Ea7',
    'next',
    'edit "pilar"',
    '    set type password',
    '    set two-factor fortitoken',
    '    set fortitoken "FTKMOB7A11C0DE01"',
    '    set email-to "pilar@quillfen.example"',
    '    set passwd ENC 7hTb4WnYc1KxQ9mRz6VpLd3Gs8Jf5Ea2',
    'next',
  ],
  group: [
    'edit "vpn-staff"',
    '    set member "pilar"',
    'next',
    'edit "Guest-group"',
    '    set member "guest"',
    'next',
  ],
  ssl: [
    'set servercert "Fortinet_Factory"',
    'set tunnel-ip-pools "SSLVPN_TUNNEL_ADDR1"',
    'set port 10443',
    'set source-interface "wan1"',
    'set source-address "all"',
    'set default-portal "full-access"',
    'config authentication-rule',
    '    edit 1',
    '        set groups "vpn-staff"',
    '        set portal "full-access"',
    '    next',
    'end',
  ],
  policy: [
    'edit 1',
    '    set name "vpn-in"',
    '    set srcintf "ssl.root"',
    '    set dstintf "internal"',
    '    set action accept',
    '    set srcaddr "all"',
    '    set dstaddr "all"',
    '    set schedule "always"',
    '    set service "ALL"',
    '    set groups "vpn-staff"',
    'next',
  ],
};
export type Parts = { [K in keyof typeof PARTS]?: readonly string[] | null } & {
  version?: string;
  model?: string;
  /** Further blocks: path and lines. */
  more?: readonly Block[];
};
export const block = (path: string, lines: readonly string[]): string =>
  `config ${path}\n${lines.map((l) => `    ${l}\n`).join('')}end\n`;
const BUILD: Record<string, string> = {
  '7.2.8': '1639-240313',
  '7.4.8': '2795-250523',
  '7.6.4': '3596-250820',
  '6.4.5': '1828-210217',
};
export const head = (version: string, model = 'FGT60F', vdom = 0): string =>
  `#config-version=${model}-${version}-FW-build${BUILD[version] ?? '1577-230131'}:opmode=0:vdom=${vdom}:user=backupbot\n#conf_file_ver=1843219384021\n#buildno=1639\n#global_vdom=1\n`;
const PATH: Record<keyof typeof PARTS, string> = {
  global: 'system global',
  interface: 'system interface',
  admin: 'system admin',
  dns: 'system dns',
  ftm: 'system ftm-push',
  fortitoken: 'user fortitoken',
  local: 'user local',
  group: 'user group',
  ssl: 'vpn ssl settings',
  policy: 'firewall policy',
};
export const part = (k: keyof typeof PARTS, lines: readonly string[] = PARTS[k]): string =>
  block(PATH[k], lines);
export const base = PARTS;
export function backup(p: Parts = {}): string {
  let out = head(p.version ?? '7.2.8', p.model);
  for (const k of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    if (k === 'ssl') for (const [path, lines] of p.more ?? []) out += block(path, lines);
    const lines = p[k] === undefined ? PARTS[k] : p[k];
    if (lines) out += block(PATH[k], lines);
  }
  return (
    out + block('router static', ['edit 1', '    set gateway 198.51.100.1', '    set device "wan1"', 'next'])
  );
}
/** The wan1 entry with other lines. */
export const wan = (...lines: string[]): string[] => [
  'edit "wan1"',
  '    set vdom "root"',
  ...lines.map((l) => `    ${l}`),
  'next',
  ...base.interface.slice(7),
];

export const IP = 'set ip 198.51.100.20 255.255.255.0';
export const CERT = 'set server-cert "Fortinet_Factory"';
/** Without `set status enable`. */
export const SWITCHED_OFF = [CERT, 'set server "198.51.100.20"'];
export const entry = (name: string, ...settings: readonly string[]): string[] => [
  `edit "${name}"`,
  ...settings.map((each) => `    ${each}`),
  'next',
];
export const trustedAdmin = (name: string, net: string): string[] =>
  entry(
    name,
    'set accprofile "super_admin"',
    'set vdom "root"',
    `set trusthost1 ${net}`,
    'set password ENC SH2aaQ1ws2ED3rf4TG5yh6UJ7ik8OL9p0',
  );
export const vipEntry = (...settings: readonly string[]): Block => [
  'firewall vip',
  entry('inside-host', ...settings),
];
export const vip = (...settings: readonly string[]): Block[] => [vipEntry(...settings)];
export const user = (...settings: readonly string[]): string[] =>
  entry('pilar', ...settings, 'set passwd ENC 7hTb4WnYc1KxQ9mRz6VpLd3Gs8Jf5Ea2');
export const plain = (name: string, ...settings: readonly string[]): string[] =>
  entry(name, 'set type password', ...settings, 'set passwd ENC qPz8Ww7Rr6Tt5Yy4');
export const token = (name: string, serial: string): string[] =>
  plain(
    name,
    'set two-factor fortitoken',
    `set fortitoken "${serial}"`,
    `set email-to "${name}@quillfen.example"`,
  );
export const cloud = (name: string): string[] =>
  plain(name, 'set two-factor fortitoken-cloud', `set email-to "${name}@quillfen.example"`);
export const dialup = (...settings: readonly string[]): Block => [
  'vpn ipsec phase1-interface',
  entry(
    'ra-vpn',
    'set type dynamic',
    'set interface "wan1"',
    ...settings,
    'set psksecret ENC zzQ8x7W6v5U4t3S2r1Q0',
  ),
];
export const eapDialup = (...settings: readonly string[]): Block =>
  dialup(
    'set ike-version 2',
    'set peertype any',
    'set eap enable',
    'set eap-identity send-request',
    ...settings,
  );
export const RADIUS: Block = [
  'user radius',
  entry('fac-oslo', 'set server "192.168.40.9"', 'set secret ENC qqWWeeRRttYYuuII', 'set timeout 60'),
];
