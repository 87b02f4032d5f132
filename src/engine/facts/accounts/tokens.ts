import type { Section } from '../../evidence/types.ts';
import { commandSpec } from '../../fortios/commands.ts';
import { type FortitokenInfo, parseFortitokenInfo } from '../../fortios/output/fortitoken-info.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { agree, latestPerSource, notSeen } from '../config/reading.ts';
import { nameOrigins } from '../device/several-devices.ts';
import { type Fact, known, type Unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { TokenState } from '../values.ts';

const INFO = commandSpec('fortitoken-info').text;
/** `diagnose fortitoken info | grep FTKMOB41` */
const PICKED = `${INFO} |`;

/** The table of `diagnose fortitoken info` and its last line. */
export function readTokenInfo(sections: readonly Section[]): Pick<Facts, 'tokenStates' | 'tokenServer'> {
  const tables = sections
    .filter(
      ({ kind, command, failure }) =>
        kind === 'output' && (command === INFO || command?.startsWith(PICKED)) && !failure,
    )
    .map((section) => ({ section, info: parseFortitokenInfo(section.lines) }));
  const originOf = nameOrigins(sections);
  const states = tables.filter(isTable).map(({ section, info }) => ({
    vdom: section.vdom ?? '',
    source: originOf(section),
    quotes: info.tokens.map((row) => quoteAt(section, row.index)),
    bounds: outputBounds(section),
    value: info.tokens.map(
      (row): TokenState => ({
        serial: row.serial,
        drift: row.drift,
        status: { value: row.status, explicit: true, quotes: [quoteAt(section, row.index)] },
      }),
    ),
  }));
  const servers = tables.flatMap(({ section, info }) =>
    info.server
      ? [
          {
            source: originOf(section),
            value: info.server.value,
            quotes: [quoteAt(section, info.server.index)],
          },
        ]
      : [],
  );
  const cut = tables.find((table) => isTable(table) && !table.info.ended)?.section;
  const tokenStates = joinTables(
    [...Map.groupBy(states, ({ vdom }) => vdom).values()].map((ofVdom) =>
      agree<readonly TokenState[]>(latestPerSource(ofVdom), 'the tokens', () =>
        notSeen('tokenStates', sections),
      ),
    ),
    () => notSeen('tokenStates', sections),
  );
  return {
    tokenStates:
      tokenStates.state === 'known' && cut
        ? {
            ...tokenStates,
            partial: cut.command?.startsWith(PICKED)
              ? `of \`${INFO}\` the evidence contains only lines that were picked out with \`grep\``
              : `${cut.source} is cut off inside the table of \`${INFO}\``,
          }
        : tokenStates,
    tokenServer: agree<'reachable' | 'unreachable'>(latestPerSource(servers), 'the token server', () =>
      notSeen('tokenServer', sections),
    ),
  };
}

/** Rows describe their tokens; only a complete table shows that there are none. */
function isTable({ info }: { readonly info: FortitokenInfo }): boolean {
  return info.tokens.length > 0 || (info.listed && info.ended);
}

/** Each VDOM has its own tokens; a token shown by all of them is one. */
function joinTables(
  tables: readonly Fact<readonly TokenState[]>[],
  otherwise: () => Unknown,
): Fact<readonly TokenState[]> {
  const shown = tables.filter((each) => each.state === 'known');
  const undecided = tables.find((each) => each.state !== 'known');
  if (undecided || shown.length === 0) return undecided ?? otherwise();
  const bySerial = new Map(shown.flatMap(({ value }) => value).map((each) => [each.serial, each]));
  return {
    ...known(
      [...bySerial.values()],
      shown.flatMap(({ quotes }) => quotes),
    ),
    bounds: shown.flatMap(({ bounds }) => bounds ?? []),
  };
}
