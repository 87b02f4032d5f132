/** Current state of an interface. */
export interface PhysicalInterface {
  readonly name: string;
  /** Dotted, as printed; `0.0.0.0` if it has none. */
  readonly address?: string;
  readonly mask?: string;
  readonly mode?: string;
  readonly status?: string;
  /** 0-based index of the `ip:` line, or of the header line if there is none. */
  readonly index: number;
}

/** `== [onboard]` (with a blank) is the header of a group of interfaces, `==[wan1]` that of an interface. */
const HEAD = /^[ \t]*==\[([^\]]{1,60})\]/;
const FIELD = /^[ \t]+(ip|mode|status):[ \t]*(\S.*)$/;

/** Parses `get system interface physical`. */
export function parseInterfacePhysical(lines: readonly string[]): readonly PhysicalInterface[] {
  const rows: { -readonly [K in keyof PhysicalInterface]: PhysicalInterface[K] }[] = [];
  lines.forEach((line, index) => {
    const name = HEAD.exec(line)?.[1];
    if (name !== undefined) {
      rows.push({ name, index });
      return;
    }
    const [, key, value = ''] = FIELD.exec(line.trimEnd()) ?? [];
    const row = rows.at(-1);
    if (!row) return;
    if (key === 'mode') row.mode = value.trim();
    if (key === 'status') row.status = value.trim();
    if (key !== 'ip') return;
    const [address, mask] = value.trim().split(/[ \t]+/);
    if (address !== undefined) row.address = address;
    if (mask !== undefined) row.mask = mask;
    row.index = index;
  });
  return rows;
}
