import { followUps } from '../../src/engine/diagnosis/follow-ups.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { classifyOutput } from '../../src/engine/fortios/cli-error.ts';
import { type CommandId, commandSpec, commandWith } from '../../src/engine/fortios/commands.ts';
import type { Cli } from '../../src/stand-ins/fortigate/cli.ts';

/** A person at the device: types a line, gets what it prints. */
export type Type = (line: string) => Promise<readonly string[]> | readonly string[];

/** The command line itself, without bytes in between. */
export function typeInto(cli: Cli): Type {
  return (line) => {
    const { lines, stream } = cli.execute(line);
    return stream
      ? [...lines, ...stream.lines.map((each) => each.text), ...stream.footer(stream.lines.length)]
      : lines;
  };
}

/** Lines the device answered with an error. */
export async function typeAll(type: Type, lines: readonly string[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const line of lines) {
    const said = await type(line);
    if (classifyOutput(said)) refused.push(`${line.trim()}: ${said.filter(Boolean).join(' | ')}`);
  }
  return refused;
}

/** One command in the scope that was entered. */
async function run(type: Type, command: string, vdom?: string): Promise<EvidenceItem> {
  const lines = await type(command);
  const error = classifyOutput(lines);
  return {
    name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
    text: lines.join('\n'),
    command,
    vdom,
    ...(error ? { failure: { kind: 'failed' as const, reason: error.line } } : {}),
  };
}

/** What the answers call for besides. */
export async function readFollowUps(
  type: Type,
  items: readonly EvidenceItem[],
): Promise<readonly EvidenceItem[]> {
  const more: EvidenceItem[] = [];
  for (const { id, word, vdom } of followUps(items, { isSweep: false })) {
    if (vdom !== undefined) for (const line of ['config vdom', `edit ${vdom}`]) await type(line);
    more.push(await run(type, (word === undefined ? undefined : commandWith(id, word)) ?? '', vdom));
    if (vdom !== undefined) await type('end');
  }
  return more;
}

/** What a check would bring back, read at the console: each command where it is valid. */
export async function readAll(
  type: Type,
  commands: readonly CommandId[],
  vdoms: boolean,
  vdom = 'root',
): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  const read = async (id: CommandId, vdom?: string) =>
    items.push(await run(type, commandSpec(id).text, vdom));
  const of = (scope: string) =>
    commands.filter((id) => commandSpec(id).scope === scope && commandSpec(id).argument === undefined);
  for (const id of new Set<CommandId>(['system-status', ...of('any')])) await read(id);
  if (vdoms) await type('config global');
  for (const id of of('global')) await read(id);
  if (vdoms) for (const line of ['end', 'config vdom', `edit ${vdom}`]) await type(line);
  for (const id of of('vdom')) await read(id, vdoms ? vdom : undefined);
  if (vdoms) await type('end');
  return items;
}
