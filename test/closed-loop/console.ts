import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { classifyOutput } from '../../src/engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import type { Cli } from '../../src/stand-ins/fortigate/cli.ts';

/** Somebody at the device: types a line, gets what it prints. */
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

/** What a check would bring back, read at the console: each command where it is valid. */
export async function readAll(
  type: Type,
  commands: readonly CommandId[],
  vdoms: boolean,
  vdom = 'root',
): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  async function run(id: CommandId, vdom?: string): Promise<void> {
    const command = commandSpec(id).text;
    const lines = await type(command);
    const error = classifyOutput(lines);
    items.push({
      name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
      text: lines.join('\n'),
      command,
      vdom,
      ...(error ? { failure: { kind: 'failed' as const, reason: error.line } } : {}),
    });
  }
  const of = (scope: string) => commands.filter((id) => commandSpec(id).scope === scope);
  for (const id of new Set<CommandId>(['system-status', ...of('any')])) await run(id);
  if (vdoms) await type('config global');
  for (const id of of('global')) await run(id);
  if (vdoms) for (const line of ['end', 'config vdom', `edit ${vdom}`]) await type(line);
  for (const id of of('vdom')) await run(id, vdoms ? vdom : undefined);
  if (vdoms) await type('end');
  return items;
}
