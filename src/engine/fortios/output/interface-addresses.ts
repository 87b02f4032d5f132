/** A current address of an interface. */
export interface HeldAddress {
  readonly name: string;
  /** Dotted; `0.0.0.0` if it has none. */
  readonly address: string;
  /** How it gets the address, where the output says so. */
  readonly mode?: 'static' | 'dhcp' | 'pppoe' | undefined;
  /** `203.0.113.77/255.255.255.0`, where the output lists every address of the device. */
  readonly network?: string | undefined;
  /** 0-based line index. */
  readonly index: number;
  /** Index of the line that says that the interface is down. */
  readonly downIndex?: number | undefined;
}

/** `==[wan1]`, `== [wan1]`; also of a group of interfaces, which has no address: `== [onboard]` */
const HEAD = /^[ \t]*==[ \t]*\[[ \t]*([^\]\s]{1,60})[ \t]*\]/;
/** `        ip: 203.0.113.77 255.255.255.0` below the header of its interface */
const ADDRESS = /^[ \t]+ip:[ \t]*(\S+)/;

/** `                mode: pppoe` above the address */
const MODE = /^[ \t]+mode:[ \t]*(\S{1,20})/;

/** `                status: down` below the address */
const DOWN = /^[ \t]+status:[ \t]*down\b/;

/** Parses `get system interface physical`. */
export function parseInterfacePhysical(lines: readonly string[]): readonly HeldAddress[] {
  const held: HeldAddress[] = [];
  let name: string | undefined;
  let mode: string | undefined;
  lines.forEach((line, index) => {
    const address = ADDRESS.exec(line)?.[1];
    if (name !== undefined && address !== undefined)
      held.push({ name, address, mode: addressMode(mode), index });
    const last = held.at(-1);
    if (last && last.name === name && DOWN.test(line)) held.splice(-1, 1, { ...last, downIndex: index });
    const head = HEAD.exec(line)?.[1];
    name = head ?? name;
    mode = head === undefined ? (MODE.exec(line)?.[1] ?? mode) : undefined;
  });
  return held;
}

function addressMode(word: string | undefined): HeldAddress['mode'] {
  return word === 'static' || word === 'dhcp' || word === 'pppoe' ? word : undefined;
}

/** `name: wan1   mode: dhcp    ip: 203.0.113.77 255.255.255.0   status: up …` of `get system interface`. */
const ROW =
  /^[ \t]*name:[ \t]*(\S{1,60})[ \t]+mode:[ \t]*(\S{0,20}).{0,200}?[ \t]ip:[ \t]*(\d{1,3}(?:\.\d{1,3}){3})[ \t]/;
/** `IP=203.0.113.77->203.0.113.77/255.255.255.0 index=5 devname=wan1` of `diagnose ip address list`. */
const LISTED =
  /^[ \t]*IP=(\d{1,3}(?:\.\d{1,3}){3})->[\d.]{7,15}\/(\d{1,3}(?:\.\d{1,3}){3})[ \t]+index=\d{1,9}[ \t]+devname=(\S{1,60})/;

/** Parses `get system interface` and `diagnose ip address list`, which has a row for each address of an interface. */
export function parseHeldAddresses(lines: readonly string[]): readonly HeldAddress[] {
  return lines.flatMap((line, index): readonly HeldAddress[] => {
    const row = ROW.exec(line);
    const [, listed, mask, device] = LISTED.exec(line) ?? [];
    const name = row?.[1] ?? device;
    const address = row?.[3] ?? listed;
    if (name === undefined || address === undefined) return [];
    // `ppp1` is the link of an interface with PPPoE.
    const mode = row ? addressMode(row[2]) : /^ppp\d/.test(name) ? 'pppoe' : undefined;
    return [{ name, address, mode, network: listed && `${listed}/${mask}`, index }];
  });
}
