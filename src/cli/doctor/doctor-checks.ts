import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import PQueue from 'p-queue';
import { useProxy } from '../../bot/http/use-proxy.ts';
import { findOpsPlace } from '../../bot/monitoring/notify-ops.ts';
import { createWorkspaces } from '../../bot/slack/workspaces.ts';
import { toSections } from '../../engine/evidence/sections.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { valueIfKnown } from '../../engine/facts/fact.ts';
import { readFacts } from '../../engine/facts/read-facts.ts';
import { parseSystemStatus } from '../../engine/fortios/output/system-status.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { listFirst } from '../../engine/text/list-first.ts';
import { checkEscalation, type EscalationCheckOptions } from '../../oncall/checks/check-escalation.ts';
import { checkSecrets } from '../../oncall/checks/check-routes.ts';
import { slackWorkspaces } from '../../oncall/checks/check-slack-ids.ts';
import { awayCheck, failCheck, passCheck, type SettingCheck } from '../../oncall/checks/setting-check.ts';
import type { InventoryRules } from '../../platform/config/build-inventory.ts';
import { type Environment, inventoryPath } from '../../platform/config/environment.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { type Config, readConfig, type SlackConfig } from '../../platform/config/load-config.ts';
import { signInSecrets } from '../../platform/config/new-secrets.ts';
import type { RedisSettings } from '../../platform/config/redis-address.ts';
import { silentLogger } from '../../platform/observe/logger.ts';
import { openBackend } from '../../platform/queue/open-backend.ts';
import { plural } from '../../report/documents/printable.ts';
import { EXIT, statusOfError } from '../process/exit-status.ts';
import { asFtmError } from '../process/explain-error.ts';
import { withBackend } from '../program/with-backend.ts';
import { createTerminalCollector } from '../terminal/collector.ts';
import type { Io } from '../terminal/io.ts';
import { checkSlack } from './doctor-slack.ts';

const NODE_NEEDED = 24;

export interface SetupOptions {
  readonly devices?: boolean;
}

/** Checks everything about a set-up that can be checked from here. */
export async function checkSetup(options: SetupOptions, io: Io): Promise<readonly SettingCheck[]> {
  const { env } = io;
  const read = readConfig(env);
  const teams = 'config' in read ? read.config.slack.install?.teams : undefined;
  const inventory = await readInventory(env, { teams });
  if ('config' in read) useProxy(read.config.proxy);
  const known = inventory instanceof FtmError ? undefined : inventory;
  const slack = 'config' in read ? await checkSlack(read.config.slack, known) : [];
  const escalation =
    'config' in read && known !== undefined ? await checkPaging(read.config, known, env) : [];
  return [
    checkNode(),
    ...checkSettings(read),
    ...slack,
    ...(await checkInventory(inventory, env)),
    ...escalation,
    await checkQueue(env, 'config' in read ? read.config.redis : undefined),
    ...('config' in read ? [await checkAudit(read.config.audit)] : []),
    ...(options.devices && !(inventory instanceof FtmError) ? await checkDevices(inventory, io) : []),
  ];
}

async function checkPaging(
  config: Config,
  inventory: Inventory,
  env: Environment,
): Promise<readonly SettingCheck[]> {
  const options = { inventory, opsPlace: findOpsPlace(config), role: 'all', env, now: Date.now() } as const;
  const { slack } = config;
  if (slack.install === undefined) {
    const only = slackWorkspaces(slack, undefined);
    // A refused token is reported once, by the checks of Slack.
    const isAccepted = (await only?.probe(undefined).botToken())?.kind === 'ok';
    return await checkEscalation({ ...options, slack: isAccepted ? only : undefined });
  }
  return await checkWorkspaces(slack, options, env);
}

