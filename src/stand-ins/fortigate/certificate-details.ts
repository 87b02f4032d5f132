import { setting } from '../../engine/fortios/config/find.ts';
import type { ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { SHIPPED_CERTIFICATES } from '../../engine/fortios/shipped-certificates.ts';
import type { DistinguishedName } from '../../engine/fortios/x509/distinguished-name.ts';
import { pemBlocks } from '../../engine/fortios/x509/pem.ts';
import { readCertificate } from '../../engine/fortios/x509/read-certificate.ts';
import type { DeviceState } from './device-state.ts';

export const CERTIFICATE_DETAILS = 'get vpn certificate local details';

const PATHS = ['vpn certificate local', 'certificate local'];

/** `get vpn certificate local details [NAME]`: the certificates that FortiOS ships, those of the scope, and the global ones. */
export function certificateDetails(
  state: DeviceState,
  scope: ConfigScope,
  name: string | undefined,
): string[] | undefined {
  const shipped = SHIPPED_CERTIFICATES.map((each) => ({ name: each, lines: shippedDetails(each) }));
  const scopes: readonly ConfigScope[] = scope.kind === 'vdom' ? [scope, { kind: 'global' }] : [scope];
  const configured = scopes
    .flatMap((each) => PATHS.map((path) => state.block(each, path)))
    .flatMap((block) => block?.entries ?? [])
    .map((entry) => ({ name: entry.key, lines: printDetails(entry) }));
  const listed = [...shipped, ...configured].filter((each) => name === undefined || each.name === name);
  return name !== undefined && listed.length === 0 ? undefined : listed.flatMap(({ lines }) => lines);
}

function shippedDetails(name: string): readonly string[] {
  const isFactory = name === 'Fortinet_Factory';
  return details(name, {
    subject: isFactory
      ? 'C = US, ST = California, L = Sunnyvale, O = Fortinet, OU = FortiGate, CN = FGT60F0000000000'
      : 'O = Fortinet Ltd., CN = FortiGate',
    issuer: isFactory
      ? 'C = US, ST = California, L = Sunnyvale, O = Fortinet, OU = Certificate Authority, CN = support'
      : 'O = Fortinet Ltd., CN = FortiGate',
    from: '2020-01-01 00:00:00',
    to: '2038-01-19 03:14:07',
  });
}

function printDetails(entry: ConfigEntry): readonly string[] {
  const [block] = pemBlocks(setting(entry, 'certificate')?.values.join('\n') ?? '');
  const certificate = block?.bytes && readCertificate(block.bytes);
  if (!certificate) return [`== [ ${entry.key} ]`, `Name:        ${entry.key}`];
  return details(entry.key, {
    subject: formatName(certificate.subject),
    issuer: formatName(certificate.issuer),
    from: time(certificate.notBefore),
    to: time(certificate.notAfter),
  });
}

function details(
  name: string,
  { subject, issuer, from, to }: Readonly<Record<'subject' | 'issuer' | 'from' | 'to', string>>,
): readonly string[] {
  return [
    `== [ ${name} ]`,
    `Name:        ${name}`,
    `Subject:     ${subject}`,
    `Issuer:      ${issuer}`,
    `Valid from:  ${from}  GMT`,
    `Valid to:    ${to}  GMT`,
    'Fingerprint: 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF',
    'Serial Num:  01:23:45',
    '',
  ];
}

function formatName({ parts }: DistinguishedName): string {
  return parts.map(({ type, value }) => `${type} = ${value.includes(',') ? `"${value}"` : value}`).join(', ');
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
