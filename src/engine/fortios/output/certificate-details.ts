import type { Certificate } from '../x509/certificate.ts';
import { type DistinguishedName, parseDistinguishedName } from '../x509/distinguished-name.ts';
import { parseClock } from './clock.ts';

/** One certificate of `get vpn certificate local details`, with the 0-based index of its lines. */
export interface ListedCertificate {
  readonly name: string;
  /** Undefined if a name or a date is missing or cannot be read. */
  readonly certificate?: Certificate;
  readonly index: number;
  readonly lines: Readonly<Partial<Record<Field, number>>>;
}

type Field = 'subject' | 'issuer' | 'notBefore' | 'notAfter';

interface Row {
  readonly value: string;
  readonly index: number;
}

const HEAD = /^\s*==\s*\[\s*(.{1,80}?)\s*\]\s*$/;
const ROW = /^\s*([A-Za-z][\w ]{0,30}?)\s*:(?:\s+(.*))?$/;
const ALTERNATIVE = /(?:^|[\s,])(DNS|IP(?: Address)?):\s?([^\s,]+)/g;
const POLICY = /Policy:\s*([\d.]{3,80})/;
const SPELLINGS: readonly (readonly [spelling: RegExp, field: Field])[] = [
  [/^subject$/i, 'subject'],
  [/^issuer$/i, 'issuer'],
  [/^(?:valid from|not before)$/i, 'notBefore'],
  [/^(?:valid to|valid until|not after)$/i, 'notAfter'],
];
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}:\d{2}))?\s*(?:GMT|UTC|Z)?$/;

/**
 * Parses the listing in all documented forms: with `== [ NAME ]` above each certificate or only `Name:` in it,
 * indented or not, with or without extensions (from public scripts and how-tos that read it, not from a recording).
 */
export function parseCertificateDetails(lines: readonly string[]): readonly ListedCertificate[] {
  const listed: ListedCertificate[] = [];
  let name: string | undefined;
  let begin = 0;

  function finish(end: number): void {
    if (name !== undefined) listed.push(listedCertificate(name, lines, begin, end));
  }

  for (const [index, line] of lines.entries()) {
    const next = HEAD.exec(line)?.[1] ?? findName(line);
    if (next === undefined || (next === name && index <= begin + 2)) continue;
    finish(index);
    name = next;
    begin = index;
  }
  finish(lines.length);
  return listed;
}

function findName(line: string): string | undefined {
  const row = ROW.exec(line);
  // Extensions have a name too.
  return row?.[1] === 'Name' && row[2] && !/^(?:X509v3|Authority Information|CT )/.test(row[2])
    ? row[2].trim()
    : undefined;
}

function listedCertificate(
  name: string,
  lines: readonly string[],
  begin: number,
  end: number,
): ListedCertificate {
  const found: Partial<Record<Field, Row>> = {};
  let last: Field | undefined;
  for (let index = begin; index < end; index += 1) {
    const line = lines[index] ?? '';
    const [, key = '', value = ''] = ROW.exec(line) ?? [];
    const field = SPELLINGS.find(([spelling]) => spelling.test(key))?.[1];
    const begun = key === '' && last ? found[last] : undefined;
    if (field) found[field] ??= { value: value.trim(), index };
    // A long name continues in the next line.
    else if (begun && last) found[last] = { ...begun, value: `${begun.value} ${line.trim()}` };
    last = field === 'subject' || field === 'issuer' ? field : begun && last;
  }
  const certificate = toCertificate(found, lines.slice(begin, end));
  const places = Object.entries(found).map(([field, row]) => [field, row.index]);
  return { name, index: begin, lines: Object.fromEntries(places), certificate };
}

function toCertificate(
  found: Partial<Record<Field, Row>>,
  lines: readonly string[],
): Certificate | undefined {
  const subject = parseName(found.subject);
  const issuer = parseName(found.issuer);
  const notBefore = parseTime(found.notBefore);
  const notAfter = parseTime(found.notAfter);
  if (!subject || !issuer || notBefore === undefined || notAfter === undefined) return undefined;
  return { subject, issuer, notBefore, notAfter, ...indexExtensions(lines) };
}

/** A listing prints all extensions or none; if none, the certificate may have any. */
function indexExtensions(
  lines: readonly string[],
): Pick<Certificate, 'alternatives' | 'policies' | 'isAuthority'> {
  if (!lines.some((line) => /X509v3|Subject Alternative Name/.test(line))) return {};
  const all = lines.flatMap((line) => [...line.matchAll(ALTERNATIVE)]);
  const of = (isName: boolean) =>
    all.flatMap(([, kind, value]) => (value !== undefined && (kind === 'DNS') === isName ? [value] : []));
  return {
    alternatives: { names: of(true), addresses: of(false) },
    policies: lines.flatMap((line) => POLICY.exec(line)?.[1] ?? []),
    isAuthority: lines.some((line) => /CA\s*:\s*TRUE/i.test(line)),
  };
}

function parseName(row: Row | undefined): DistinguishedName | undefined {
  return row && parseDistinguishedName(row.value);
}

/** `2025-03-05 20:18:04  GMT`, or as OpenSSL prints it: `Mar  5 20:18:04 2025 GMT`. */
function parseTime(row: Row | undefined): number | undefined {
  if (!row) return undefined;
  const [, day, time = '00:00:00'] = ISO.exec(row.value) ?? [];
  if (day === undefined) return parseClock(row.value.replace(/\s+GMT$/, ''));
  const ms = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
