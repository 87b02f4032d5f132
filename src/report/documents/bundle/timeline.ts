import { moreAttemptsText } from '../answer/summary.ts';
import { printableProse } from '../printable.ts';
import { WORDING } from '../wording.ts';
import type { BundleInput } from './bundle-input.ts';

/** Our own events in UTC and in order, then the logins with the device's times. */
export function timelineText(input: BundleInput): string {
  const { kind, acceptedAt, answeredAt, outcome } = input.run;
  const asked = kind === 'check' ? 'the check was asked for' : 'the text was handed in';
  const events = [
    { at: acceptedAt, text: asked },
    ...(answeredAt === undefined ? [] : [{ at: answeredAt, text: 'the answer was given' }]),
    ...input.events,
  ]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `${utcTime(at)}  ${printableProse(text)}`);
  const diagnosis = outcome?.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  const logins = (diagnosis?.attempts ?? []).map(({ user, vdom, startedAt, outcome: end, waitedSeconds }) => {
    const where = vdom === undefined ? '' : `, vdom ${printableProse(vdom)}`;
    const waited = waitedSeconds === undefined ? '' : `, waited ${waitedSeconds} s`;
    return `${startedAt ?? '(no time in the log)'}  ${printableProse(user)}${where}: ${WORDING.outcomes[end]}${waited}`;
  });
  const notListed = diagnosis ? moreAttemptsText(diagnosis) : '';
  return [
    'What ftm-check did (UTC)',
    ...events,
    ...(logins.length === 0 ? [] : ['', 'Logins in the evidence (clock of the device)', ...logins]),
    ...(notListed === '' ? [] : [notListed]),
    '',
  ].join('\n');
}

export function utcTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
