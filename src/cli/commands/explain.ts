import { readRuleText } from '../../bot/requests/read-rule-text.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { findSymptom, SYMPTOMS, UNSEEN_CAUSES } from '../../engine/rules/symptoms.ts';
import type { Document } from '../../report/documents/document.ts';
import { createRuleDocument, findRule } from '../../report/documents/rule-text.ts';
import { createSymptomDocument, createUnseenDocument } from '../../report/documents/symptom-text.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { printDocument } from '../terminal/print-document.ts';

const WIDTH = 100;

/** Prints the text of one rule, or what a symptom can mean. Rejects with `ftm_usage` for an unknown name. */
export async function explain(name: string, io: Io): Promise<number> {
  const percent = /^\d+$/.test(name) ? findSymptom(`${name} %`) : undefined;
  if (percent)
    printNow(io.stderr, `Note: ${percent.shown} of FortiClient is \`ftm-check explain "${percent.shown}"\`.`);
  await printDocument(await findDocument(name), { width: Math.min(io.stdout.columns ?? WIDTH, WIDTH) }, io);
  return 0;
}

async function findDocument(name: string): Promise<Document> {
  const found = findRule(name);
  if (found.kind === 'found') return createRuleDocument(await readRuleText(found.id));
  const unseen = UNSEEN_CAUSES.find(({ code }) => code === name.trim().toUpperCase());
  if (unseen) return createUnseenDocument(unseen);
  const symptom = findSymptom(name);
  if (symptom) return createSymptomDocument(symptom);
  const meant = found.suggestions.length === 0 ? '' : `Did you mean ${found.suggestions.join(' or ')}? `;
  const codes = SYMPTOMS.map(({ shown }) => shown).join(', ');
  throw new FtmError('ftm_usage', `There is no rule ${JSON.stringify(name)}.`, {
    advice: `${meant}\`ftm-check rules\` lists all rules. Of FortiClient there are ${codes}.`,
  });
}
