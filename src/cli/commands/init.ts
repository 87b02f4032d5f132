import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { slackManifest } from '../../bot/slack/manifest.ts';
import { createSlackProbe } from '../../bot/slack/probe-slack.ts';
import { type AccountRecipe, accountRecipe, canBePasted } from '../../device/account/account-recipe.ts';
import { parseTrustedHosts } from '../../device/account/trusted-host.ts';
import { scanHostKeys } from '../../device/transport/scan-host-keys.ts';
import { parseVersion } from '../../engine/fortios/version.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { parseInventory } from '../../platform/config/inventory.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { checkSetup } from '../doctor/doctor-checks.ts';
import { type Ask, askAtTerminal } from '../init/ask.ts';
import { PASSWORD_VARIABLE, type PlannedDevice, type SetupPlan } from '../init/plan.ts';
import { collectPlan, type InitOptions } from '../init/questions.ts';
import { renderEnv, renderInventory } from '../init/render-files.ts';
import { withEnvFile } from '../process/env-file.ts';
import { EXIT } from '../process/exit-status.ts';
import { asFtmError, typeable } from '../process/explain-error.ts';
import { makeFolder, refuseUnwritableFolder, unwritable } from '../process/private-file.ts';
import { type Io, print, printNow } from '../terminal/io.ts';
import { cannotPaste } from './account.ts';
import { describeChecks } from './doctor.ts';

/**
 * Writes the files of a set-up, never over existing ones, and runs the doctor at the end. Rejects with `ftm_usage`.
 */
export async function init(options: InitOptions, io: Io): Promise<number> {
  await refuseUnwritableFolder(options.dir);
  const ask = io.stdin.isTTY === true ? askAtTerminal(io.stdin, io.stderr) : undefined;
  const env = withEnvFile(io.env, options.dir);
  const findChannels = async (token: string) => {
    const found = await createSlackProbe(token, env.SLACK_API_URL).channels();
    return found.kind === 'ok' ? found.ids : undefined;
  };
  const plan = await collectPlan(options, { ask, env, findChannels });
  const pinned = { ...plan, devices: await pinHostKeys(plan, ask, io) };
  const account = toAccountRecipe(pinned);
  await writeFiles(pinned, options, io);
  const steps = nextSteps(pinned, options, account, ask !== undefined).join('\n');
  await print(io.stderr, typeable(steps, io.env, options.dir));
  return await endWithDoctor(options.dir, io);
}

/**
 * The key that each device presents; a person confirms that it is the device's. Without a terminal none is pinned.
 */
async function pinHostKeys(plan: SetupPlan, ask: Ask | undefined, io: Io): Promise<readonly PlannedDevice[]> {
  if (!ask) return plan.devices;
  const { devices } = parseInventory(renderInventory(plan), FILES.inventory);
  const pinned: PlannedDevice[] = [];
  for (const planned of plan.devices) {
    const device = devices.get(planned.alias.toLowerCase());
    const key = device && (await scanHostKey(device, io));
    const question = `${planned.alias} presents the host key ${key?.fingerprint}. Does its console or GUI show the same?`;
    const isRight = key !== undefined && (await ask.confirm(question, false));
    pinned.push(isRight ? { ...planned, hostKey: key } : planned);
  }
  return pinned;
}

async function scanHostKey(device: Device, io: Io): Promise<PlannedDevice['hostKey']> {
  try {
    const read = (ref: SecretRef) => readSecret(ref, io.env);
    const { keys } = await scanHostKeys({ device, readSecret: read, signal: io.signal });
    return keys[0];
  } catch (error) {
    printNow(io.stderr, `Note: ${asFtmError(error).message} Its host key is not pinned.`);
    return undefined;
  }
}

const FILES = { inventory: 'inventory.yaml', env: '.env', manifest: 'slack-manifest.json' } as const;

/** Addresses, secrets, and the lines of an account if they are saved. */
const NOT_COMMITTED = ['.env', 'inventory.yaml', 'account.txt'];

async function writeFiles(plan: SetupPlan, { dir, force }: InitOptions, io: Io): Promise<void> {
  await makeFolder(dir);
  const manifest = slackManifest({ socketMode: plan.http === undefined, url: plan.http });
  const texts: readonly (readonly [keyof typeof FILES, string])[] = [
    ['inventory', renderInventory(plan)],
    ['env', renderEnv(plan)],
    ['manifest', `${JSON.stringify(manifest, null, 2)}\n`],
  ];
  for (const [kind, text] of texts) {
    const path = join(dir, FILES[kind]);
    if (existsSync(path) && !force) {
      printNow(io.stderr, `Kept ${path}: it exists (\`--force\` replaces it).`);
      continue;
    }
    await writeFile(path, text, { mode: kind === 'env' ? 0o600 : 0o644 }).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
    printNow(io.stderr, `Wrote ${path}.`);
  }
  await ignoreInGit(dir, io);
}

