import { readRuleText } from '../../bot/requests/read-rule-text.ts';
import { findSymptom } from '../../engine/rules/symptoms.ts';
import { FtmError } from '../../ftm-error.ts';
import { ruleNamed, rulePageText } from '../../report/documents/rule-text.ts';
import { symptomText } from '../../report/documents/symptom-text.ts';
import { wrap } from '../../report/formats/text/layout.ts';
import { type Io, print } from '../terminal/io.ts';

const WIDTH = 100;

/** Prints the page of one rule, or what a symptom can mean. Rejects with `ftm_usage` for an unknown name. */
export async function explain(name: string, io: Io): Promise<number> {
  const width = Math.min(io.stdout.columns ?? WIDTH, WIDTH);
  const page = await pageOf(name);
  await print(
    io.stdout,
    page
      .split('\n')
      .flatMap((line) => (line === '' ? [''] : wrap(line, width)))
      .join('\n'),
  );
  return 0;
}

async function pageOf(name: string): Promise<string> {
  const named = ruleNamed(name);
  if (named.kind === 'found') return rulePageText(await readRuleText(named.id));
  const symptom = findSymptom(name);
  if (!symptom) {
    const meant = named.suggestions.length === 0 ? '' : `Did you mean ${named.suggestions.join(' or ')}? `;
    throw new FtmError('ftm_usage', `There is no rule ${JSON.stringify(name)}.`, {
      advice: `${meant}\`ftm-check rules\` lists all rules.`,
    });
  }
  return symptomText(symptom);
}
