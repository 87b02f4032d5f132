import { readFile } from 'node:fs/promises';
import { isMap, isNode, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { FtmError } from '../../engine/ftm-error.ts';
import { findTooDeep } from '../../engine/text/yaml-depth.ts';
import { buildInventory, type InventoryRules } from './build-inventory.ts';
import { inventorySchema } from './inventory-schema.ts';
import type { Inventory } from './inventory-types.ts';
import { type SshConfigSource, sshLookup } from './ssh-config/ssh-lookup.ts';

const MAX_PROBLEMS = 8;

/** `sshConfig`: in place of the one that the file names. */
export interface ReadRules extends Omit<InventoryRules, 'sshHost'>, SshConfigSource {
  readonly sshConfig?: string | true | undefined;
}

/** Rejects with `ftm_inventory_invalid` when the file cannot be read or is not an inventory. */
export async function loadInventory(path: string, rules: ReadRules = {}): Promise<Inventory> {
  return parseInventory(await readInventory(path), path, rules);
}

/** The text of an inventory. Rejects with `ftm_inventory_invalid` when the file cannot be read. */
export async function readInventory(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FtmError(
      'ftm_inventory_invalid',
      missing ? `There is no inventory at ${path}.` : `The inventory ${path} cannot be read.`,
      {
        advice:
          (missing ? '`ftm-check init` writes one. For another place, set ' : 'Set ') +
          'FTM_CHECK_INVENTORY (or --inventory) to a YAML file that lists the devices, such as /etc/ftm-check/inventory.yaml; docs/reference/inventory.md shows one.',
        cause,
      },
    );
  }
}

/** Parses the YAML text of an inventory; `path` is used only in errors. Throws `ftm_inventory_invalid`. */
export function parseInventory(text: string, path: string, rules: ReadRules = {}): Inventory {
  const deep = findTooDeep(text);
  if (deep !== undefined) throw invalid([`${path}:${deep.line}:${deep.column}: nested too deeply`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) => {
    if (offset === undefined) return `${path}:1:1`;
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };

  if (document.errors.length > 0) {
    throw invalid(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`));
  }
  const locate = (keys: readonly PropertyKey[]) => at(findOffset(document.contents, keys));

  const built = checkContents(readContents(document, path), rules);
  if ('issues' in built) throw invalid(built.issues.flatMap((issue) => explain(issue, locate)));
  if ('problems' in built)
    throw invalid(
      built.problems.map(({ path: keys, reason }) => `${locate(keys)}: ${where(keys)}: ${reason}`),
    );
  return built.inventory;
}

function checkContents(contents: unknown, rules: ReadRules) {
  const parsed = inventorySchema.safeParse(contents);
  if (!parsed.success) return { issues: parsed.error.issues };
  const sshConfig = rules.sshConfig ?? parsed.data.sshConfig;
  const sshHost = sshConfig === undefined || sshConfig === false ? undefined : sshLookup(sshConfig, rules);
  return buildInventory(parsed.data, { ...rules, sshHost });
}

function readContents(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw invalid([`${path}:1:1: its YAML aliases expand without limit`]);
  }
}

type Locate = (keys: readonly PropertyKey[]) => string;

function explain(issue: z.core.$ZodIssue, locate: Locate): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${locate([...issue.path, key])}: ${where([...issue.path, key])} is not a known setting`,
    );
  }
  const reason = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [`${locate(issue.path)}: ${where(issue.path)}: ${reason}`];
}

function where(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function invalid(problems: readonly string[]): FtmError {
  // A key of the file must not look like another message.
  const shown = problems.slice(0, MAX_PROBLEMS).map(onOneLine);
  const more = problems.length - shown.length;
  return new FtmError(
    'ftm_inventory_invalid',
    [`The inventory is not valid.`, ...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'),
    {
      advice:
        'schema/inventory@1.json describes the file; editors with YAML support can check it while you type.',
    },
  );
}

/** Returns the start of the deepest part of `keys` that exists: a missing key is reported at its parent. */
function findOffset(root: ParsedNode | null, keys: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const key of keys) {
    const next = findChild(node, key);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.value;
  }
  return offset;
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function findChild(
  node: unknown,
  key: PropertyKey,
): { offset: number | undefined; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
    if (pair && isScalar(pair.key)) return { offset: pair.key.range?.[0], value: pair.value };
  }
  if (isSeq(node) && typeof key === 'number') {
    const value = node.items[key];
    if (isNode(value)) return { offset: value.range?.[0], value };
  }
  return undefined;
}
