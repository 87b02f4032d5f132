import type { Fact } from '../../facts/fact.ts';
import type { FactKey, Facts, FactValues } from '../../facts/facts.ts';
import { formatVersion } from '../../fortios/version.ts';
import type { DistinguishedName } from '../../fortios/x509/distinguished-name.ts';
import { type ConfigObject, type SettingGroup, sourced, unsourced } from './settings.ts';
import { TABLES } from './tables.ts';

/** All settings of one device whose change can matter to push. */
export function deviceSettings(facts: Facts): readonly SettingGroup[] {
  return [
    group(facts, 'device', 'hostname and model', deviceObjects),
    group(facts, 'version', 'firmware', (version) => [
      {
        area: 'firmware',
        place: '',
        settings: [unsourced('firmware', 'FortiOS', formatVersion(version), quotesOf(facts.version))],
      },
    ]),
    group(facts, 'pushService', 'push service', pushServiceObjects),
    group(facts, 'global', 'system global', globalObjects),
    group(facts, 'pushCertificate', 'certificate of the push service', certificateObjects),
    group(facts, 'haStatus', 'HA members', haObjects),
    group(facts, 'dns', 'DNS', (dns) => [
      {
        area: 'other',
        place: 'system dns',
        settings: [sourced('other', 'primary', dns.primary), sourced('other', 'secondary', dns.secondary)],
      },
    ]),
    ...TABLES.map((read) => read(facts)),
  ];
}

function group<K extends FactKey>(
  facts: Facts,
  key: K,
  what: string,
  objectsOf: (value: FactValues[K]) => readonly ConfigObject[],
): SettingGroup {
  const fact: Fact<FactValues[K]> = facts[key];
  if (fact.state !== 'known') return { fact: key, what, objects: [], unknown: fact.reason };
  const objects = objectsOf(fact.value);
  return { fact: key, what, objects, partial: fact.partial };
}

function quotesOf(fact: Fact<unknown>) {
  return fact.state === 'known' ? fact.quotes : [];
}

function deviceObjects({ hostname, model, haMode }: FactValues['device']): readonly ConfigObject[] {
  const known = (area: 'device' | 'ha', name: string, value: string | undefined) =>
    // A backup without this line says nothing about it.
    value === undefined ? [] : [unsourced(area, name, value)];
  const settings = [
    ...known('device', 'hostname', hostname),
    ...known('device', 'model', model),
    ...known('ha', 'HA mode', haMode),
  ];
  return settings.map((setting) => ({ area: setting.area, place: '', settings: [setting] }));
}

function pushServiceObjects(service: FactValues['pushService']): readonly ConfigObject[] {
  const area = 'push-service';
  return [
    {
      area,
      place: 'system ftm-push',
      settings: [
        sourced(area, 'status', service.status),
        sourced(area, 'server', service.server),
        sourced(area, 'server-ip', service.serverIp),
        sourced(area, 'interface', service.interface),
        sourced(area, 'server-port', service.serverPort),
        sourced(area, 'server-cert', service.serverCert),
        sourced(area, 'proxy', service.proxy),
      ],
    },
  ];
}

function globalObjects(global: FactValues['global']): readonly ConfigObject[] {
  return [
    {
      area: 'admin-ports',
      place: 'system global',
      settings: [
        sourced('admin-ports', 'admin-sport', global.adminSport),
        sourced('admin-ports', 'admin-port', global.adminPort),
        sourced('admin-ports', 'admin-ssh-port', global.adminSshPort),
        sourced('admin-ports', 'admin-telnet-port', global.adminTelnetPort),
        sourced('timers', 'remoteauthtimeout', global.remoteAuthTimeout),
        sourced('timers', 'two-factor-ftk-expiry', global.ftkExpiry),
        sourced('timers', 'two-factor-fac-expiry', global.facExpiry),
        sourced('timers', 'two-factor-ftm-expiry', global.ftmExpiry),
        sourced('other', 'management-vdom', global.managementVdom),
        sourced('other', 'cloud-communication', global.cloudCommunication),
        sourced('other', 'fortitoken-cloud', global.fortitokenCloud),
        sourced('other', 'fortitoken-cloud-push-status', global.fortitokenCloudPush),
      ],
    },
  ];
}

/** `server-cert` itself is a setting of the push service. */
function certificateObjects({ name, certificate }: FactValues['pushCertificate']): readonly ConfigObject[] {
  if (certificate === undefined) return [];
  const { quotes, certificate: content } = certificate;
  const area = 'certificate';
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return [
    {
      area,
      place: `vpn certificate local ${name}`,
      settings: [
        unsourced(area, 'subject', nameOf(content.subject), quotes.subject),
        unsourced(area, 'issuer', nameOf(content.issuer), quotes.issuer),
        unsourced(area, 'serial number', content.serial, quotes.subject),
        unsourced(area, 'valid from', day(content.notBefore), quotes.notBefore),
        unsourced(area, 'valid until', day(content.notAfter), quotes.notAfter),
      ],
    },
  ];
}

function nameOf({ parts }: DistinguishedName): string {
  return parts.map(({ type, value }) => `${type}=${value}`).join(', ');
}

/** Serial numbers of members are redacted, and cannot be compared. */
function haObjects({ mode, members }: FactValues['haStatus']): readonly ConfigObject[] {
  return [
    {
      area: 'ha',
      place: '',
      settings: [
        sourced('ha', 'HA mode of the cluster', mode),
        unsourced(
          'ha',
          'members of the cluster',
          members.length,
          members.flatMap(({ quotes }) => quotes),
        ),
      ],
    },
  ];
}