/** Adds to the file what is missing there; Git leaves out what it lists. */
async function ignoreInGit(dir: string, io: Io): Promise<void> {
  const path = join(dir, '.gitignore');
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const lines = text.split(/\r?\n/);
  const missing = NOT_COMMITTED.filter((name) => !lines.includes(name) && !lines.includes(`/${name}`));
  if (missing.length === 0) return;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  await writeFile(path, `${start}${missing.join('\n')}\n`);
  printNow(io.stderr, `Added ${missing.join(', ')} to ${path}.`);
}

/** What creates the administrator; undefined if the version or the bot's address is not known. */
function toAccountRecipe({ fortios, username, trustedHosts, env }: SetupPlan): AccountRecipe | undefined {
  const hosts = parseTrustedHosts(trustedHosts);
  if (fortios === undefined) return undefined;
  const version = parseVersion(fortios);
  if (!version)
    throw new FtmError('ftm_usage', `${JSON.stringify(fortios)} is not a FortiOS version.`, {
      advice: 'Write it as 7.4.8.',
    });
  if (trustedHosts.length === 0) return undefined;
  const password = env[PASSWORD_VARIABLE] ?? '';
  if (!canBePasted(password)) throw cannotPaste();
  const scope = { kind: 'device' } as const;
  return accountRecipe({
    version,
    name: username,
    scope,
    password,
    isPasswordNew: false,
    trustedHosts: hosts,
  });
}

/** What is left for the person, in the order in which it works. The account's lines are shown to a person only. */
function nextSteps(
  plan: SetupPlan,
  { dir }: InitOptions,
  account: AccountRecipe | undefined,
  isPerson: boolean,
): readonly string[] {
  const { env, devices, channels, http } = plan;
  const unpinned = devices.filter(({ hostKey }) => hostKey === undefined);
  const token = http === undefined ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  const steps = [
    ...accountSteps(plan, account, isPerson),
    ...unpinned.map(
      ({ alias }) => `Pin the host key of ${alias}: \`ftm-check hosts scan ${alias}\` prints the line.`,
    ),
    ...(env.SLACK_BOT_TOKEN === '' || env[token] === ''
      ? [
          `Create the Slack app: https://api.slack.com/apps › Create New App › From a manifest, with ${join(dir, FILES.manifest)}. Install it, and put SLACK_BOT_TOKEN and ${token} into .env.`,
        ]
      : []),
    ...(channels.length === 0
      ? ['Add a channel under `access` in the inventory, and invite the bot to it.']
      : ['Invite the bot to the channel: `/invite @ftm-check`.']),
    '`ftm-check doctor --devices` checks it all, `ftm-check serve` starts the bot.',
  ];
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`);
  return ['', `Next${dir === '.' ? '' : `, in ${dir}`}:`, ...numbered, ''];
}

function accountSteps(
  { fortios = 'VERSION', trustedHosts }: SetupPlan,
  account: AccountRecipe | undefined,
  isPerson: boolean,
): readonly string[] {
  const from = trustedHosts.length === 0 ? ['ADDRESS-OF-THE-BOT'] : trustedHosts;
  const again = `ftm-check account --fortios ${fortios} ${from.map((host) => `--trusted-host ${host}`).join(' ')}`;
  if (!account || !isPerson) {
    return [
      `Create the administrator on each device: \`${again}\` prints the lines, with the password that .env holds (with VDOMs: add --multi-vdom).`,
    ];
  }
  return [
    [
      `Paste these lines into the CLI of each device. They are shown once and stored nowhere (with VDOMs: \`${again} --multi-vdom\` prints others):`,
      '',
      ...account.lines,
      '',
      ...account.notes.map((note) => `   ${note}`),
    ].join('\n'),
  ];
}

async function endWithDoctor(dir: string, io: Io): Promise<number> {
  const env = { ...withEnvFile(io.env, dir), FTM_CHECK_INVENTORY: join(dir, FILES.inventory) };
  const results = await checkSetup({}, { ...io, env });
  await print(io.stdout, typeable(describeChecks(results), io.env, dir));
  return EXIT.healthy;
}
