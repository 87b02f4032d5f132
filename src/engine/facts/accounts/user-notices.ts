import type { Quote, Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { DaemonCrash, RadiusPacket, UserNotice } from '../values.ts';

/** Messages of KB 333869, KB 277343, KB 192027, KB 369685 and of openfortivpn, which a person copies from a screen. */
const NOTICES: readonly (readonly [kind: UserNotice['kind'], words: RegExp])[] = [
  ['too-many-attempts', /too many bad (?:login )?attempts/i],
  ['already-connected', /already have an open SSL[ -]?VPN connection/i],
  ['other-client', /^(?:\$ )?openfortivpn \S|could not authenticate to gateway/i],
  ['host-check', /(?:does|did) not meet the (?:host )?security requirements/i],
  ['no-address', /\bno more IP address(?:es)? available/i],
  ['certificate-refused', /cannot validate the server certificate/i],
];
/** `IP 192.0.2.9.40312 > 192.0.2.20.1812: RADIUS, Access-Request (1), id: 0x5c length: 80`, as tcpdump prints it. */
const RADIUS =
  /\bIP6? ([0-9a-f.:]{2,45})\.\d{1,5} > ([0-9a-f.:]{2,45})\.\d{1,5}: RADIUS, Access-(Request|Challenge|Accept|Reject) \(\d{1,2}\)/i;
/** Named port in output without `-n`. */
const NAMED_PORT =
  /\bIP6? ([^\s>]{1,120})\.(?:radius|\d{1,5}) > ([^\s>]{1,120})\.(?:radius|\d{1,5}): RADIUS, Access-(Request|Challenge|Accept|Reject) \(\d{1,2}\)/i;
const CRASH = /<\d{1,6}> application fnbamd\b/;
/** The content of a line is at its start; the rest of a giant line is ignored. */
const MAX_LINE_LENGTH = 600;
const MAX_NOTICES = 2_000;

export function readUserNotices(lines: readonly Quote[]): Fact<readonly UserNotice[]> {
  const notices = lines.flatMap((quote): UserNotice[] => {
    const kind = NOTICES.find(([, words]) => words.test(quote.text))?.[0];
    return kind === undefined ? [] : [{ kind, quote }];
  });
  if (notices.length === 0) return unknown('the evidence contains no message that a user saw');
  return known(
    notices.slice(0, MAX_NOTICES),
    notices.slice(0, MAX_NOTICES).map((each) => each.quote),
  );
}

/** `2: 2026-03-02 09:02:02 <00391> application fnbamd` of `diagnose debug crashlog read`: the daemon that checks passwords. */
export function readDaemonCrashes(lines: readonly Quote[]): Fact<readonly DaemonCrash[]> {
  const crashes = lines.flatMap((quote): DaemonCrash[] =>
    CRASH.test(quote.text) ? [{ daemon: 'fnbamd', quote }] : [],
  );
  if (crashes.length === 0) return unknown('the evidence contains no crash log that names fnbamd');
  return known(
    crashes.slice(0, MAX_NOTICES),
    crashes.slice(0, MAX_NOTICES).map((each) => each.quote),
  );
}

export function readRadiusPackets(lines: readonly Quote[]): Fact<readonly RadiusPacket[]> {
  const packets = lines.flatMap((quote) => packetOf(quote) ?? []);
  if (packets.length === 0) return unknown('the evidence contains no capture of RADIUS packets');
  return known(
    packets.slice(0, MAX_NOTICES),
    packets.slice(0, MAX_NOTICES).map((each) => each.quote),
  );
}

function packetOf(quote: Quote): RadiusPacket | undefined {
  if (!quote.text.includes('RADIUS, Access-')) return undefined;
  const match = RADIUS.exec(quote.text) ?? NAMED_PORT.exec(quote.text);
  if (!match) return undefined;
  const [, from = '', to = '', word = ''] = match;
  const kind = word.toLowerCase();
  if (kind === 'request') return { kind, client: from, server: to, quote };
  if (kind === 'challenge' || kind === 'accept' || kind === 'reject') {
    return { kind, client: to, server: from, quote };
  }
  return undefined;
}

/**
 * The lines that the functions above read. Comments of a configuration may contain similar texts, so configurations
 * are skipped.
 */
export function noticeLines(sections: readonly Section[]): readonly Quote[] {
  return sections.filter((section) => section.kind !== 'config').flatMap(interestingQuotes);
}

function interestingQuotes(section: Section): readonly Quote[] {
  return section.lines.flatMap((line, index) =>
    /RADIUS, Access-|too many bad|validate the server certificate|> application fnbamd|an open SSL[ -]?VPN connection|not meet the (?:host )?security|openfortivpn |authenticate to gateway|no more IP address/i.test(
      line.slice(0, MAX_LINE_LENGTH),
    )
      ? [{ source: section.source, line: section.start + index, text: line.slice(0, MAX_LINE_LENGTH).trim() }]
      : [],
  );
}
