import { marginEnd } from './values.ts';

const PROMPT = /^(?:[^\s#$]{1,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$] ?)?/;
const CONFIG = /^config\s{1,8}(\S.{0,120})/;
/** Of the FortiGate, its access points and its switches; typed words may be abbreviated. */
const COMMUNITY = /^(?:sys\w{0,3} snmp comm\w{0,5}|(?:switch-controller )?snmp-community|community)$/;
const END = /^end\s*$/;
const MAX_DEPTH = 32;
/** RouterOS: the lines below the menu are commands in it. */
const ROUTER_COMMUNITY = /^\/snmp community\s*$/;
const MAX_ROUTER_LINES = 8;

/** Tracks `config` and `end` to know when `set name` is a secret. */
export function createScope(): { see(line: string): void; inCommunity(): boolean } {
  const path: string[] = [];
  let routerLines = 0;
  return {
    see(line) {
      const head = line.slice(0, 400).slice(marginEnd(line)).replace(PROMPT, '').trimStart();
      if (routerLines > 0) routerLines -= 1;
      if (head.startsWith('/')) routerLines = ROUTER_COMMUNITY.test(head) ? MAX_ROUTER_LINES : 0;
      const config = CONFIG.exec(head)?.[1];
      if (config !== undefined) {
        if (path.length === MAX_DEPTH) path.shift();
        path.push(config.trim().replaceAll(/\s+/g, ' '));
      } else if (END.test(head)) {
        path.pop();
      }
    },
    inCommunity: () => routerLines > 0 || COMMUNITY.test(path.at(-1) ?? ''),
  };
}
