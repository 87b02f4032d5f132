import { z } from 'zod';
import { escalationSchema } from './escalation-schema.ts';
import { duration, printableName, secretRef } from './inventory-parts.ts';
import { ADDRESS, ALIAS, USERNAME } from './name-patterns.ts';
import type { Settings } from './schema-parts.ts';
import { sweepSchema } from './sweep-schema.ts';

const INVENTORY_SCHEMA_ID = 'ftm-check/inventory@1';

const aliasRule = 'a name of letters, digits, dot, dash and underscore, at most 64';

const HOST_KEY =
  /^(?:SHA256:[A-Za-z0-9+/]{43}=?|(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+=*(?: .*)?)$/;

const hostKey = z.string().regex(HOST_KEY, 'a fingerprint SHA256:… or a key line such as ssh-ed25519 AAAA…');

const address = z.string().regex(ADDRESS, 'a host name or an IP address without port or brackets');

const hostKeys = z
  .array(hostKey)
  .default([])
  .describe('pinned host keys; a host without one is refused, and the answer says how to pin it');

const username = z.string().regex(USERNAME, 'a user name of 1 to 64 printable characters without spaces');

/** Settings to connect and sign in to a host: a device or a jump host. */
const access = {
  port: z.int().min(1).max(65_535).optional(),
  username: username.optional(),
  password: secretRef.optional(),
  privateKey: secretRef.optional(),
  passphrase: secretRef.optional(),
  agent: z
    .union(
      [z.literal(true), z.strictObject({ key: hostKey })],
      'true, or { key: FINGERPRINT } of the key to use',
    )
    .optional()
    .describe('sign in with a key of the SSH agent at SSH_AUTH_SOCK'),
  knownHosts: printableName
    .optional()
    .describe('a file in the format of OpenSSH known_hosts, trusted next to hostKeys'),
  jump: z
    .union([z.string(), z.literal(false)], 'the name of a jump host, or false for none')
    .optional()
    .describe('the jump host to connect through; false overrides a group or the defaults'),
};

const algorithms = z
  .enum(['modern', 'legacy'])
  .optional()
  .describe('legacy also allows SHA-1 key exchange and host keys, for old FortiOS without others');

const placeName = printableName.max(60);

const settings = {
  ...access,
  customer: placeName.optional().describe('whose device it is'),
  site: placeName.optional().describe('where it stands'),
  vdom: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,31}$/, 'a VDOM name of letters, digits, dash and underscore')
    .optional(),
  algorithms,
  live: z
    .union(
      [z.boolean(), z.strictObject({ max: duration })],
      'true, false, or { max: DURATION } such as { max: 2m }',
    )
    .optional()
    .describe(
      'whether a check may enable debug during a login (--live), and the maximum time; default: false',
    ),
  ping: z
    .boolean()
    .optional()
    .describe(
      'whether a check may send `execute ping push.fortinet.com` (five ICMP packets, about 5 s); default: false',
    ),
  timeouts: z
    .strictObject({ connect: duration.optional(), command: duration.optional(), job: duration.optional() })
    .optional(),
};

const group = z.strictObject(settings);

const device = z.strictObject({
  ...settings,
  address: address
    .optional()
    .describe(
      'host name or IP address; without it the SSH configuration is asked for the name of the device',
    ),
  hostKeys,
  groups: z.array(z.string().regex(ALIAS, aliasRule)).default([]),
});

/** A jump host takes nothing from the defaults: a device's password must not be sent to another host. */
const jumpHost = z.strictObject({
  ...access,
  address,
  username,
  hostKeys,
  algorithms,
  timeouts: z.strictObject({ connect: duration.optional() }).optional(),
});

const grant = z
  .strictObject({
    users: z
      .array(z.string().regex(/^(?:\*|[UW][A-Z0-9]{2,})$/, 'a Slack user id such as U012AB3CD, or *'))
      .optional(),
    userGroups: z
      .array(z.string().regex(/^S[A-Z0-9]{2,}$/, 'a Slack user group id such as S012AB3CD'))
      .optional()
      .describe('all members of these user groups, in addition to `users`'),
    channels: z
      .array(z.string().regex(/^(?:\*|[CDG][A-Z0-9]{2,})$/, 'a Slack channel id such as C012AB3CD, or *'))
      .optional(),
    teams: z
      .array(z.string().regex(/^(?:\*|[TE][A-Z0-9]{2,})$/, 'a Slack workspace id such as T012AB3CD, or *'))
      .min(1, 'name a workspace, or "*"')
      .optional()
      .describe(
        'workspaces whose members are allowed; default: only the workspace of the bot token, so guests from other workspaces (Slack Connect) are refused',
      ),
    devices: z.array(z.string()).min(1, 'name groups or devices, or "*"'),
  })
  .refine((each) => (each.users ?? each.userGroups ?? each.channels) !== undefined, {
    message: 'name users, userGroups or channels, or several of them ("*" is everybody)',
  });

const channelSettings = z.strictObject({
  autodetect: z.boolean().default(true).describe('read pasted FortiGate logs automatically'),
});

export const inventorySchema = z
  .strictObject({
    defaults: group.prefault({}).describe('defaults for all devices'),
    groups: z
      .record(z.string().regex(ALIAS, aliasRule), group.nullable())
      .prefault({})
      .describe('settings shared by the devices of a group; the first group of a device has priority'),
    sshConfig: z
      .union([z.boolean(), printableName], 'true for ~/.ssh/config, false, or the path of a file')
      .optional()
      .describe(
        'an SSH client configuration that says what the inventory does not: address, port, user, key, jump hosts and known_hosts of a device',
      ),
    jumpHosts: z
      .record(z.string().regex(ALIAS, aliasRule), jumpHost)
      .prefault({})
      .describe('SSH jump hosts, each with its own credential and pinned keys'),
    devices: z.record(z.string().regex(ALIAS, aliasRule), device),
    access: z
      .array(grant)
      .default([])
      .describe('grants: who may check which devices; everything else is refused'),
    channels: z
      .record(z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'a Slack channel id such as C012AB3CD'), channelSettings)
      .default({})
      .describe('settings for single channels'),
    escalation: escalationSchema.optional(),
    sweeps: z
      .array(sweepSchema)
      .default([])
      .describe('groups that are checked on a schedule; what changed is posted to a channel'),
  })
  .meta({ id: INVENTORY_SCHEMA_ID, title: 'ftm-check inventory' });

export type InventoryFile = Settings<typeof inventorySchema>;
export type JumpHostEntry = Settings<typeof jumpHost>;
export type DeviceEntry = Settings<typeof device>;
export type DeviceSettings = Settings<typeof group>;
