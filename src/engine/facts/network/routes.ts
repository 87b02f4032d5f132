import type { Section } from '../../evidence/types.ts';
import { commandSpec } from '../../fortios/commands.ts';
import { parseRoute } from '../../fortios/output/routing-table.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, knownEach } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { RoutingTable, ServerRoute } from './routing-table.ts';

/** Whatever address was asked about, the answer names the route that is used for it. */
const DETAILS = new RegExp(String.raw`^${commandSpec('server-route').text} ([\d./]{7,18})$`);
const DEFAULT = '0.0.0.0/0';

interface AskedRoute {
  readonly address: string;
  readonly section: Section;
}

/** The default routes in use, by VDOM, and the routes that were asked about: the latest answer of each. */
export function readRoutes(sections: readonly Section[]): Pick<Facts, 'defaultRoutes' | 'serverRoutes'> {
  const answers = sections.flatMap((section): AskedRoute[] => {
    const address = section.kind === 'output' ? DETAILS.exec(section.command ?? '')?.[1] : undefined;
    return address === undefined ? [] : [{ address, section }];
  });
  const shown = answers.flatMap(({ address, section }) => readServerRoute(address, section) ?? []);
  const routes = [...new Map(shown.map((each) => [`${each.vdom} ${each.address}`, each])).values()];
  return {
    defaultRoutes: findDefaultRoutes(routes, answers, sections),
    serverRoutes: routes.length === 0 ? notSeen('serverRoutes', sections) : knownEach(routes),
  };
}

function readServerRoute(address: string, section: Section): ServerRoute | undefined {
  const answer = section.failure ? undefined : parseRoute(section.lines);
  if (!answer) return undefined;
  const { vdom } = section;
  if (answer.kind === 'none')
    return { vdom, address, prefix: undefined, routes: [], quotes: [quoteAt(section, answer.index)] };
  const routes = answer.hops.map(({ index, ...hop }) => ({ ...hop, quotes: [quoteAt(section, index)] }));
  return { vdom, address, prefix: answer.prefix, routes, quotes: outputBounds(section) };
}

/** Where nothing leads to some address, there is no default route either. */
function findDefaultRoutes(
  routes: readonly ServerRoute[],
  answers: readonly AskedRoute[],
  sections: readonly Section[],
): Fact<readonly RoutingTable[]> {
  const ofDefault = routes.filter(({ prefix }) => prefix === undefined || prefix === DEFAULT);
  const tables = new Map(
    ofDefault.map(({ vdom, routes: hops, quotes }) => [vdom, { vdom, routes: hops, quotes }]),
  );
  if (tables.size === 0) return notSeen('defaultRoutes', sections);
  const fact = knownEach([...tables.values()]);
  const refused = answers.find(({ section: { failure, vdom } }) => failure && !tables.has(vdom))?.section
    .failure;
  return refused ? { ...fact, partial: refused.reason } : fact;
}
