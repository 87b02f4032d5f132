import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { ExplainedLine } from '../facts/values.ts';
import { ruleOf } from '../rules/all-rules.ts';
import { CAUSES_IN_WORDS, findSymptoms, type Symptom } from '../rules/symptoms.ts';
import type { Diagnosis } from './diagnosis.ts';

type Explained = NonNullable<Diagnosis['explained']>[number];

const NORMAL =
  'SSL VPN prints this line before it checks a password, also in logins that succeed: it is no fault.';

const CONNECTED =
  'This is no failed login. ftm-check follows a login up to its tunnel and stops there. Behind it, check the policies from the tunnel, the route back to its addresses, split tunnelling, DNS, and whether the client’s own network has the addresses of the company’s.';

/** What FortiClient showed, and lines that people take for a fault, in words; each once. */
export function explainLines({ explainedLines }: Facts): Diagnosis['explained'] {
  const all = (valueIfKnown(explainedLines) ?? []).flatMap(explain);
  const byShown = new Map(all.toReversed().map((each) => [each.shown, each]));
  return all.length === 0 ? undefined : [...byShown.values()].toReversed();
}

/** `98 %`, `-14`: what FortiClient showed, for a text that holds nothing of a FortiGate. */
export function clientCodes({ explainedLines }: Facts): readonly string[] {
  const said = (valueIfKnown(explainedLines) ?? []).filter(({ kind }) => kind === 'client-code');
  return [...new Set(said.flatMap(({ quote }) => findSymptoms(quote.text).map(({ shown }) => shown)))];
}

/** A person says that the VPN is connected and nothing passes: no login was refused. */
export function saysConnected({ explainedLines }: Facts): boolean {
  return (valueIfKnown(explainedLines) ?? []).some(({ kind }) => kind === 'no-traffic');
}

function explain({ kind, quote }: ExplainedLine): readonly Explained[] {
  if (kind === 'client-code') {
    return findSymptoms(quote.text).map((symptom) => ({
      shown: symptom.shown,
      text: symptomText(symptom),
      evidence: { ...quote },
    }));
  }
  if (kind === 'no-traffic') {
    return [{ shown: 'connected, but no traffic', text: CONNECTED, evidence: { ...quote } }];
  }
  const code = /ret=(\d+)/.exec(quote.text)?.[1] ?? '';
  return [{ shown: `access failed … ret=${code}`, text: NORMAL, evidence: { ...quote } }];
}

function symptomText({ shown, text, causes, isDocumented }: Symptom): string {
  const said = text === undefined ? '' : ` (“${text}”)`;
  const source = isDocumented ? '' : 'from experience, ';
  const words = causes.map((cause) => CAUSES_IN_WORDS[cause] ?? lowerFirst(ruleOf(cause)?.title ?? cause));
  return `FortiClient’s ${shown}${said} can mean, ${source}the most likely first: ${words.join('; ')}.`;
}

function lowerFirst(text: string): string {
  return text.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}
