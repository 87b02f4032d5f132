/** What a ping says about the name; lost replies prove nothing. `index` is the 0-based line index. */
export type PingResult =
  | {
      readonly resolved: true;
      readonly host: string;
      readonly address: string;
      readonly index: number;
      /** Index of the summary line, if it counts replies. */
      readonly answered?: number;
    }
  | { readonly resolved: false; readonly index: number };

const START = /^[ \t]*PING ([^\s()]{1,253}) \(([0-9a-fA-F.:]{2,45}|<[^<>\s]{1,40}>)\)/;
const ANSWERED = /^[ \t]*\d{1,5} packets transmitted, [1-9]\d{0,4} packets received, /;
const UNRESOLVED = /^[ \t]*Unable to resolve hostname/;

/** Parses `execute ping <host>`; `undefined` if the text is not its output. */
export function parsePing(lines: readonly string[]): PingResult | undefined {
  for (const [index, line] of lines.entries()) {
    const [, host, address] = START.exec(line) ?? [];
    if (host !== undefined && address !== undefined) {
      const answered = lines.findIndex((each, at) => at > index && ANSWERED.test(each));
      return { resolved: true, host, address, index, answered: answered === -1 ? undefined : answered };
    }
    if (UNRESOLVED.test(line)) return { resolved: false, index };
  }
  return undefined;
}
