import { RULES } from '../../engine/rules/all-rules.ts';
import { ruleCode } from '../../engine/rules/rule-code.ts';
import { type Io, print, printJson } from '../terminal/io.ts';

const PRINTED = 'id number aliases hop severity title versions needs references'.split(' ');

export async function rules(options: { readonly format: 'text' | 'json' }, io: Io): Promise<number> {
  const printed = RULES.map((rule) => PRINTED.map((key) => [key, rule[key as keyof typeof rule]]));
  if (options.format === 'json')
    await printJson(io.stdout, JSON.stringify(printed.map(Object.fromEntries), null, 2));
  else await print(io.stdout, asText());
  return 0;
}

function asText(): string {
  const width = Math.max(...RULES.map((rule) => rule.id.length));
  return RULES.map((rule) => {
    const number = ruleCode(rule.number).padEnd(4);
    return `${number}  ${rule.id.padEnd(width)}  ${rule.hop.padEnd(14)}  ${rule.severity.padEnd(8)}  ${rule.title}`;
  }).join('\n');
}
