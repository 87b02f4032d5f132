import { z } from 'zod';
import { escalationSchema } from './escalation-schema.ts';
import { duration, secretRef } from './inventory-parts.ts';

const INVENTORY_SCHEMA_ID = 'ftm-check/inventory@1';

/** Slack names must not be able to hide behind spaces or control characters, and lanes are named by the alias. */
const ALIAS = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;
const aliasRule = 'a name of letters, digits, dot, dash and underscore, 64 at most';

const HOST_KEY =
  /^(?:SHA256:[A-Za-z0-9+/]{43}=?|(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+=*(?: .*)?)$/;

const hostKey = z.string().regex(HOST_KEY, 'a fingerprint SHA256:… or a key line such as ssh-ed25519 AAAA…');

const address = z
  .string()
  .regex(
    /^[A-Za-z0-9:](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9:])?$/,
    'a host name or an IP address without port or brackets',
  );

const hostKeys = z
  .array(hostKey)
  .default([])
  .describe('pinned host keys; without one the host is refused and the answer says how to pin it');

/** A control character in a name could not be told from the end of a line in a log or a prompt. */
const username = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'a user name of 1 to 64 printable characters without spaces');

/** How to reach and enter a host, device or not. */
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
  knownHosts: z
    .string()
    .min(1)
    .optional()
    .describe('a file in the format of OpenSSH known_hosts, trusted next to hostKeys'),
  jump: z
    .union([z.string(), z.literal(false)], 'the name of a jump host, or false for none')
    .optional()
    .describe('the host of jumpHosts to go through; false takes back what a group or the defaults say'),
};

const algorithms = z
  .enum(['modern', 'legacy'])
  .optional()
  .describe('legacy also allows SHA-1 key exchange and host keys, for FortiOS that knows nothing else');

const settings = {
  ...access,
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
      'whether a check may switch on debug while somebody logs in (--live), and for how long at most; false by default',
    ),
  timeouts: z
    .strictObject({ connect: duration.optional(), command: duration.optional(), job: duration.optional() })
    .optional(),
};

const group = z.strictObject(settings);

const device = z.strictObject({
  ...settings,
  address,
  hostKeys,
  groups: z.array(z.string().regex(ALIAS, aliasRule)).default([]),
});

/** Nothing of it comes from the defaults: a device's password must not reach a host that is none. */
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
      .describe('everybody in one of these user groups, besides `users`'),
    channels: z
      .array(z.string().regex(/^(?:\*|[CDG][A-Z0-9]{2,})$/, 'a Slack channel id such as C012AB3CD, or *'))
      .optional(),
    teams: z
      .array(z.string().regex(/^(?:\*|[TE][A-Z0-9]{2,})$/, 'a Slack workspace id such as T012AB3CD, or *'))
      .min(1, 'name a workspace, or "*"')
      .optional()
      .describe(
        'workspaces that people may belong to; without it only the one of the bot token, so guests from other workspaces (Slack Connect) are refused',
      ),
    devices: z.array(z.string()).min(1, 'name groups or devices, or "*"'),
  })
  .refine((each) => (each.users ?? each.userGroups ?? each.channels) !== undefined, {
    message: 'say who: users, userGroups, channels or several of them ("*" is everybody)',
  });

const channelSettings = z.strictObject({
  autodetect: z
    .boolean()
    .default(true)
    .describe('read FortiGate logs that are pasted there without anybody asking for it'),
});

export const inventorySchema = z
  .strictObject({
    defaults: group.default({}).describe('for every device that does not say otherwise'),
    groups: z
      .record(z.string().regex(ALIAS, aliasRule), group.nullable())
      .default({})
      .describe('settings shared by the devices of a group; the first group of a device wins'),
    jumpHosts: z
      .record(z.string().regex(ALIAS, aliasRule), jumpHost)
      .default({})
      .describe('hosts on the way to devices, each with its own credential and pinned keys'),
    devices: z.record(z.string().regex(ALIAS, aliasRule), device),
    access: z.array(grant).default([]).describe('who may ask for what; what is not granted is refused'),
    channels: z
      .record(z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'a Slack channel id such as C012AB3CD'), channelSettings)
      .default({})
      .describe('how the bot behaves in single channels'),
    escalation: escalationSchema.optional(),
  })
  .meta({ id: INVENTORY_SCHEMA_ID, title: 'ftm-check inventory' });

export type InventoryFile = z.infer<typeof inventorySchema>;
export type JumpHostEntry = z.infer<typeof jumpHost>;
export type DeviceEntry = z.infer<typeof device>;
export type DeviceSettings = z.infer<typeof group>;
