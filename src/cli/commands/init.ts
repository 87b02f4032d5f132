import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { slackManifest } from '../../bot/slack/manifest.ts';
import { createSlackProbe } from '../../bot/slack/probe-slack.ts';
import { accountRecipe } from '../../device/account/account-recipe.ts';
import { scanHostKeys } from '../../device/transport/scan-host-keys.ts';
import { parseVersion } from '../../engine/fortios/version.ts';
import { FtmError } from '../../ftm-error.ts';
import { parseInventory } from '../../platform/config/inventory.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import type { SecretRef } from '../../platform/config/secret-ref.ts';
import { checkSetup } from '../doctor/doctor-checks.ts';
import { type Ask, askAtTerminal } from '../init/ask.ts';
import { PASSWORD_VARIABLE, type PlannedDevice, type SetupPlan } from '../init/plan.ts';
import { collectPlan, type InitOptions } from '../init/questions.ts';
import { renderEnv, renderInventory } from '../init/render-files.ts';
import { withEnvFile } from '../process/env-file.ts';
import { EXIT } from '../process/exit-status.ts';
import { asFtmError } from '../process/explain-error.ts';
import { type Io, print, printNow } from '../terminal/io.ts';
import { describeChecks } from './doctor.ts';

/**
 * Writes the files of a set-up, never over existing ones, and runs the doctor at the end. Rejects with `ftm_usage`.
 */
export async function init(options: InitOptions, io: Io): Promise<number> {
  const ask = io.stdin.isTTY === true ? askAtTerminal(io.stdin, io.stderr) : undefined;
  const env = withEnvFile(io.env, options.dir);
  const slack = { channels: (token: string) => channelsOf(token, env.SLACK_API_URL) };
  const plan = await collectPlan(options, { ask, env, slack });
  const pinned = { ...plan, devices: await pinHostKeys(plan, ask, io) };
  await writeFiles(pinned, options, io);
  await print(io.stderr, nextSteps(pinned, options).join('\n'));
  return await endWithDoctor(options.dir, io);
}

async function channelsOf(
  token: string,
  apiUrl: string | undefined,
): Promise<ReadonlyMap<string, string> | undefined> {
  const found = await createSlackProbe(token, apiUrl).channels();
  return found.kind === 'ok' ? found.ids : undefined;
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
    const key = device && (await presentedKey(device, io));
    const question = `${planned.alias} presents the host key ${key?.fingerprint}. Does its console or GUI show the same?`;
    const isRight = key !== undefined && (await ask.confirm(question, false));
    pinned.push(isRight ? { ...planned, hostKey: key } : planned);
  }
  return pinned;
}

async function presentedKey(device: Device, io: Io): Promise<PlannedDevice['hostKey']> {
  try {
    const read = (ref: SecretRef) => readSecret(ref, io.env);
    const { keys } = await scanHostKeys({ device, readSecret: read, signal: io.signal });
    return keys[0];
  } catch (error) {
    printNow(io.stderr, `Note: ${asFtmError(error).message} Its host key is not pinned.`);
    return undefined;
  }
}

const FILES = {
  inventory: 'inventory.yaml',
  env: '.env',
  manifest: 'slack-manifest.json',
  account: 'account.txt',
} as const;

async function writeFiles(plan: SetupPlan, { dir, force }: InitOptions, io: Io): Promise<void> {
  await mkdir(dir, { recursive: true });
  const manifest = slackManifest({ socketMode: plan.http === undefined, url: plan.http });
  const texts: readonly (readonly [keyof typeof FILES, string | undefined])[] = [
    ['inventory', renderInventory(plan)],
    ['env', renderEnv(plan)],
    ['manifest', `${JSON.stringify(manifest, null, 2)}\n`],
    ['account', accountLines(plan)],
  ];
  for (const [kind, text] of texts) {
    const path = join(dir, FILES[kind]);
    if (text === undefined) continue;
    if (existsSync(path) && !force) {
      printNow(io.stderr, `Kept ${path}: it exists (\`--force\` replaces it).`);
      continue;
    }
    await writeFile(path, text, { mode: kind === 'env' || kind === 'account' ? 0o600 : 0o644 });
    printNow(io.stderr, `Wrote ${path}.`);
  }
}

/** The lines that create the administrator; undefined if the version is not known. */
function accountLines({ fortios, username, env }: SetupPlan): string | undefined {
  if (fortios === undefined) return undefined;
  const version = parseVersion(fortios);
  if (!version) {
    throw new FtmError('ftm_usage', `${JSON.stringify(fortios)} is not a FortiOS version.`, {
      advice: 'Write it as 7.4.8.',
    });
  }
  const password = env[PASSWORD_VARIABLE] ?? '';
  const scope = { kind: 'device' } as const;
  const { lines } = accountRecipe({ version, name: username, scope, password, trustedHosts: [] });
  return `${lines.join('\n')}\n`;
}

/** What is left for the person, in the order in which it works. */
function nextSteps(plan: SetupPlan, { dir }: InitOptions): readonly string[] {
  const { env, devices, fortios, channels, http } = plan;
  const unpinned = devices.filter(({ hostKey }) => hostKey === undefined);
  const token = http === undefined ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  const steps = [
    fortios === undefined
      ? 'Create the administrator on each device: `ftm-check account --fortios VERSION` prints the lines. Put its password into .env.'
      : `Paste ${join(dir, FILES.account)} into the CLI of each device, then delete the file (with VDOMs: \`ftm-check account --multi-vdom\`).`,
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
  return ['', 'Next:', ...steps.map((step, index) => `${index + 1}. ${step}`), ''];
}

async function endWithDoctor(dir: string, io: Io): Promise<number> {
  const env = { ...withEnvFile(io.env, dir), FTM_CHECK_INVENTORY: join(dir, FILES.inventory) };
  const results = await checkSetup({}, { ...io, env });
  await print(io.stdout, describeChecks(results));
  return EXIT.healthy;
}
