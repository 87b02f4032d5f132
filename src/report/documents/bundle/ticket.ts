import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { moreAttemptsText, redactionText } from '../answer/summary.ts';
import { codePart, type Document, markedListPart, type Part, prosePart, sectionPart } from '../document.ts';
import { joinTexts, printableProse } from '../printable.ts';
import { WORDING } from '../wording.ts';
import type { BundleInput } from './bundle-input.ts';
import { utcTime } from './timeline.ts';

const SHOWN_FINDINGS = 5;
const SHOWN_USERS = 10;

/** For the vendor's form or a ticket: complete except for the contract number. */
export function createTicket(input: BundleInput): Document {
  const { run, impact, threadLink } = input;
  const { outcome } = run;
  const diagnosis = outcome?.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  const failure =
    outcome?.kind === 'failed'
      ? joinTexts([outcome.message, outcome.advice ?? ''], ' ')
      : 'There is no answer yet.';
  const hidden = diagnosis ? redactionText(diagnosis.redactions) : '';
  return {
    headline: `Subject: ${subject(input, diagnosis)}`,
    parts: [
      ...sectionPart('product', 'open', 'Product', markedListPart(productLines(input, diagnosis))),
      ...sectionPart(
        'problem',
        'open',
        'Problem',
        markedListPart([
          diagnosis?.headline ?? failure,
          ...(impact === undefined ? [] : [`Impact: ${impact}`]),
          ...(diagnosis === undefined ? [] : affectedLines(diagnosis)),
        ]),
      ),
      ...(diagnosis === undefined ? [] : findingParts(diagnosis)),
      ...sectionPart(
        'done',
        'open',
        'What was done',
        markedListPart([
          `${utcTime(run.acceptedAt)} UTC: read by ftm-check ${input.version}. It changed nothing on the device.`,
          'commands.txt lists the commands, outputs/ contains their output, timeline.txt lists the events.',
          ...(hidden === '' ? [] : [`Replaced by tokens before anything was stored: ${hidden}.`]),
          ...(threadLink === undefined ? [] : [`Thread: ${threadLink}`]),
        ]),
      ),
    ],
    foot: ['SHA256SUMS shows whether a file was changed since: sha256sum -c SHA256SUMS'],
  };
}

function subject({ run }: BundleInput, diagnosis: Diagnosis | undefined): string {
  const device = run.alias ?? diagnosis?.device.hostname;
  const what = diagnosis?.headline ?? 'FortiToken Mobile push cannot be checked';
  return device === undefined ? what : `${device}: ${what}`;
}

function productLines({ run }: BundleInput, diagnosis: Diagnosis | undefined): readonly string[] {
  const { hostname, model, version, vdomMode, haMode } = diagnosis?.device ?? {};
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Device', run.alias ?? hostname],
    ['Model', model],
    ['FortiOS', version],
    ['VDOMs', vdomMode && (vdomMode === 'multi' ? 'several' : 'none')],
    ['HA', haMode],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}

function affectedLines(diagnosis: Diagnosis): readonly string[] {
  const { attempts, firstBrokenHop } = diagnosis;
  const notListed = moreAttemptsText(diagnosis);
  const refused = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
  const users = [...new Set(refused.map(({ user }) => user))];
  return [
    ...(users.length === 0 ? [] : [`Users who did not get in: ${formatUsers(users)}`]),
    ...(notListed === '' ? [] : [notListed]),
    ...(firstBrokenHop === null ? [] : [`First step that does not work: ${WORDING.hops[firstBrokenHop]}`]),
  ];
}

function formatUsers(users: readonly string[]): string {
  const rest = users.length - SHOWN_USERS;
  const shown = users.slice(0, SHOWN_USERS).map(printableProse).join(', ');
  return rest > 0 ? `${shown} and ${rest} more in timeline.txt` : shown;
}

function findingParts({ findings }: Diagnosis): readonly Part[] {
  if (findings.length === 0) return prosePart('No cause was found in what could be read.');
  const more = findings.length - SHOWN_FINDINGS;
  return [
    ...findings
      .slice(0, SHOWN_FINDINGS)
      .flatMap(({ title, summary, confidence, evidence, fix }, index) =>
        sectionPart(`cause-${index + 1}`, 'open', `Finding ${index + 1}: ${title} (${confidence})`, [
          ...prosePart(summary),
          ...(fix.apply.length === 0
            ? prosePart(fix.note ?? '', { label: 'What to do' })
            : codePart(fix.apply, 'fix', 'Fix that ftm-check suggests')),
          ...markedListPart(evidence.slice(0, 3).map(({ source, line }) => `see ${source}, line ${line}`)),
        ]),
      ),
    ...prosePart(more > 0 ? `and ${more} more in diagnosis.txt` : ''),
  ];
}