/** Several workspaces: their tokens are in the Redis of the bot. */
async function checkWorkspaces(
  slack: SlackConfig,
  options: Omit<EscalationCheckOptions, 'slack'>,
  env: Environment,
): Promise<readonly SettingCheck[]> {
  const { install, apiUrl: slackApiUrl } = slack;
  try {
    return await withBackend({ env }, 'it has the tokens of the workspaces.', async ({ records }) => {
      const workspaces = createWorkspaces({ install, texts: records, logger: silentLogger, slackApiUrl });
      return await checkEscalation({ ...options, slack: slackWorkspaces(slack, workspaces) });
    });
  } catch (error) {
    if (!(error instanceof FtmError)) throw error;
    const rest = await checkEscalation({ ...options, slack: undefined });
    if (error.code !== 'ftm_usage') return [...rest, failedCheck('workspaces', error)];
    const text =
      'channels, people and groups were not checked: REDIS_URL is not set, and Redis has the tokens';
    return [...rest, passCheck('workspaces', text)];
  }
}

function failedCheck(name: string, { code, message, advice }: FtmError): SettingCheck {
  const detail = advice === undefined ? message : `${message}\n${advice}`;
  return statusOfError(code) === EXIT.unreachable ? awayCheck(name, detail) : failCheck(name, detail);
}

async function readInventory(env: Environment, rules: InventoryRules): Promise<Inventory | FtmError> {
  try {
    return await loadInventory(inventoryPath(env), rules);
  } catch (thrown) {
    return asFtmError(thrown);
  }
}

function checkNode(): SettingCheck {
  return Number(process.versions.node.split('.')[0]) >= NODE_NEEDED
    ? passCheck('Node', process.version)
    : failCheck('Node', `${process.version}, and ${NODE_NEEDED} or newer is needed`);
}

function checkSettings(read: ReturnType<typeof readConfig>): readonly SettingCheck[] {
  if ('problems' in read)
    return read.problems.map(({ variable, problem, example }) =>
      failCheck('settings', `${variable} ${problem}; example: ${example}`),
    );
  const { slack, proxy, port } = read.config;
  const mode = slack.mode === 'http' ? `HTTP mode on port ${port}` : 'Socket Mode';
  return [passCheck('settings', proxy === undefined ? mode : `${mode} through a proxy`)];
}

async function checkInventory(
  inventory: Inventory | FtmError,
  env: Environment,
): Promise<readonly SettingCheck[]> {
  if (inventory instanceof FtmError) return [failedCheck('inventory', inventory)];
  const devices = [...inventory.devices.values()];
  return [
    passCheck('inventory', `${inventoryPath(env)}: ${plural(devices.length, 'device')}`),
    ...(inventory.sshConfigNotes ?? []).map((note) => passCheck('ssh config', note)),
    checkGrants(inventory),
    ...(await checkSecrets(signInSecrets(devices), env)),
    ...checkHostKeys(devices),
    // Live sessions change the device's state temporarily: the report lists where they are allowed.
    describeAllowed('live', devices, ({ alias, live }) => live && `${alias} (${live.maxSeconds} s)`),
    // A ping is the only command of a check that sends packets to others.
    describeAllowed('ping', devices, ({ alias, ping }) => (ping ? alias : undefined)),
  ];
}

function checkGrants({ grants, devices }: Inventory): SettingCheck {
  if (grants.length === 0) return failCheck('access', 'no grants: add them under `access` in the inventory');
  const granted = new Set(grants.flatMap((grant) => grant.devices));
  const closed = [...devices.values()]
    .filter(({ alias, groups }) => ![alias, '*', ...groups].some((name) => granted.has(name)))
    .map(({ alias }) => alias);
  const note = closed.length === 0 ? '' : `; no grant in Slack for ${listFirst(closed)}`;
  return passCheck('access', `${plural(grants.length, 'grant')}${note}`);
}

function checkHostKeys(devices: readonly Device[]): readonly SettingCheck[] {
  const hosts = devices.flatMap((device) => [device, ...(device.jumps ?? [])]);
  const unpinned = hosts.filter(
    (host) => host.hostKeys.length === 0 && host.knownHosts === undefined && !host.knownHostsFiles?.length,
  );
  if (unpinned.length === 0) return devices.length > 0 ? [passCheck('host keys', 'all pinned')] : [];
  const names = [...new Set(unpinned.map(({ alias }) => alias))];
  const how = '`ftm-check hosts scan HOST` shows the keys of each and the lines to pin.';
  return [failCheck('host keys', `not pinned, so these will be refused: ${listFirst(names)}. ${how}`)];
}

