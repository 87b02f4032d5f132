import { marginEnd } from './values.ts';

const PROMPT = /^(?:[^\s#$]{1,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$] ?)?/;
const CONFIG = /^config\s{1,8}(\S.{0,120})/;
/** Of the FortiGate, of its access points and of its switches; words may be abbreviated where they are typed. */
const COMMUNITY = /^(?:sys\w{0,3} snmp comm\w{0,5}|(?:switch-controller )?snmp-community|community)$/;
const END = /^end\s*$/;
const DEEPEST = 32;

/** Follows `config` and `end` far enough to know whose `set name` is a secret. */
export function createScope(): { see(line: string): void; inCommunity(): boolean } {
  const path: string[] = [];
  return {
    see(line) {
      const head = line.slice(0, 400).slice(marginEnd(line)).replace(PROMPT, '').trimStart();
      const config = CONFIG.exec(head)?.[1];
      if (config !== undefined) {
        if (path.length === DEEPEST) path.shift();
        path.push(config.trim().replaceAll(/\s+/g, ' '));
      } else if (END.test(head)) {
        path.pop();
      }
    },
    inCommunity: () => COMMUNITY.test(path.at(-1) ?? ''),
  };
}
