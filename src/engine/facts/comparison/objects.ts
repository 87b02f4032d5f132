import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import type { DistinguishedName } from '../../fortios/x509/distinguished-name.ts';
import { type Fact, valueIfKnown } from '../fact.ts';
import type { FactKey, Facts, FactValues } from '../facts.ts';
import { type ComparedSetting, type ConfigObject, sourced, unsourced, unsureDefault } from './settings.ts';
import type { SettingGroup, ShowSettings } from './table.ts';

type ObjectsOf<K extends FactKey> = (value: FactValues[K]) => readonly ConfigObject[];

function group<K extends FactKey>(key: K, what: string, objectsOf: ObjectsOf<K>): ShowSettings {
  return (facts) => read(facts, key, what, objectsOf);
}

function read<K extends FactKey>(facts: Facts, key: K, what: string, objectsOf: ObjectsOf<K>): SettingGroup {
  const fact: Fact<FactValues[K]> = facts[key];
  if (fact.state !== 'known') return { fact: key, what, objects: [], unknown: fact.reason };
  const objects = objectsOf(fact.value);
  return { fact: key, what, objects, partial: fact.partial };
}

function quotesOf(fact: Fact<unknown>) {
  return fact.state === 'known' ? fact.quotes : [];
}

/** Objects that a device has once, each as a function that reads it from the facts. */
export const OBJECTS = {
  device: group('device', 'hostname and model', deviceObjects),
  version: (facts) =>
    read(facts, 'version', 'firmware', (version) => [
      {
        area: 'firmware',
        place: '',
        settings: [unsourced('firmware', 'FortiOS', formatVersion(version), quotesOf(facts.version))],
      },
    ]),
  pushService: (facts) =>
    read(facts, 'pushService', 'push service', (service) =>
      pushServiceObjects(service, valueIfKnown(facts.version)),
    ),
  pushCertificate: group('pushCertificate', 'certificate of the push service', certificateObjects),
  haStatus: group('haStatus', 'HA members', haObjects),
} satisfies { readonly [K in FactKey]?: ShowSettings };

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

function pushServiceObjects(
  service: FactValues['pushService'],
  version: FortiosVersion | undefined,
): readonly ConfigObject[] {
  const area = 'push-service';
  const certificate = sourced(area, 'server-cert', service.serverCert);
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
        // Its default depends on the release.
        version === undefined ? unsureDefault(certificate) : certificate,
        proxySetting(service, version),
      ],
    },
  ];
}

/** 7.4.1 introduced it, with the default `enable`. */
function proxySetting(
  { proxy }: FactValues['pushService'],
  version: FortiosVersion | undefined,
): ComparedSetting {
  const setting = sourced('push-service', 'proxy', proxy);
  if (setting.absent === undefined) return setting;
  if (version !== undefined && atLeast(version, '7.4.1')) return { ...setting, value: 'enable' };
  return unsureDefault(setting);
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
