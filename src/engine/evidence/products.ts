/** A product of Fortinet or another vendor, identified by a line that its device printed. */
export interface Product {
  readonly name: string;
  readonly isFortigate: boolean;
}

const FORTIGATE: Product = { name: 'FortiGate', isFortigate: true };

/**
 * FortiOS under its product names (`Version: FortiGateRugged-60F v7.4.4`); every other `Forti…` is a different
 * product.
 */
const RUNS_FORTIOS = /^Forti(?:Gate|WiFi|Carrier|OS|Firewall)/i;

const STATUS = /^[ \t]*Version:[ \t]+(Forti[A-Za-z]{1,20})[\w-]{0,40}[ \t]+v\d/;
/** `Platform Full Name              : FortiAnalyzer-VM64` in the status of the products that manage FortiGates. */
const PLATFORM = /^[ \t]*Platform Full Name[ \t]*:[ \t]+(Forti[A-Za-z]{1,20})/;
const HEADER = /^#config-version=([A-Z][\w-]{1,40}?)-v?\d+\.\d/;

/**
 * Model codes in the header of a backup. Other Fortinet products use the same syntax. An unlisted code counts as a
 * FortiGate.
 */
const CODES: readonly (readonly [code: RegExp, name: string])[] = [
  [/^FAZ/, 'FortiAnalyzer'],
  [/^FMG/, 'FortiManager'],
  [/^(?:FML|FEVM|FE-)/, 'FortiMail'],
  [/^(?:FWB|FV)/, 'FortiWeb'],
  [/^FAC/, 'FortiAuthenticator'],
  [/^FAD/, 'FortiADC'],
  [/^(?:FSW|FS\d|FS1D|S\d)/, 'FortiSwitch'],
  [/^(?:FAP|FP\d)/, 'FortiAP'],
  [/^FPX/, 'FortiProxy'],
  [/^FDD/, 'FortiDDoS'],
  [/^FDC/, 'FortiDeceptor'],
  [/^FSA/, 'FortiSandbox'],
  [/^FNDR/, 'FortiNDR'],
  [/^FEX/, 'FortiExtender'],
  [/^FCH/, 'FortiCache'],
  [/^FIS/, 'FortiIsolator'],
];

/** Default host names: `FortiMail-VM64 #`, `FAZVM64 #`, `FAZ-300G #`. */
const FACTORY_HOST =
  /^Forti(?:Switch|Mail|AP|Analyzer|Manager|Web|ADC|Proxy|Authenticator|Sandbox|DDoS|Cache|Extender|Isolator|Deceptor|NDR)/i;
const FACTORY_CODE_HOST = /^(?:FAZ|FMG|FML|FWB|FAD|FAC)-?(?:VM|\d{3,4}[A-Z])/;

const AUTHENTICATOR = 'FortiAuthenticator';
/** FreeRADIUS: a server that FortiGates ask. */
export const RADIUS_SERVER = 'RADIUS server';

/** Sign-ins at an identity provider, which a FortiGate with SAML sends its users to. */
export const SIGN_IN_LOG = 'sign-in log of Entra ID';

