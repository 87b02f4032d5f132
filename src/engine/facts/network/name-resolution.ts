import type { Section } from '../../evidence/types.ts';
import { parsePing } from '../../fortios/output/ping.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import { quoteAt } from '../config/quote-output.ts';
import {
  agree,
  type Claim,
  latestPerSource,
  notSeen,
  notShown,
  wordSetting,
  wordsSetting,
} from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import { type Fact, known } from '../fact.ts';
import type { DdnsEntry, DnsSettings, HostLookup, PushServerLookup } from '../values.ts';

/** FortiGuard's resolvers, which FortiOS uses when nothing else was set. */
const DEFAULTS = { primary: '96.45.45.45', secondary: '96.45.46.46' };

export function readDns(sections: readonly Section[], view: ConfigView): Fact<DnsSettings> {
  const claims = view.objects('system dns').map(dnsClaim);
  return agree(latestPerSource(claims), '`system dns`', () => notShown('dns', sections, view, 'system dns'));
}

function dnsClaim(placed: PlacedBlock): Claim<DnsSettings> {
  return {
    source: placed.source,
    quotes: [placed.quote(placed.block)],
    bounds: placed.bounds(placed.block),
    value: {
      primary: wordSetting(placed, placed.block, 'primary', DEFAULTS.primary),
      secondary: wordSetting(placed, placed.block, 'secondary', DEFAULTS.secondary),
    },
  };
}

export function readDdns(sections: readonly Section[], view: ConfigView): Fact<readonly DdnsEntry[]> {
  return tableFact(
    view,
    'system ddns',
    (placed) => ({
      key: placed.entry.key,
      domain: wordSetting(placed, placed.entry, 'ddns-domain', '').value,
      monitorInterfaces: wordsSetting(placed, placed.entry, 'monitor-interface', []).value,
    }),
    () => notSeen('ddns', sections),
  );
}

export function readPushServerLookup(sections: readonly Section[]): Fact<PushServerLookup> {
  const section = sections.findLast(
    (each) => each.kind === 'output' && each.command === 'execute ping push.fortinet.com' && !each.failure,
  );
  const ping = section && parsePing(section.lines);
  if (!section || !ping) return notSeen('pushServerLookup', sections);
  const text = section.lines[ping.index]?.trim() ?? '';
  const quotes = [{ source: section.source, line: section.start + ping.index, text }];
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
    const text = section.lines[ping.index]?.trim() ?? '';
    const quotes = [{ source: section.source, line: section.start + ping.index, text }];
    lookups.set(name, { name, quotes, ...(ping.resolved ? { address: ping.address } : {}) });
  }
  const found = [...lookups.values()];
  return found.length > 0
    ? known(
        found,
        found.flatMap((each) => each.quotes),
      )
    : notSeen('hostLookups', sections);
}
