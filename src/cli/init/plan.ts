/** What `init` needs to know; secrets are in `env` alone. */
export interface SetupPlan {
  readonly devices: readonly PlannedDevice[];
  /** Administrator on the devices. */
  readonly username: string;
  /** FortiOS version of the devices, for the lines that create the administrator; absent if unknown. */
  readonly fortios?: string;
  /** Networks the bot connects from, as the devices see it, or `any` alone; empty if unknown. */
  readonly trustedHosts: readonly string[];
  /** Public address of the bot; absent in Socket Mode. */
  readonly http?: string;
  /** Ids of Slack channels that may check the devices. */
  readonly channels: readonly string[];
  /** Values of `.env` by name, in the order of the file; an empty one is to be filled in. */
  readonly env: Readonly<Record<string, string>>;
}

export interface PlannedDevice {
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  /** `ssh-ed25519 AAAA…`, as the device presented it; absent if the device could not be reached. */
  readonly hostKey?: { readonly line: string; readonly fingerprint: string };
}

/** `NAME=ADDRESS[:PORT]`; an IPv6 address with a port is in brackets. Undefined for anything else. */
export function parsePlannedDevice(text: string): PlannedDevice | undefined {
  const [, alias = '', address = '', port = '22'] =
    /^([A-Za-z0-9][\w.-]{0,62})=(\[[0-9a-fA-F:.]+\]|[0-9a-fA-F:]*:[0-9a-fA-F:.]+|[\w.-]+?)(?::(\d{1,5}))?$/.exec(
      text,
    ) ?? [];
  if (alias === '' || Number(port) > 65_535 || Number(port) === 0) return undefined;
  return { alias, address: address.replace(/^\[|\]$/g, ''), port: Number(port) };
}

export const PASSWORD_VARIABLE = 'FGT_PASSWORD';
