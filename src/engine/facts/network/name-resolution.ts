import type { Section } from '../../evidence/types.ts';
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

const PING = /^execute ping ([^\s]{1,253})$/;

export function readHostLookups(sections: readonly Section[]): Fact<readonly HostLookup[]> {
  const lookups = new Map<string, HostLookup>();
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