/** First lines that only the named system prints; of a `log` they say nothing of a configuration beside it. */
const VENDORS: readonly (readonly [head: RegExp, name: string, kind?: 'log'])[] = [
  [/^(?:: Saved\b|ASA Version \d|Cisco Adaptive Security Appliance)/, 'Cisco ASA'],
  [
    /^(?:Building configuration\.\.\.|Current configuration : \d|Cisco IOS |boot-start-marker)/,
    'Cisco router',
  ],
  // `2026-03-02T09:02:10.807814+01:00 fac01 radiusd[2875]: (4) facauth: ===>NAS IP:192.0.2.10`
  [
    /^\d{4}-\d\d-\d\dT[\d:.+-]{8,22} (?:FortiAuthenticator \w{2,20}\[\d|\S{1,64} radiusd\[\d{1,7}\]: \(\d{1,9}\) facauth: )/,
    AUTHENTICATOR,
    'log',
  ],
  [/^(?:## Last (?:commit|changed): |set system host-name |version \d+\.\dR\d)/, 'Juniper device'],
  [/^(?:set deviceconfig |sw-version: \d|<config version="\d+\.\d+\.\d+" urldb)/, 'Palo Alto firewall'],
  [/^# .{1,60} by RouterOS \d/, 'MikroTik router'],
  [/^(?:<\?xml .{0,60}\?>)?<(pfsense|opnsense)>/, 'pfSense or OPNsense firewall'],
  [
    /^(?:# Exported by \S+ on |# Configuration of \S+ Gaia|:set (?:domainname|hostname) )/,
    'Check Point gateway',
  ],
  [/^(?:<\d{1,3}>)?date=[\d-]{10} time=\S{8,14} oid=\d{1,12} logid=\d{5} /, AUTHENTICATOR, 'log'],
  // `date=2026-03-02 time=08:11:01 logver=1 id=96600 type=securityevent subtype=sslvpn eventtype=status …`
  [/\blogver=1 id=\d{5} type=\w{3,20} subtype=\w{2,20} eventtype=/, 'FortiClient', 'log'],
  // `TZ=+0100 [sslvpn:INFO] vpn_connection:1043 State: Connecting`, behind its stamp: Linux and macOS
  [/^TZ=[+-]\d{4} \[\w{1,20}:[A-Z]{4}\] /, 'FortiClient', 'log'],
  [/^config (?:interface|zone|defaults|wifi-device|system) '[^']{1,40}'$/, 'OpenWrt router'],
  // `(14) Sent Access-Accept Id 77 from 192.0.2.60:1812 to 192.0.2.1:9312 length 20`
  [/^\(\d{1,9}\) {1,4}Sent Access-(?:Accept|Reject) Id \d/, RADIUS_SERVER, 'log'],
  // `[  812.110021] wireguard: wg0: Sending handshake initiation to peer 3 (203.0.113.47:51820)`, `interface: wg0`
  [/^(?:(?:\[[ \d.]{5,20}\] )?wireguard: \w{1,15}: |interface: wg\d)/, 'WireGuard peer', 'log'],
  // A gateway, not a client: `09[IKE] 203.0.113.77 is initiating an IKE_SA`
  [
    /^\d\d\[(?:IKE|CFG)\] (?:\S{1,60} is initiating an IKE_SA|looking for peer configs matching )/,
    'strongSwan gateway',
    'log',
  ],
  // `Mar 14 06:11:40 2026 us=1 203.0.113.77:50312 TLS: Initial packet from [AF_INET]203.0.113.77:50312, sid=…`
  [
    /^.{0,90}\b(?:TLS: Initial packet from \[AF_INET|MULTI: multi_create_instance called)/,
    'OpenVPN server',
    'log',
  ],
  // `2026-03-14 06:11:40 AUTH: Received control message: AUTH_FAILED`, `… TCP/UDP: Preserving recently used remote address: …`
  [
    /^.{0,60}\b(?:AUTH: Received control message: AUTH_FAILED|TCP\/UDP: Preserving recently used remote address: \[AF_INET|SENT CONTROL \[.{1,120}\]: 'PUSH_REQUEST')/,
    'OpenVPN client',
    'log',
  ],
  // `Mar 14 2026 06:11:40 asa01 : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password`
  [/^.{0,90}%(?:ASA|FTD)-(?:[\w-]{1,12}-)?\d-\d{6}: /, 'Cisco ASA', 'log'],
  // `Date (UTC),Request ID,User agent,…`, `"conditionalAccessStatus": "notApplied",`, `Sign-in error code   50126`
  [
    /^(?:"?Date \(UTC\)"?,"?Request ID"?,|[\s{[]{0,20}"(?:conditionalAccessStatus|signInEventTypes)"\s?:|Sign-in error code\s{0,20}:?\s{0,20}\d{5})/,
    SIGN_IN_LOG,
    'log',
  ],
  // `203.0.113.9 - - [14/Mar/2026:06:11:40 +0100] "GET /login HTTP/1.1" 200 512`
  [
    /^[\da-f.:]{7,39} \S{1,40} \S{1,60} \[\d\d\/\w{3}\/\d{4}:[\d:]{8} [+-]\d{4}\] "[A-Z]{3,7} \S/,
    'web server',
    'log',
  ],
];

/** The product named in a line of `get system status` or of a backup's header. */
export function productOfLine(line: string): Product | undefined {
  if (line.startsWith('#config-version=')) {
    const code = HEADER.exec(line.slice(0, 100))?.[1];
    return code === undefined ? undefined : productOfCode(code);
  }
  const pattern = line.includes('Version:') ? STATUS : line.includes('Platform Full') ? PLATFORM : undefined;
  const name = pattern?.exec(line.slice(0, 120))?.[1];
  if (name === undefined) return undefined;
  return RUNS_FORTIOS.test(name) ? FORTIGATE : { name, isFortigate: false };
}

/** The product of a backup, from the model code in its header. */
function productOfCode(code: string): Product {
  const name = CODES.find(([pattern]) => pattern.test(code))?.[1];
  return name === undefined ? FORTIGATE : { name, isFortigate: false };
}

/** The product from the host name in its prompt, if it is still the default name. */
export function productOfHost(host: string): Product | undefined {
  const named = FACTORY_HOST.exec(host)?.[0];
  if (named !== undefined) return { name: named, isFortigate: false };
  return FACTORY_CODE_HOST.test(host) ? productOfCode(host) : undefined;
}

/** Another vendor, from a line that only its output begins with. `isLog`: the line is not in a configuration. */
export function vendorOfLine(line: string, isLog: boolean): Product | undefined {
  const name = VENDORS.find(([head, , kind]) => (isLog || kind !== 'log') && head.test(line))?.[1];
  return name === undefined ? undefined : { name, isFortigate: false };
}