function describeAllowed(
  name: string,
  devices: readonly Device[],
  allow: (device: Device) => string | undefined,
): SettingCheck {
  const allowed = devices.flatMap((device) => allow(device) ?? []);
  const where = allowed.length === 0 ? 'not allowed on any device' : `allowed on ${listFirst(allowed)}`;
  return passCheck(name, where);
}

async function checkQueue(env: Environment, settings: RedisSettings | undefined): Promise<SettingCheck> {
  const url = env.REDIS_URL?.trim();
  const redis = settings ?? (url ? { url } : undefined);
  if (!redis) {
    const why = 'REDIS_URL is not set: `serve` keeps jobs in memory, and loses them when it ends';
    return failCheck('queue', `${why}.\nSet it to a Redis or Valkey; \`compose.yaml\` brings one.`);
  }
  try {
    const backend = await openBackend({ redis, log: silentLogger });
    try {
      await backend.queue.ready();
      return passCheck('queue', backend.sentence);
    } finally {
      await backend.close(0);
    }
  } catch (thrown) {
    return failedCheck('queue', asFtmError(thrown));
  }
}

/** Checks whether `serve` could append to its audit trail; without one it does not start. Writes nothing. */
async function checkAudit(target: string): Promise<SettingCheck> {
  if (target === 'off') return passCheck('audit trail', 'off: requests are not recorded');
  if (target === 'stdout') return passCheck('audit trail', 'on standard output');
  return (await canAppend(target))
    ? passCheck('audit trail', target)
    : failCheck('audit trail', `${target} cannot be written: FTM_CHECK_AUDIT is a folder, "stdout" or "off"`);
}

async function canAppend(path: string): Promise<boolean> {
  // `serve` creates the folder and the one above, but no more.
  const above = dirname(path);
  const nearest = [path, above, dirname(above)].find((each) => existsSync(each));
  if (nearest === undefined) return false;
  return access(nearest, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Some devices at once: a slow device delays the others less, and they do not all log in at the same time. */
const CONCURRENCY = 4;

/** Signs in to each device once and reads its version and administrators only. Results are in inventory order. */
async function checkDevices({ devices }: Inventory, io: Io): Promise<readonly SettingCheck[]> {
  const line = new PQueue({ concurrency: CONCURRENCY });
  return await line.addAll([...devices.values()].map((device) => () => checkSignIn(device, io)));
}

async function checkSignIn(device: Device, io: Io): Promise<SettingCheck> {
  try {
    const { signal } = io;
    const items = await createTerminalCollector(io)({ device, commands: ['administrators'], signal });
    const { model, version } = parseSystemStatus(items[0]?.text.split('\n') ?? []);
    const found = [model?.value, version && `FortiOS ${version.value}`].filter(Boolean).join(', ');
    const detail = `${device.alias}: signed in as ${device.username}; ${found}`;
    return hasNoTrustedHost(device, items)
      ? { ...passCheck('device', `${detail}\n${withoutTrustedHost(device)}`), isWarning: true }
      : passCheck('device', detail);
  } catch (thrown) {
    return failedCheck('device', asFtmError(thrown));
  }
}

function hasNoTrustedHost({ username }: Device, items: readonly EvidenceItem[]): boolean {
  const { administrators } = readFacts(items.flatMap((item) => toSections(item))).facts;
  const account = valueIfKnown(administrators)?.find(({ name }) => name === username);
  return account?.trustedHosts.value.length === 0;
}

function withoutTrustedHost({ username }: Device): string {
  return (
    `${username} has no trusted host: it can sign in from everywhere. If every other administrator has some, it alone ` +
    'opens the login pages to every source and hides a cause of failing push.\n' +
    `Set \`trusthost1\` of ${username} to the address of the bot (\`ftm-check account --trusted-host\` prints it).`
  );
}
