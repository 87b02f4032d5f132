import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { FactKey, Facts, FactValues } from '../../facts/facts.ts';
import type { CaseFacts } from '../../facts/read-case-facts.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import type { DistinguishedName } from '../../fortios/x509/distinguished-name.ts';
import { MAX_JUDGED_VDOMS } from '../vdom-coverage.ts';
import {
  type ComparedSetting,
  type ConfigObject,
  type SettingGroup,
  sourced,
  unsourced,
  unsureDefault,
} from './settings.ts';
import { TABLES } from './tables.ts';

type ShownFacts = Pick<CaseFacts, 'facts' | 'inVdom'>;

/** All settings of one device whose change can matter to push. */
export function deviceSettings({ facts, inVdom }: ShownFacts): readonly SettingGroup[] {
  const vdoms = (valueIfKnown(facts.vdoms)?.names ?? []).slice(0, MAX_JUDGED_VDOMS);
  return [
    group(facts, 'device', 'hostname and model', deviceObjects),
    group(facts, 'version', 'firmware', (version) => [
      {
        area: 'firmware',
        place: '',
        settings: [unsourced('firmware', 'FortiOS', formatVersion(version), quotesOf(facts.version))],
      },
    ]),
    group(facts, 'pushService', 'push service', (service) =>
      pushServiceObjects(service, valueIfKnown(facts.version)),
    ),
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
    ...TABLES.map((read) => withUnread(read(facts), vdoms, inVdom)),
  ];
}

/** A check reads only the VDOMs that its question concerns. */
function withUnread(
  read: SettingGroup,
  vdoms: readonly string[],
  inVdom: ShownFacts['inVdom'],
): SettingGroup {
  const unread = vdoms.filter((name) => inVdom(name)[read.fact].state !== 'known');
  return unread.length === 0 ? read : { ...read, unread };
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
