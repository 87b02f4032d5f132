import type { Section } from '../../evidence/types.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { parsePing } from '../../fortios/output/ping.ts';
import { quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, known, knownEach } from '../fact.ts';
import type { HostLookup, PushServerLookup } from '../values.ts';

export function readPushServerLookup(sections: readonly Section[]): Fact<PushServerLookup> {
  const section = sections.findLast(
    (each) => each.kind === 'output' && each.command === 'execute ping push.fortinet.com' && !each.failure,
  );
  const ping = section && parsePing(section.lines);
  if (!section || !ping) return notSeen('pushServerLookup', sections);
  const quotes = [quoteAt(section, ping.index)];
  return ping.resolved
    ? known(
        {
          resolved: true,
          address: ping.address,
          replied: ping.answered === undefined ? undefined : quoteAt(section, ping.answered),
        },
        quotes,
      )
    : known({ resolved: false }, quotes);
}

/** What `host` prints, `push.example.com has address 198.51.100.10`, and what a person makes of it: `host push.example.com -> 198.51.100.10`. */
const RESOLVED =
  /(?:(?<![^\s#(])|\bhost )([a-z\d][a-z\d.-]{1,250}\.[a-z]{2,24})(?: has address |(?<=\bhost \S{4,253}) (?:->|=>|→) )(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)/i;
const MAX_LINE_LENGTH = 300;

/** Names that another machine resolved, each to one address; also in a comment of a configuration. */
function saidLookups(sections: readonly Section[]): readonly HostLookup[] {
  const said: (HostLookup & { readonly address: string })[] = [];
  for (const { kind, source, start, lines } of sections) {
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (line.length > MAX_LINE_LENGTH || (kind === 'config' && !line.startsWith('#'))) continue;
      if (!/\d\.\d/.test(line)) continue;
      const [, name = '', address = ''] = RESOLVED.exec(line) ?? [];
      if (parseIpv4(address) === undefined) continue;
      const quotes = [{ source, line: start + index, text: line.trim() }];
      said.push({ name: name.toLowerCase(), address, quotes });
    }
  }
  const differs = (each: HostLookup) =>
    said.some(({ name, address }) => name === each.name && address !== each.address);
  return said.slice(0, MAX_SAID).filter((each) => !differs(each));
}

const MAX_SAID = 20;

const PING = /^execute ping ([^\s]{1,253})$/;

export function readHostLookups(sections: readonly Section[]): Fact<readonly HostLookup[]> {
  const lookups = new Map(saidLookups(sections).map((each) => [each.name, each]));
  for (const section of sections) {
    if (section.kind !== 'output' || section.failure) continue;
    const name = PING.exec(section.command ?? '')?.[1]?.toLowerCase();
    const ping = name === undefined ? undefined : parsePing(section.lines);
    if (name === undefined || !ping) continue;
    const quotes = [quoteAt(section, ping.index)];
    lookups.set(name, { name, quotes, ...(ping.resolved ? { address: ping.address } : {}) });
  }
  const found = [...lookups.values()];
  return found.length > 0 ? knownEach(found) : notSeen('hostLookups', sections);
}
