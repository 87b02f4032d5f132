import { toSections } from '../evidence/sections.ts';
import type { VdomPlanner } from '../evidence/vdom-plan.ts';
import { valueIfKnown } from '../facts/fact.ts';
import { FACT_KEYS, FACTS, type FactKey, type Facts } from '../facts/facts.ts';
import { readFacts } from '../facts/read-facts.ts';
import { type CommandId, commandSpec } from '../fortios/commands.ts';
import { OF_USER } from '../rules/collection-plan.ts';
import type { Rule } from '../rules/rule.ts';
import { callbackInterface } from '../rules/shared/callback-interface.ts';
import { waysOut } from '../rules/shared/wan-interfaces.ts';
import { isReached, LOGIN_FACTS, managementVdom, mayBeReached } from './vdom-coverage.ts';

/** Commands that show whether users log in to a VDOM, with short answers. */
const PROBES = LOGIN_FACTS.flatMap((key) => FACTS[key].commands);

/**
 * Plans which VDOMs of a device to read, and what in each, from the global answers. The probes run in each VDOM
 * first; the rest runs only where users log in. Settings on the push port are read in the VDOM of the callback.
 */
export function createVdomPlanner(rules: readonly Rule[]): VdomPlanner {
  const ofManagement = FACT_KEYS.filter((key) => FACTS[key].ofManagementVdom).flatMap(
    (key) => FACTS[key].commands,
  );
  const ofCallback = [
    ...listCommands(
      rules.filter(({ hop }) => hop === 'callback'),
      (key) => key !== 'pushServerLookup',
    ),
  ];
  const ofLogins = listCommands(
    rules.filter(({ hop }) => hop !== 'callback'),
    (key) => !FACTS[key].ofManagementVdom,
  );

  return (items, listed, asked) => {
    const { facts } = readFacts(items.flatMap((item) => toSections(item)));
    const management = managementVdom(facts);
    const called = calledVdoms(facts);
    // If there is only one default route, the reply to a phone leaves by it.
    const hasSeveralWays = countWaysOut(facts) !== 1;
    const exists = new Set(listed);
    const others = listed.filter(mayBeReached(facts));
    const candidates = [
      ...(asked === undefined ? [] : [asked]),
      ...called,
      management,
      ...(asked === undefined ? others : []),
    ];
    const callback = (vdom: string) => [
      ...(called.has(vdom) ? ofCallback.filter((id) => id !== 'default-route' || hasSeveralWays) : []),
      ...(vdom === management ? ofManagement : []),
    ];

    return {
      // If nothing could be listed, the wanted VDOMs explain what is missing.
      names: [...new Set(candidates)].filter((name) => exists.size === 0 || exists.has(name)),
      next(vdom, answers) {
        if (asked !== undefined && vdom !== asked) return callback(vdom);
        if (answers.length === 0) return [...PROBES, ...callback(vdom)];
        const own = readFacts(answers.flatMap((item) => toSections(item))).facts;
        const concerned = vdom === asked || vdom === management || isReached(own) || !areKnown(own);
        return concerned ? [...ofLogins, ...OF_USER, ...callback(vdom)] : callback(vdom);
      },
    };
  };
}

/** The VDOM of the interface that the callback reaches, or of each that it may reach. */
function calledVdoms({ pushService, interfaces, liveAddresses }: Facts): ReadonlySet<string> {
  const push = valueIfKnown(pushService);
  const all = valueIfKnown(interfaces);
  const target = push && all && callbackInterface(push, all, valueIfKnown(liveAddresses));
  const found = target?.kind === 'exact' ? [target.interface] : (target?.interfaces ?? []);
  return new Set(found.flatMap(({ vdom }) => vdom ?? []));
}

function countWaysOut({ interfaces, liveAddresses }: Facts): number | undefined {
  const all = valueIfKnown(interfaces);
  return all && waysOut(all, valueIfKnown(liveAddresses)).length;
}

function areKnown(own: Facts): boolean {
  return LOGIN_FACTS.every((key) => own[key].state === 'known');
}

function listCommands(rules: readonly Rule[], isWanted: (key: FactKey) => boolean): ReadonlySet<CommandId> {
  const ids = rules
    .flatMap(({ facts }) => facts)
    .filter(isWanted)
    .flatMap((key) => FACTS[key].commands);
  return new Set(ids.filter((id) => commandSpec(id).scope === 'vdom'));
}
