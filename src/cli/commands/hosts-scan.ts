import { knownHostsName } from '../../device/transport/known-hosts.ts';
import { type HostKeyScan, type ScannedKey, scanHostKeys } from '../../device/transport/scan-host-keys.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { EXIT } from '../process/exit-status.ts';
import { type Io, print } from '../terminal/io.ts';
import { type DeviceSource, openNamedDevice } from './named-device.ts';

const STATUS_TEXT: Readonly<Record<ScannedKey['status'], string>> = {
  pinned: 'pinned',
  unknown: 'not pinned',
  'other-type': 'not pinned; keys of other types are',
  changed: 'NOT THE PINNED ONE',
  revoked: 'REVOKED',
};

/** 0 when no pin is contradicted, 1 when one is. */
export async function hostsScan(host: string, options: DeviceSource, io: Io): Promise<number> {
  const device = await openNamedDevice(host, options, io);
  const { env, signal } = io;
  const scan = await scanHostKeys({ device, readSecret: (ref) => readSecret(ref, env), signal });
  await print(io.stdout, describe(device, scan));
  const wrong = scan.keys.some(({ status }) => status === 'changed' || status === 'revoked');
  return wrong ? EXIT.findings : EXIT.healthy;
}

function describe(device: Device, { keys, mislabelledRsa }: HostKeyScan): string {
  const { alias, address, port, hostKeyAlias, knownHostsFiles = [] } = device;
  const lines = [
    `${alias} (${address}, port ${port}) presents:`,
    ...keys.map((key) => `  ${key.type.padEnd(19)}  ${key.fingerprint}  ${STATUS_TEXT[key.status]}`),
  ];
  if (keys.length === 0) lines.push('  no host key in a supported format');
  if (mislabelledRsa)
    lines.push('  ssh-rsa              with a wrong label, a known FortiOS bug: it cannot be pinned');
  const [best] = keys;
  if (keys.some(({ status }) => status === 'pinned'))
    lines.push('', 'One of them is pinned: checks of this device pass the host key.');
  else if (best)
    lines.push(
      '',
      'Confirm the fingerprint of the first one over another connection to the device (console, GUI), then pin it:',
      '',
      '# in the inventory',
      'devices:',
      `  ${alias}:`,
      '    hostKeys:',
      `      - ${best.line}`,
      '',
      `# or in ${knownHostsFiles[0] ?? 'the file that `knownHosts` names'}`,
      `${hostKeyAlias ?? knownHostsName(address, port)} ${best.line}`,
    );
  return lines.join('\n');
}
