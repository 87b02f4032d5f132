import { RULES } from '../../engine/rules/all-rules.ts';
import { ruleCode } from '../../engine/rules/rule-code.ts';
import { type Io, print, printJson } from '../terminal/io.ts';

export async function rules(options: { readonly format: 'text' | 'json' }, io: Io): Promise<number> {
  if (options.format === 'json') await printJson(io.stdout, asJson());
  else await print(io.stdout, asText());
  return 0;
}

function asJson(): string {
  return JSON.stringify(
    RULES.map(({ id, number, aliases, hop, severity, title, versions, needs, references }) => ({
      id,
      number,
      aliases,
      hop,
      severity,
      title,
      versions,
      needs,
      references,
    })),
    null,
    2,
  );
}

function asText(): string {
  const width = Math.max(...RULES.map((rule) => rule.id.length));
  return RULES.map((rule) => {
    const number = ruleCode(rule.number).padEnd(4);
    return `${number}  ${rule.id.padEnd(width)}  ${rule.hop.padEnd(14)}  ${rule.severity.padEnd(8)}  ${rule.title}`;
  }).join('\n');
}
