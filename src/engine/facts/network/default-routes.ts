import type { Section } from '../../evidence/types.ts';
import { parseDefaultRoute } from '../../fortios/output/routing-table.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import type { RoutingTable } from './routing-table.ts';

/** Whatever address was asked about, the answer names the route that is used for it. */
const DETAILS = /^get router info routing-table details [\d./]{7,18}$/;

/** The default routes in use, by VDOM: the latest answer of each. */
export function readDefaultRoutes(sections: readonly Section[]): Fact<readonly RoutingTable[]> {
  const answers = sections.filter(({ kind, command }) => kind === 'output' && DETAILS.test(command ?? ''));
  const tables = new Map<string | undefined, RoutingTable>();
  for (const section of answers) {
    const answer = section.failure ? undefined : parseDefaultRoute(section.lines);
    if (!answer) continue;
    const { vdom } = section;
    tables.set(
      vdom,
      answer.kind === 'none'
        ? { vdom, routes: [], quotes: [quoteAt(section, answer.index)] }
        : {
            vdom,
            routes: answer.hops.map(({ index, ...hop }) => ({ ...hop, quotes: [quoteAt(section, index)] })),
            quotes: outputBounds(section),
          },
    );
  }
  if (tables.size === 0) return notSeen('defaultRoutes', sections);
  const all = [...tables.values()];
  const fact = known(
    all,
    all.flatMap(({ quotes }) => quotes),
  );
  const refused = answers.find(({ failure, vdom }) => failure && !tables.has(vdom))?.failure;
  return refused ? { ...fact, partial: refused.reason } : fact;
}
