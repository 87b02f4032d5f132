import { listFirst } from '../../engine/text/list-first.ts';
import { plural } from '../../report/documents/printable.ts';
import type { Escalation, EscalationRequest } from './escalation.ts';
import { addToOpen } from './machine.ts';

const SHOWN = 10;

/** What pages with a common cause have in common; the routes are part of it, because the policy chose them. */
export function nameGroup(
  { subject, routes, thread }: Pick<EscalationRequest, 'subject' | 'routes' | 'thread'>,
  { customer, site = '' }: { readonly customer?: string | undefined; readonly site?: string | undefined },
): string {
  // Devices without a customer are of one where their answers stand in one channel.
  return JSON.stringify([subject.cause, customer ?? `in ${thread.channel}`, site, thread.team ?? '', routes]);
}

/** Whether a page about another device joins this one. `within`: milliseconds since the last device joined. */
export function isJoinable(escalation: Escalation, now: number, within: number): boolean {
  const { state, openedAt, joined } = escalation;
  return state !== 'resolved' && now - Math.max(openedAt, ...joined.map(({ at }) => at)) <= within;
}

/** Adds the device of a page with the same cause as a line, without another page. */
export function joinGroup(escalation: Escalation, draft: EscalationRequest, at: number): Escalation {
  const { runId, subject } = draft;
  if (escalation.state === 'resolved' || listPagedDevices(escalation).includes(subject.device))
    return escalation;
  const joined = [...escalation.joined, { device: subject.device, runId, at }];
  const next = { ...escalation, joined };
  const text = `Also ${subject.device}, the ${joined.length + 1}. device with this cause: ${draft.text.summary}`;
  return addToOpen(next, draft, at, text);
}

/**
 * A later check finds that the cause is gone from a device. `isLast`: from every device of the page. A device that has
 * it again counts as one that has it.
 */
export function recoverDevice(
  escalation: Escalation,
  device: string,
  at: number,
): { readonly escalation: Escalation; readonly isLast: boolean } {
  const devices = listPagedDevices(escalation);
  const recovered = [...new Set([...escalation.recovered, device])];
  const left = devices.filter((each) => !recovered.includes(each)).length;
  if (left === 0) return { escalation: { ...escalation, recovered }, isLast: true };
  if (escalation.recovered.includes(device)) return { escalation, isLast: false };
  const reason = `${device} does not have this cause any more; ${left} of ${devices.length} devices do`;
  const history = [...escalation.history, { at, what: 'added' as const, reason }];
  return { escalation: { ...escalation, recovered, history }, isLast: false };
}

/** The page for a reader who may see these devices, in lower case; none if its first device is not among them. */
export function limitToDevices(escalation: Escalation, visible: ReadonlySet<string>): readonly Escalation[] {
  const { subject, joined } = escalation;
  if (!visible.has(subject.alias?.toLowerCase() ?? '')) return [];
  return [{ ...escalation, joined: joined.filter(({ device }) => visible.has(device.toLowerCase())) }];
}

export function listPagedDevices({
  subject,
  joined,
}: Pick<Escalation, 'subject' | 'joined'>): readonly string[] {
  return [subject.device, ...joined.map(({ device }) => device)];
}

/** `2 devices: fgt-a, fgt-b; recovered: fgt-c`; empty for a page about one device. */
export function devicesText(escalation: Pick<Escalation, 'subject' | 'joined' | 'recovered'>): string {
  const devices = listPagedDevices(escalation);
  if (devices.length === 1) return '';
  const recovered = new Set(escalation.recovered);
  const left = devices.filter((each) => !recovered.has(each));
  const others = devices.filter((each) => recovered.has(each));
  return [
    ...(left.length === 0 ? [] : [`${plural(left.length, 'device')}: ${listFirst(left, SHOWN)}`]),
    ...(others.length === 0 ? [] : [`recovered: ${listFirst(others, SHOWN)}`]),
  ].join('; ');
}
