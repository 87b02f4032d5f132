import { readRuleText } from '../../bot/requests/read-rule-text.ts';
import { FtmError } from '../../ftm-error.ts';
import { ruleNamed, rulePageText } from '../../report/documents/rule-text.ts';
import { wrap } from '../../report/formats/text/layout.ts';
import { type Io, print } from '../terminal/io.ts';

const WIDTH = 100;

/** Prints the page of one rule. Rejects with `ftm_usage` for an unknown rule. */
export async function explain(name: string, io: Io): Promise<number> {
  const named = ruleNamed(name);
  if (named.kind === 'unknown') {
    const meant = named.suggestions.length === 0 ? '' : `Did you mean ${named.suggestions.join(' or ')}? `;
    throw new FtmError('ftm_usage', `There is no rule ${JSON.stringify(name)}.`, {
      advice: `${meant}\`ftm-check rules\` lists all rules.`,
    });
  }
  const width = Math.min(io.stdout.columns ?? WIDTH, WIDTH);
  const page = rulePageText(await readRuleText(named.id));
  await print(
    io.stdout,
    page
      .split('\n')
      .flatMap((line) => (line === '' ? [''] : wrap(line, width)))
      .join('\n'),
  );
  return 0;
}
