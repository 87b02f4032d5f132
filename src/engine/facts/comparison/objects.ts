import type { Quote } from '../../evidence/types.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import type { DistinguishedName } from '../../fortios/x509/distinguished-name.ts';
import type { PushCertificate } from '../push/push-certificate-values.ts';
import type { DeviceIdentity, HaStatus, PushService } from '../values.ts';
import {
  type ComparedSetting,
  type ConfigObject,
  compareSourced,
  compareUnsourced,
  unsureDefault,
} from './settings.ts';

/** What a comparison shows of a fact that is not declared by fields. */
export interface ShownFact<V = unknown> {
  /** In the words of a reader: `firmware`. */
  readonly what: string;
  show(value: V, of: ShownBy): readonly ConfigObject[];
}

interface ShownBy {
  readonly quotes: readonly Quote[];
  /** Of the device. */
  readonly version: FortiosVersion | undefined;
}

/** Objects that a device has once. */
export const OBJECTS = {
  device: { what: 'hostname and model', show: deviceObjects },
  version: { what: 'firmware', show: versionObjects },
  pushService: { what: 'push service', show: pushServiceObjects },
  pushCertificate: { what: 'certificate of the push service', show: certificateObjects },
  haStatus: { what: 'HA members', show: haObjects },
};

function deviceObjects({ hostname, model, haMode }: DeviceIdentity): readonly ConfigObject[] {
  const known = (area: 'device' | 'ha', name: string, value: string | undefined) =>
    // A backup without this line says nothing about it.
    value === undefined ? [] : [compareUnsourced(area, name, value)];
  const settings = [
    ...known('device', 'hostname', hostname),
    ...known('device', 'model', model),
    ...known('ha', 'HA mode', haMode),
  ];
  return settings.map((setting) => ({ area: setting.area, place: '', settings: [setting] }));
}

function versionObjects(version: FortiosVersion, { quotes }: ShownBy): readonly ConfigObject[] {
  const area = 'firmware';
  return [{ area, place: '', settings: [compareUnsourced(area, 'FortiOS', formatVersion(version), quotes)] }];
}

function pushServiceObjects(service: PushService, { version }: ShownBy): readonly ConfigObject[] {
  const area = 'push-service';
  const certificate = compareSourced(area, 'server-cert', service.serverCert);
  return [
    {
      area,
      place: 'system ftm-push',
      settings: [
        compareSourced(area, 'status', service.status),
        compareSourced(area, 'server', service.server),
        compareSourced(area, 'server-ip', service.serverIp),
        compareSourced(area, 'interface', service.interface),
        compareSourced(area, 'server-port', service.serverPort),
        // Its default depends on the release.
        version === undefined ? unsureDefault(certificate) : certificate,
        proxySetting(service, version),
      ],
    },
  ];
}

/** 7.4.1 introduced it, with the default `enable`. */
function proxySetting({ proxy }: PushService, version: FortiosVersion | undefined): ComparedSetting {
  const setting = compareSourced('push-service', 'proxy', proxy);
  if (setting.absent === undefined) return setting;
  if (version !== undefined && atLeast(version, '7.4.1')) return { ...setting, value: 'enable' };
  return unsureDefault(setting);
}

/** `server-cert` itself is a setting of the push service. */
function certificateObjects({ name, certificate }: PushCertificate): readonly ConfigObject[] {
  if (certificate === undefined) return [];
  const { quotes, certificate: content } = certificate;
  const area = 'certificate';
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return [
    {
      area,
      place: `vpn certificate local ${name}`,
      settings: [
        compareUnsourced(area, 'subject', formatName(content.subject), quotes.subject),
        compareUnsourced(area, 'issuer', formatName(content.issuer), quotes.issuer),
        compareUnsourced(area, 'serial number', content.serial, quotes.subject),
        compareUnsourced(area, 'valid from', day(content.notBefore), quotes.notBefore),
        compareUnsourced(area, 'valid until', day(content.notAfter), quotes.notAfter),
      ],
    },
  ];
}

function formatName({ parts }: DistinguishedName): string {
  return parts.map(({ type, value }) => `${type}=${value}`).join(', ');
}

/** Serial numbers of members are redacted, and cannot be compared. */
function haObjects({ mode, members }: HaStatus): readonly ConfigObject[] {
  return [
    {
      area: 'ha',
      place: '',
      settings: [
        compareSourced('ha', 'HA mode of the cluster', mode),
        compareUnsourced(
          'ha',
          'members of the cluster',
          members.length,
          members.flatMap(({ quotes }) => quotes),
        ),
      ],
    },
  ];
}
