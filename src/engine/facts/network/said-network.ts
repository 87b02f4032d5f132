import type { Quote, Section } from '../../evidence/types.ts';
import { isPrivateAddress, parseIpv4 } from '../../fortios/address.ts';
import { type Fact, known, type Sourced, unknown } from '../fact.ts';

/** What a person writes of the network in front of the FortiGate. */
export interface SaidNetwork {
  /** The only public address that is called so. */
  readonly publicAddress: Sourced<string> | undefined;
  readonly forwards: readonly SaidForward[];
  /** The private address of the WAN interface, which is named beside the router in front. */
  readonly inner: Sourced<string> | undefined;
}

interface SaidForward {
  readonly port: number;
  readonly to: string;
  readonly quote: Quote;
}

/** `Our public address is static, 198.51.100.9`, `feste öffentliche IP: 198.51.100.9`, `l'IP publique est 198.51.100.9` */
const PUBLIC =
  /(?<!\w)(?<!\b(?:old|previous|former|alte|bisherige|ancienne|antigua|his|her|their|the (?:user|client|phone)['’]s|home|source) )(?:(?:public|external|öffentliche|externe) (?:\w+ )?(?:IPv?4?|address|Adresse|IP-Adresse)\b|(?:IP|adresse|dirección|indirizzo) (?:publique|pública|pubblico)\b)(?!.{0,20}\b(?:was|used to be|war|était|user|client|phone|laptop|home)\b)[^;!?\d]{0,40}?(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d/]|\.\d)/iu;
/** A line about what a router forwards: `Router forwards: TCP 10443 -> 192.168.40.2, TCP 4433 -> 192.168.40.2` */
const FORWARDING = /\bforward|\bport ?map|weitergeleitet|Weiterleitung|\bredirig|\binoltr/i;
/** `TCP 4433 -> 192.168.40.2`, `port 4433 to 192.168.40.2` */
const FORWARD =
  /(?<![\d.])(\d{2,5}) ?(?:\/ ?tcp )?(?:->|=>|→|to|an|auf|nach|vers|a|al) (\d{1,3}(?:\.\d{1,3}){3})(?![\d/]|\.\d)/giu;

const ROUTER = '(?:Fritz!? ?box|routers?|routeur|modem|Vigor|Speedport|Livebox|DrayTek)';
const WAN_ADDRESS =
  '\\b(?:FortiGate|FGT|wan\\d?)\\b(?:(?!\\b(?:lan|internal|intern|dmz)\\b)[^.;]){0,20}?\\b((?:192\\.168|10\\.\\d{1,3}|172\\.(?:1[6-9]|2\\d|3[01]))(?:\\.\\d{1,3}){2})\\b';
/** `Internet -> FRITZ!Box (203.0.113.9) -> FortiGate wan1 192.168.178.2`, `FortiGate (wan1 192.168.1.2) behind a router` */
const BEHIND_ROUTER = new RegExp(
  `\\b${ROUTER}\\b.{0,60}${WAN_ADDRESS}|${WAN_ADDRESS}.{0,30}\\b(?:behind|hinter|derrière|detrás|dietro|achter|atrás)\\b.{0,20}\\b${ROUTER}\\b`,
  'iu',
);
const NOT_BEHIND = /\b(?:not|n['’]t|never|nicht|nie|kein\w{0,2}|used to|früher)\b|\?\s*$/iu;

/** In every line that is read here, and in few others. */
const ADDRESS = /\d\.\d{1,3}\.\d/;
const MAX_LINE_LENGTH = 500;

export function readSaidNetwork(sections: readonly Section[]): Fact<SaidNetwork> {
  const addresses = new Map<string, Quote>();
  const forwards: SaidForward[] = [];
  let inner: Sourced<string> | undefined;
  for (const { kind, source, start, lines } of sections) {
    if (kind === 'config') continue;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (!ADDRESS.test(line)) continue;
      const text = line.slice(0, MAX_LINE_LENGTH).trim();
      const address = PUBLIC.exec(text)?.[1];
      const isForwarding = FORWARDING.test(text);
      const [, behind, before = behind] = NOT_BEHIND.test(text) ? [] : (BEHIND_ROUTER.exec(text) ?? []);
      if (address === undefined && before === undefined && !isForwarding) continue;
      const quote = { source, line: start + index, text };
      if (address !== undefined && parseIpv4(address) !== undefined && !isPrivateAddress(address))
        addresses.set(address, quote);
      if (before !== undefined) inner ??= { value: before, explicit: true, quotes: [quote] };
      if (isForwarding)
        forwards.push(
          ...[...text.matchAll(FORWARD)].map(([, port, to = '']) => ({ port: Number(port), to, quote })),
        );
    }
  }
  const [first, another] = addresses;
  const publicAddress =
    first && !another ? { value: first[0], explicit: true, quotes: [first[1]] } : undefined;
  return publicAddress || inner || forwards.length > 0
    ? known({ publicAddress, forwards, inner }, [
        ...(publicAddress?.quotes ?? []),
        ...(inner?.quotes ?? []),
        ...forwards.map(({ quote }) => quote),
      ])
    : unknown('the evidence does not say what is in front of the FortiGate');
}
