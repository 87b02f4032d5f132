import type { Verdict } from '../rules/rule.ts';
import type { Diagnosis } from './diagnosis.ts';
import { beginWith } from './fix-texts.ts';

/** The diagnosis of one device; without a name, of evidence that belongs to no device. */
export interface DeviceDiagnosis {
  readonly name?: string;
  readonly diagnosis: Diagnosis;
}

const BY_VERDICT: Readonly<Record<Diagnosis['verdict'], number>> = { broken: 0, inconclusive: 1, healthy: 2 };
const BY_CHECK: Readonly<Record<Verdict, number>> = {
  broken: 0,
  conflicting: 1,
  unknown: 2,
  healthy: 3,
  'not-applicable': 4,
};
const BY_ASKED = ['known', 'cannot-tell', 'unknown-user'];
const MAX_IN_HEADLINE = 3;

/**
 * Merges the diagnoses of several devices, the worst first. Hops, ports and times are those of the worst, because
 * they cannot be combined. A healthy device does not weaken a broken one. If some devices know the user in the
 * request, or none does and some have logins under the name, the others are only mentioned: their faults do not stop this
 * user.
 */
export function mergeDevices(devices: readonly DeviceDiagnosis[]): Diagnosis {
  const known = devices.filter(knowsAskedUser);
  const ofUser = worstFirst(known.length > 0 ? known : devices.filter(sawAskedUser));
  const asked = ofUser.length > 0 ? ofUser : worstFirst(devices);
  const ordered = [...asked, ...worstFirst(devices.filter((each) => !asked.includes(each)))];
  const [worst] = asked;
  if (!worst) throw new Error('a case is about one device at least');
  const named = ordered.filter(({ name }) => name !== undefined);
  const { askedUser: _, ...first } = worst.diagnosis;
  const askedFor = ordered
    .flatMap(({ diagnosis }) => diagnosis.askedUser ?? [])
    .toSorted((a, b) => BY_ASKED.indexOf(a.known) - BY_ASKED.indexOf(b.known))[0];
  return {
    ...first,
    headline: mergeHeadlines(named.length, ordered),
    whoFails: named.length > 1 ? undefined : first.whoFails,
    findings: asked.flatMap(({ name, diagnosis }) =>
      diagnosis.findings.map((finding) => (name === undefined ? finding : ofDevice(name, finding))),
    ),
    checks: first.checks.map(({ rule }) => worstCheck(rule, asked)),
    attempts: ordered.flatMap(({ name, diagnosis }) =>
      diagnosis.attempts.map((attempt) => ({ ...attempt, device: name })),
    ),
    askedUser: askedFor,
    ...mergedProof(asked),
    device: {},
    devices: named.map(({ name = '', diagnosis }) => ({
      name,
      verdict: diagnosis.verdict,
      headline: diagnosis.headline,
      firstBrokenHop: diagnosis.firstBrokenHop,
      device: diagnosis.device,
    })),
    missing: first.missing.map((each) => ({
      ...each,
      device: worst.name,
    })),
  };
}

function worstFirst(devices: readonly DeviceDiagnosis[]): readonly DeviceDiagnosis[] {
  return devices.toSorted((a, b) => BY_VERDICT[a.diagnosis.verdict] - BY_VERDICT[b.diagnosis.verdict]);
}

function knowsAskedUser({ diagnosis }: DeviceDiagnosis): boolean {
  return diagnosis.askedUser?.known === 'known';
}

/** A login was tried under the name, although the device has no such user: what was typed is the question. */
function sawAskedUser({ diagnosis }: DeviceDiagnosis): boolean {
  return diagnosis.askedUser !== undefined && diagnosis.attempts.length > 0;
}

function mergeHeadlines(count: number, ordered: readonly DeviceDiagnosis[]): string {
  const parts = ordered
    .slice(0, MAX_IN_HEADLINE)
    .map(
      ({ name, diagnosis }, index) =>
        `${name ?? 'no device named'}: ${index > 0 && diagnosis.proof === 'configuration' ? 'in order' : diagnosis.headline}`,
    );
  const more = ordered.length - parts.length;
  return `${count} devices · ${parts.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}`;
}

/** A login on one device proves nothing about another. */
function mergedProof(devices: readonly DeviceDiagnosis[]): Pick<Diagnosis, 'proof' | 'notInUse'> {
  const all = devices.map(({ diagnosis }) => diagnosis);
  const healthy = all.every(({ verdict }) => verdict === 'healthy');
  const proven = all.every(({ proof }) => proof === 'login');
  return {
    proof: healthy ? (proven ? 'login' : 'configuration') : undefined,
    notInUse: all.every(({ notInUse }) => notInUse) ? true : undefined,
  };
}

function ofDevice(name: string, finding: Diagnosis['findings'][number]): Diagnosis['findings'][number] {
  const { fix } = finding;
  return {
    ...finding,
    device: name,
    title: `${name}: ${finding.title}`,
    summary: `On ${name}: ${finding.summary}`,
    fix: beginWith(`For ${name} only.`, fix),
  };
}

function worstCheck(rule: string, devices: readonly DeviceDiagnosis[]): Diagnosis['checks'][number] {
  const found = devices.flatMap(({ name, diagnosis }) =>
    diagnosis.checks
      .filter((check) => check.rule === rule)
      .map((check) => ({ ...check, reason: name === undefined ? check.reason : `${name}: ${check.reason}` })),
  );
  const [worst] = found.toSorted((a, b) => BY_CHECK[a.verdict] - BY_CHECK[b.verdict]);
  if (!worst) throw new Error(`no device was checked for ${rule}`);
  return worst;
}
