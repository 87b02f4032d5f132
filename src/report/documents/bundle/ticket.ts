import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { moreAttemptsText, redactionText } from '../answer/summary.ts';
import { printable, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import type { BundleInput } from './bundle-input.ts';
import { utcTime } from './timeline.ts';

const SHOWN_FINDINGS = 5;
const SHOWN_USERS = 10;

/** Text for the vendor's form or a ticket: plain text, complete except for the contract number. */
export function ticketText(input: BundleInput): string {
  const { run, impact, threadLink } = input;
  const { outcome } = run;
  const diagnosis = outcome?.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  return [
    `Subject: ${subject(input, diagnosis)}`,
    '',
    'Product',
    ...productLines(input, diagnosis),
    '',
    'Problem',
    `  ${printableProse(diagnosis?.headline ?? failureText(input))}`,
    ...(impact === undefined ? [] : [`  Impact: ${printableProse(impact)}`]),
    ...(diagnosis === undefined ? [] : affectedLines(diagnosis)),
    '',
    ...(diagnosis === undefined ? [] : [...findingLines(diagnosis), '']),
    'What was done',
    `  ${utcTime(run.acceptedAt)} UTC: read by ftm-check ${input.version}. It changed nothing on the device.`,
    '  commands.txt lists the commands, outputs/ contains their output, timeline.txt lists the events.',
    ...(diagnosis === undefined ? [] : redactionLines(diagnosis)),
    ...(threadLink === undefined ? [] : [`  Thread: ${threadLink}`]),
    '',
    'SHA256SUMS shows whether a file was changed since: sha256sum -c SHA256SUMS',
    '',
  ].join('\n');
}

function subject({ run }: BundleInput, diagnosis: Diagnosis | undefined): string {
  const device = run.alias ?? diagnosis?.device.hostname;
  const what = diagnosis?.headline ?? 'FortiToken Mobile push cannot be checked';
  return printableProse(device === undefined ? what : `${device}: ${what}`);
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
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name}: ${printableProse(value)}`],
  );
}

function failureText({ run }: BundleInput): string {
  const { outcome } = run;
  if (outcome?.kind !== 'failed') return 'There is no answer yet.';
  return outcome.advice === undefined ? outcome.message : `${outcome.message} ${outcome.advice}`;
}

function affectedLines(diagnosis: Diagnosis): readonly string[] {
  const { attempts, firstBrokenHop } = diagnosis;
  const notListed = moreAttemptsText(diagnosis);
  const refused = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
  const users = [...new Set(refused.map(({ user }) => user))];
  return [
    ...(users.length === 0 ? [] : [`  Users who did not get in: ${namesOf(users)}`]),
    ...(notListed === '' ? [] : [`  ${notListed}`]),
    ...(firstBrokenHop === null
      ? []
      : [`  First step that does not work: ${ENGLISH_WORDING.hops[firstBrokenHop]}`]),
  ];
}

function namesOf(users: readonly string[]): string {
  const rest = users.length - SHOWN_USERS;
  const shown = users.slice(0, SHOWN_USERS).map(printableProse).join(', ');
  return rest > 0 ? `${shown} and ${rest} more in timeline.txt` : shown;
}

function findingLines({ findings }: Diagnosis): readonly string[] {
  if (findings.length === 0) return ['No cause was found in what could be read.'];
  const more = findings.length - SHOWN_FINDINGS;
  return [
    'Findings',
    ...findings
      .slice(0, SHOWN_FINDINGS)
      .flatMap(({ title, summary, confidence, evidence, fix }, index) => [
        `  ${index + 1}. ${printableProse(title)} (${confidence})`,
        `     ${printableProse(summary)}`,
        ...fixLines(fix),
        ...evidence.slice(0, 3).map(({ source, line }) => `     see ${printableProse(source)}, line ${line}`),
      ]),
    ...(more > 0 ? [`  and ${more} more in diagnosis.txt`] : []),
  ];
}

function fixLines({ apply, note }: Finding['fix']): readonly string[] {
  if (apply.length === 0) return note === undefined ? [] : [`     What to do: ${printableProse(note)}`];
  return ['     Fix that ftm-check suggests:', ...apply.map((line) => `       ${printable(line)}`)];
}

function redactionLines({ redactions }: Diagnosis): readonly string[] {
  const hidden = redactionText(redactions);
  return hidden === '' ? [] : [`  Replaced by tokens before anything was stored: ${hidden}.`];
}
