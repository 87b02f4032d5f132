import type { Section } from '../../evidence/types.ts';
import { UNSET_IPV4 } from '../../fortios/address.ts';
import { parseKeyValue } from '../../fortios/output/key-value.ts';
import { withoutPlaceholders } from '../../fortios/placeholder.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { agree, type Claim, latestPerSource, notShown } from '../config/reading.ts';
import { isSet, wordSetting } from '../config/setting.ts';
import type { ShownSettings } from '../config/shown-settings.ts';
import { nameOrigins } from '../device/several-devices.ts';
import { type Fact, known, type Sourced, valueIfKnown } from '../fact.ts';
import type { PushService } from '../values.ts';

const DEFAULT_PORT = 4433;

/** Reads `config system ftm-push`, from the configuration or from `get system ftm-push`. */
export function readPushService(
  view: ConfigView,
  version: FortiosVersion | undefined,
  shown: Fact<ShownSettings>,
): Fact<PushService> {
  const originOf = nameOrigins(view.sections);
  const claims = [
    ...view.objects('system ftm-push').map((placed) => claimFromBlock(placed, version)),
    ...view.sections.filter(isGetOutput).flatMap((section) => claimFromGet(section, originOf(section))),
  ];
  const latest = latestPerSource(claims);
  const agreed = agree(
    latest.map((claim) => onlyMeaning(claim, latest)),
    '`system ftm-push`',
    () => notShown('pushService', view, 'system ftm-push'),
  );
  if (agreed.state === 'unknown') return fromPicked(shown) ?? agreed;
  if (agreed.state !== 'known') return agreed;
  const fullest = latest.reduce((best, claim) =>
    explicitFields(claim) > explicitFields(best) ? claim : best,
  );
  return known(fullest.value, fullest.quotes, fullest.bounds);
}

/**
 * The part of a claim that can contradict others. `get` lists every field, `show` only those that were set: a field
 * that is absent or has FortiOS's default in one of them contradicts nothing.
 */
function onlyMeaning(claim: Claim<PushService>, all: readonly Claim<PushService>[]): Claim<unknown> {
  const { status, server, serverIp, serverPort, interface: onInterface } = claim.value;
  const said = (field: 'serverCert' | 'proxy') =>
    (claim.value[field]?.explicit ? claim : all.find((each) => each.value[field]?.explicit))?.value[field]
      ?.value;
  return {
    ...claim,
    value: {
      status,
      serverPort,
      server: server?.value ?? '',
      serverIp: serverIp?.value ?? '',
      interface: onInterface?.value ?? '',
      serverCert: said('serverCert'),
      proxy: said('proxy'),
    },
  };
}

function explicitFields({ value }: Claim<PushService>): number {
  return Object.values(value).filter((field) => field?.explicit).length;
}

function claimFromBlock(placed: PlacedBlock, version: FortiosVersion | undefined): Claim<PushService> {
  const defaults: Record<string, string | undefined> = {
    status: 'disable',
    'server-port': String(DEFAULT_PORT),
    'server-cert': knowsCertificate(version) ? defaultCertificate(version) : undefined,
  };
  const field = (name: string): Sourced<string> | undefined => {
    const found = wordSetting(placed, placed.block, name, defaults[name] ?? '');
    return found.explicit || defaults[name] !== undefined || name === 'server' ? found : undefined;
  };
  return {
    source: placed.source,
    quotes: [placed.quote(placed.block)],
    bounds: placed.bounds(placed.block),
    value: readService(field),
  };
}

function isGetOutput(section: Section): boolean {
  return section.kind === 'output' && section.command === 'get system ftm-push' && !section.failure;
}

function claimFromGet(section: Section, source: string): Claim<PushService>[] {
  const table = parseKeyValue(section.lines);
  const field = (name: string): Sourced<string> | undefined => {
    const found = table.find((row) => row.key === name);
    if (!found) return undefined;
    const value = withoutPlaceholders([found.value]).join('');
    return { value, explicit: true, quotes: [quoteAt(section, found.index)] };
  };
  const status = field('status');
  // Every release prints the three fields; without one of them the output was truncated.
  if (!status || !field('server-port') || !(field('server') ?? field('server-ip'))) return [];
  return [{ source, quotes: status.quotes, bounds: outputBounds(section), value: readService(field) }];
}

/** Lines selected with `grep`, if they show the switch, the port and an address. */
function fromPicked(shown: Fact<ShownSettings>): Fact<PushService> | undefined {
  const settings = valueIfKnown(shown);
  const field = (name: string) => settings?.get(`system ftm-push ${name}`);
  const address = ['server', 'server-ip', 'interface']
    .map(field)
    .find((each) => each && each.value !== '' && each.value !== UNSET_IPV4);
  const decisive = [field('status'), field('server-port'), address];
  if (!decisive.every((each) => each !== undefined)) return undefined;
  const quotes = decisive.flatMap((each) => each.quotes);
  return {
    ...known(readService(field), quotes),
    partial: 'of `system ftm-push` the evidence contains only lines that were picked out with `grep`',
  };
}

/** Empty and 0.0.0.0 are FortiOS's forms of an unset address or interface. */
function readService(field: (name: string) => Sourced<string> | undefined): PushService {
  const status = field('status');
  const port = field('server-port');
  const server = field('server');
  const serverIp = field('server-ip');
  const onInterface = field('interface');
  const serverCert = field('server-cert');
  const proxy = field('proxy');
  const portNumber = Number(port?.value);
  return {
    status: asSwitch(status ?? { value: 'disable', explicit: false, quotes: [] }),
    serverPort: {
      value: Number.isInteger(portNumber) && portNumber > 0 ? portNumber : DEFAULT_PORT,
      explicit: port?.explicit ?? false,
      quotes: port?.quotes ?? [],
    },
    server,
    serverIp: isSet(serverIp) && serverIp.value !== UNSET_IPV4 ? serverIp : undefined,
    interface: isSet(onInterface) ? onInterface : undefined,
    serverCert,
    proxy: proxy ? asSwitch(proxy) : undefined,
  };
}

function asSwitch(setting: Sourced<string>): Sourced<'enable' | 'disable'> {
  return { ...setting, value: setting.value === 'enable' ? 'enable' : 'disable' };
}

/** 6.4.0 introduced the field; 7.4.4 changed its default. */
export function defaultCertificate(version: FortiosVersion | undefined): string {
  return version && atLeast(version, '7.4.4') ? 'Fortinet_GUI_Server' : 'Fortinet_Factory';
}

function knowsCertificate(version: FortiosVersion | undefined): boolean {
  return version === undefined || atLeast(version, '6.4.0');
}
