/** A line of an output that names something in use. */
export interface NamedRow {
  readonly name: string;
  /** 0-based line index. */
  readonly index: number;
}

/** A session of SSL VPN; `name` is its address. */
export interface SessionRow extends NamedRow {
  /** Number by which `execute vpn sslvpn del-tunnel` ends it. */
  readonly session: number;
  readonly user: string;
  /** Address of the client. */
  readonly client: string;
  readonly seconds: number;
}

/** ` 0       marlow   vpn-users   203.0.113.5         175     27388/14075    10.212.134.200`; some releases have no column of bytes or groups. */
const TUNNEL =
  /^ {0,4}(\d{1,6})[ \t]+(\S{1,100})[ \t](?:.{0,300}?\s)?([0-9A-Fa-f.:]{3,45})\s+(\d{1,10})(?:\s+\d{1,20}\/\d{1,20})?\s+(\d{1,3}(?:\.\d{1,3}){3})\b/;
/** `get vpn ssl monitor` writes `SSL-VPN`, `execute vpn sslvpn list` `SSL VPN`. */
const SESSIONS = /^SSL[- ]VPN sessions:\s*$/;

/**
 * `get vpn ssl monitor`: the address of each session, that of the client in the tunnel or of what a browser looks at.
 * `undefined` without the heading: an account without permission gets nothing at all.
 */
export function parseSslMonitor(lines: readonly string[]): readonly SessionRow[] | undefined {
  const heading = lines.findIndex((line) => SESSIONS.test(line));
  if (heading === -1) return undefined;
  return lines.flatMap((line, index) => {
    const [, session, user, client, seconds, name] = (index > heading && TUNNEL.exec(line)) || [];
    if (session === undefined || user === undefined || client === undefined || name === undefined) return [];
    return [{ name, index, session: Number(session), user, client, seconds: Number(seconds) }];
  });
}

/** `'ra-staff_0' 203.0.113.5:4500  selectors(total,up): 1/1  rx(pkt,err): 25/0  tx(pkt,err): 5/0` */
const SUMMARY = /^'([^']{1,40})' \S{1,60}\s+selectors\(total,up\): \d/;

/** `name: ra-staff_0` of `diagnose vpn ike gateway list`, where `assigned IPv4 address: 10.99.3.1/255.255.255.255` follows. */
const GATEWAY = /^name: (\S{1,40})\s*$/;
const GIVEN = /^\s{0,4}assigned IPv4 address: (\d{1,3}(?:\.\d{1,3}){3})\b/;

/** A client of a tunnel; `name` is its address where only that line was picked out. */
export interface ClientRow extends NamedRow {
  readonly address: string;
}

/** `diagnose vpn ike gateway list`: the clients that hold an address. */
export function parseGatewayList(lines: readonly string[]): readonly ClientRow[] {
  let gateway: NamedRow | undefined;
  return lines.flatMap((line, index) => {
    const name = GATEWAY.exec(line)?.[1];
    if (name !== undefined) gateway = { name, index };
    const address = GIVEN.exec(line)?.[1];
    return address === undefined ? [] : [{ name: gateway?.name ?? address, index, address }];
  });
}

/**
 * `get vpn ipsec tunnel summary`: the tunnels; each client of a dial-up has its own, with a number behind the name.
 * `undefined` without any: then nothing is printed, as to an account that may not read them.
 */
export function parseTunnelSummary(lines: readonly string[]): readonly NamedRow[] | undefined {
  const rows = lines.flatMap((line, index) => {
    const name = SUMMARY.exec(line)?.[1];
    return name === undefined ? [] : [{ name, index }];
  });
  return rows.length > 0 ? rows : undefined;
}

/** Clients of the tunnel `name`, or of every tunnel, as `grep -c` counted them. */
export interface CountRow extends NamedRow {
  readonly count: number;
}

/** `diagnose vpn ike gateway list name ra-staff | grep -c "assigned IPv4 address"`, `get vpn ipsec tunnel summary | grep -c ra-staff_` */
const COUNTS: readonly RegExp[] = [
  /^diagnose vpn ike gateway list(?: name (?<name>\S{1,40}))? ?\| ?grep (?:-i )?-c(?: -i)? ["']?assigned/,
  /^get vpn ipsec tunnel summary ?\| ?grep (?:-i )?-c(?: -i)? ["']{0,2}(?<name>\S{1,40})_["']?$/,
];

/** The number that such a command printed. */
export function parseClientCount(command: string, lines: readonly string[]): readonly CountRow[] | undefined {
  const match = COUNTS.find((pattern) => pattern.test(command))?.exec(command);
  const index = match ? lines.findIndex((line) => /^\s{0,4}\d{1,6}\s*$/.test(line)) : -1;
  if (!match || index === -1) return undefined;
  const name = (match.groups?.name ?? '').replaceAll('"', '');
  return [{ name, index, count: Number(lines[index]) }];
}
