import { type AccountRequirements, accountRecipe, canBePasted } from '../../device/account/account-recipe.ts';
import { parsePublicKey } from '../../device/account/public-key.ts';
import { randomPassword } from '../../device/account/random-password.ts';
import { ANY_ADDRESS, parseTrustedHosts } from '../../device/account/trusted-host.ts';
import { atLeast, type FortiosVersion, parseVersion } from '../../engine/fortios/version.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { readTextFile } from '../evidence/read-evidence.ts';
import { askAtTerminal } from '../init/ask.ts';
import { PASSWORD_VARIABLE } from '../init/plan.ts';
import { askForTrustedHost } from '../init/questions.ts';
import { EXIT } from '../process/exit-status.ts';
import { typeable } from '../process/explain-error.ts';
import { type Io, print } from '../terminal/io.ts';

export interface AccountOptions {
  readonly fortios: string;
  readonly vdom?: string;
  readonly multiVdom?: boolean;
  readonly publicKey?: string;
  readonly trustedHost: readonly string[];
  readonly ping?: boolean;
  readonly name: string;
}

const OLDEST_VERSION = '6.0.0';

/**
 * Prints the lines on standard output, to be pasted or piped, and notes on standard error. Without a key they set the
 * password of the bot's set-up, else a new one. Rejects with `ftm_usage`.
 */
export async function account(options: AccountOptions, io: Io): Promise<number> {
  const publicKey = options.publicKey === undefined ? undefined : await readKey(options.publicKey);
  const stored = publicKey === undefined ? io.env[PASSWORD_VARIABLE] || undefined : undefined;
  if (stored !== undefined && !canBePasted(stored)) throw cannotPaste();
  const rule = '--name takes 1 to 24 letters, digits, dashes and underscores.';
  const { lines, notes } = accountRecipe({
    version: requireVersion(options.fortios),
    name: assertName(options.name, /^[A-Za-z0-9_-]{1,24}$/, rule),
    scope: toScope(options),
    publicKey,
    password: stored ?? randomPassword(),
    isPasswordNew: stored === undefined,
    trustedHosts: parseTrustedHosts(await resolveTrustedHosts(options, io)),
    ping: options.ping,
  });
  await print(io.stdout, lines.join('\n'));
  if (notes.length > 0)
    await print(io.stderr, typeable(notes.map((note) => `Note: ${note}`).join('\n'), io.env));
  return EXIT.healthy;
}

function requireVersion(text: string): FortiosVersion {
  const version = /^v?\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(text) ? parseVersion(text) : undefined;
  if (!version) throw usage(`${JSON.stringify(text)} is not a FortiOS version.`, 'Write it as 7.4.8.');
  if (atLeast(version, OLDEST_VERSION)) return version;
  const instead = 'Use an account with read rights everywhere.';
  throw usage('Access profiles before FortiOS 6.0 are different.', instead);
}

function toScope({ vdom, multiVdom }: AccountOptions): AccountRequirements['scope'] {
  if (vdom !== undefined && multiVdom)
    throw usage('--vdom and --multi-vdom exclude each other.', 'Choose one.');
  if (vdom === undefined) return { kind: multiVdom ? 'all-vdoms' : 'device' };
  const rule = '--vdom takes a name of letters, digits, dash and underscore, 31 at most.';
  return { kind: 'vdom', vdom: assertName(vdom, /^[A-Za-z0-9_-]{1,31}$/, rule) };
}

async function readKey(path: string): Promise<string> {
  const key = parsePublicKey(await readTextFile(path));
  if (key) return key;
  throw usage(
    `${path} contains no public SSH key.`,
    'It is the file whose name ends in .pub, never the private one.',
  );
}

async function resolveTrustedHosts({ trustedHost }: AccountOptions, io: Io): Promise<readonly string[]> {
  if (trustedHost.length > 0) return trustedHost;
  const typed = io.stdin.isTTY ? await askForTrustedHost(askAtTerminal(io.stdin, io.stderr)) : '';
  if (typed !== '') return [typed];
  throw usage(
    'The address that the bot connects from is missing.',
    `Name it with \`--trusted-host 192.0.2.10/32\`. \`--trusted-host ${ANY_ADDRESS}\` lets the account sign in from everywhere, which can open the login pages and hide a cause.`,
  );
}

/** A password of `FGT_PASSWORD` that the CLI of FortiOS cannot take as text. */
export function cannotPaste(): FtmError {
  return usage(
    `${PASSWORD_VARIABLE} has a character that cannot be pasted into the CLI of FortiOS.`,
    'Choose one of printable ASCII characters without `?`, or leave it empty for a random one.',
  );
}

function assertName(text: string, shape: RegExp, rule: string): string {
  if (shape.test(text)) return text;
  throw usage(`${JSON.stringify(text)} cannot be used as a name.`, rule);
}

function usage(message: string, advice: string): FtmError {
  return new FtmError('ftm_usage', message, { advice });
}
