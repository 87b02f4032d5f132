import { parse } from 'yaml';
import { z } from 'zod';
import { FtmError } from '../../ftm-error.ts';

const outputsSchema = z.record(z.string(), z.string());

/** Recorded outputs for the simulator: YAML or JSON with commands as keys and outputs as values. */
export function parseOutputs(text: string, path: string): Readonly<Record<string, string>> {
  const parsed = outputsSchema.safeParse(parseYaml(text));
  if (parsed.success) return parsed.data;
  throw new FtmError('ftm_usage', `${path} contains no recorded outputs.`, {
    advice:
      'Expected a YAML file with commands and their output: `get system status: |`, and below it the output, indented.',
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
