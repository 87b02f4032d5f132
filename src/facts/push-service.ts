import type { Section } from '../evidence/types.ts';
import { parseKeyValue } from '../fortios/output/key-value.ts';
import { atLeast, type FortiosVersion } from '../fortios/version.ts';
import type { ConfigView, PlacedBlock } from './config-view.ts';
import type { Fact, Sourced } from './fact.ts';
import type { PushService } from './facts.ts';
import { agree, type Claim, latestPerSource, notSeen, number, word } from './reading.ts';

const DEFAULT_PORT = 4433;
/** FortiOS prints the unset legacy address so. */
const NO_ADDRESS = '0.0.0.0';

/** `config system ftm-push`, from the configuration or from `get system ftm-push`. */
export function readPushService(
  sections: readonly Section[],
  view: ConfigView,
  version: FortiosVersion | undefined,
): Fact<PushService> {
  const claims = [
    ...view.objects('system ftm-push').map((placed) => claimFromBlock(placed, version)),
    ...sections.filter(isGetOutput).flatMap(claimFromGet),
  ];
  return agree(latestPerSource(claims), '`system ftm-push`', () => notSeen('pushService', sections));
}

function claimFromBlock(placed: PlacedBlock, version: FortiosVersion | undefined): Claim<PushService> {
  const { block } = placed;
  const text = (name: string, fallback: string) => word(placed, block, name, fallback);
  const optional = (key: 'server' | 'interface', name: string) => {
    const value = text(name, '');
    return value.explicit || key === 'server' ? { [key]: value } : {};
  };
  const serverIp = text('server-ip', NO_ADDRESS);
  const cert = text('server-cert', defaultCertificate(version));
  const proxy = text('proxy', 'enable');
  return {
    source: placed.source,
    quotes: [placed.quote(block)],
    value: {
      status: asSwitch(text('status', 'disable')),
      serverPort: number(placed, block, 'server-port', DEFAULT_PORT),
      ...optional('server', 'server'),
      ...optional('interface', 'interface'),
      ...(serverIp.explicit ? { serverIp } : {}),
      ...(cert.explicit || knowsCertificate(version) ? { serverCert: cert } : {}),
      ...(proxy.explicit ? { proxy: asSwitch(proxy) } : {}),
    },
  };
}

function isGetOutput(section: Section): boolean {
  return section.kind === 'output' && section.command === 'get system ftm-push' && !section.failure;
}

function claimFromGet(section: Section): Claim<PushService>[] {
  const table = parseKeyValue(section.lines);
  const field = (name: string): Sourced<string> | undefined => {
    const found = table.find((row) => row.key === name);
    if (!found) return undefined;
    const text = section.lines[found.index]?.trim() ?? '';
    const quote = { source: section.source, line: section.start + found.index, text };
    return { value: found.value, explicit: true, quotes: [quote] };
  };
  const status = field('status');
  const port = field('server-port');
  if (!status || !port) return [];
  const server = field('server');
  const serverIp = field('server-ip');
  const serverCert = field('server-cert');
  const onInterface = field('interface');
  const proxy = field('proxy');
  return [
    {
      source: section.source,
      quotes: status.quotes,
      value: {
        status: asSwitch(status),
        serverPort: { ...port, value: Number(port.value) || DEFAULT_PORT },
        ...(server ? { server } : {}),
        ...(onInterface?.value ? { interface: onInterface } : {}),
        ...(serverIp && serverIp.value !== NO_ADDRESS ? { serverIp } : {}),
        ...(serverCert ? { serverCert } : {}),
        ...(proxy ? { proxy: asSwitch(proxy) } : {}),
      },
    },
  ];
}

function asSwitch(setting: Sourced<string>): Sourced<'enable' | 'disable'> {
  return { ...setting, value: setting.value === 'enable' ? 'enable' : 'disable' };
}

/** 6.4.0 brought the field; 7.4.4 changed its default (field notes, "`config system ftm-push` by version"). */
export function defaultCertificate(version: FortiosVersion | undefined): string {
  return version && atLeast(version, '7.4.4') ? 'Fortinet_GUI_Server' : 'Fortinet_Factory';
}

function knowsCertificate(version: FortiosVersion | undefined): boolean {
  return version === undefined || atLeast(version, '6.4.0');
}
