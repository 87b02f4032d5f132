import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { RedactedCase } from '../../src/engine/evidence/redacted-case.ts';

type Quote = Diagnosis['hops'][number]['evidence'][number];

/** What the diagnosis calls fine without a line to show for it, or with one that does not stand in the evidence. */
export function unfounded({ hops, checks }: Diagnosis, { items }: RedactedCase): readonly string[] {
  const fine = [
    ...hops
      .filter(({ status }) => status === 'ok')
      .map(({ id, evidence }) => ({ what: `step ${id}`, evidence })),
    ...checks
      .filter(({ verdict }) => verdict === 'healthy')
      .map(({ rule, evidence = [] }) => ({ what: `rule ${rule}`, evidence })),
  ];
  return fine.flatMap(({ what, evidence }) => {
    if (evidence.length === 0) return [`${what}: no evidence`];
    return evidence.filter((quote) => !stands(quote, items)).map(({ text }) => `${what}: ${text}`);
  });
}

/** A long line is quoted in part: `…` stands for what is left out at its ends. */
function isPartOf(text: string, line: string): boolean {
  return line.includes(text) || line.includes(text.replaceAll(/^…|…$/g, ''));
}

/** A device that is named in a transcript is part of the source's name: `session.txt (FGT-A)`. */
function stands({ source, line, text }: Quote, items: RedactedCase['items']): boolean {
  return items
    .filter(({ name }) => source === name || source.startsWith(`${name} (`))
    .some((item) => item.command === text || isPartOf(text, item.text.split('\n')[line - 1] ?? ''));
}
