import type { Section } from '../../evidence/types.ts';
import { type CommandId, commandSpec } from '../../fortios/commands.ts';
import {
  type NamedRow,
  parseClientCount,
  parseGatewayList,
  parseSslMonitor,
  parseTunnelSummary,
} from '../../fortios/output/vpn-sessions.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { VpnSession } from '../values.ts';

type Parse<Row> = (lines: readonly string[], command: string) => readonly Row[] | undefined;
type Sessions<Row> = Fact<readonly (Row & VpnSession)[]>;

export function readVpnSessions(sections: readonly Section[]): Pick<Facts, 'sslSessions' | 'ipsecTunnels'> {
  return {
    sslSessions:
      readAnswers('ssl-sessions', sections, parseSslMonitor) ??
      findInLists(sections, parseSslMonitor) ??
      notSeen('sslSessions', sections),
    ipsecTunnels:
      readAnswers('ipsec-tunnels', sections, parseTunnelSummary) ??
      findInLists(sections, parseGatewayList) ??
      findInLists(sections, (lines, command) => parseClientCount(command, lines)) ??
      notSeen('ipsecTunnels', sections),
  };
}

/** Other commands list them, too, and a person may paste a list without its command. The latest line of each counts. */
function findInLists<Row extends NamedRow>(
  sections: readonly Section[],
  parse: Parse<Row>,
): Sessions<Row> | undefined {
  const rows = sections
    .filter(
      ({ kind, failure, instruction }) => kind !== 'config' && kind !== 'debug' && !failure && !instruction,
    )
    .flatMap((section) => placeRows(section, parse(section.lines, section.command ?? '')));
  if (rows.length === 0) return undefined;
  const sessions = [...new Map(rows.map((each) => [`${each.vdom} ${each.name}`, each])).values()];
  return known(
    sessions,
    sessions.map(({ quote }) => quote),
  );
}

function placeRows<Row extends NamedRow>(section: Section, rows: readonly Row[] = []) {
  return rows.map((row) => ({ ...row, vdom: section.vdom, quote: quoteAt(section, row.index) }));
}

function readAnswers<Row extends NamedRow>(
  id: CommandId,
  sections: readonly Section[],
  parse: Parse<Row>,
): Sessions<Row> | undefined {
  const { text } = commandSpec(id);
  const answers = sections.filter(
    ({ kind, command, failure }) => kind === 'output' && command === text && !failure,
  );
  // The latest of each VDOM.
  const shown = [...new Map(answers.map((section) => [section.vdom, section])).values()].flatMap(
    (section) => {
      const rows = parse(section.lines, text);
      return rows ? [{ section, rows }] : [];
    },
  );
  const isSilent = answers.some(({ lines }) => lines.every((line) => line.trim() === ''));
  if (shown.length === 0 && isSilent && commandSpec(id).mayBeSilent)
    return unknown(`\`${text}\` printed nothing`);
  if (shown.length === 0) return undefined;
  const sessions = shown.flatMap(({ section, rows }) => placeRows(section, rows));
  const bounds = shown.flatMap(({ section }) => outputBounds(section));
  return known(sessions, sessions.length > 0 ? sessions.map(({ quote }) => quote) : bounds, bounds);
}
