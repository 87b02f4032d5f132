import type { Quote } from '../evidence/types.ts';
import { type Fact, valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { PushService } from '../facts/values.ts';
import { callbackAddress, callbackInterface } from '../rules/shared/callback-interface.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Judged } from './judge.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;

/** Services on the push port, the one that gets the connection first; `undefined` while the push service is unknown. */
export function portMap(judged: readonly Judged[], facts: Facts): PortMap | undefined {
  const push = valueIfKnown(facts.pushService);
  if (!push) return undefined;
  const owners = judged
    .flatMap(({ rule, judgement }) => (rule.pushPortOwner ? [{ ...rule.pushPortOwner, judgement }] : []))
    .toSorted((a, b) => a.precedence - b.precedence);
  const found = owners.flatMap(({ service, judgement }) => {
    return judgement.verdict === 'broken'
      ? [
          {
            confidence: judgement.confidence,
            claim: {
              service:
                service === 'ike-tcp' && adminListens(push, facts) ? ('admin-other' as const) : service,
              detail: judgement.title,
              evidence: copyQuotes(judgement.evidence),
            },
          },
        ]
      : [];
  });
  const unseen = owners
    .filter(({ judgement: { verdict } }) => verdict === 'unknown' || verdict === 'conflicting')
    .map(({ service }) => service);
  const listens = push.status.value === 'enable';
  const own = {
    service: 'ftm-push' as const,
    detail: listens ? 'the push service is on' : 'the push service is off',
    evidence: copyQuotes(push.status.quotes),
  };
  const claims = [...found.map(({ claim }) => claim), ...(listens ? [own] : [])];
  const address = callbackAddress(push);
  const reached = interfaceName(facts.interfaces, push);
  return {
    port: push.serverPort.value,
    address,
    interface: reached,
    claims,
    winner: claims[0]?.service ?? null,
    confidence: found[0]?.confidence ?? 'certain',
    unseen,
  };
}

/** One rule covers all listeners beside HTTPS and SSL VPN. */
function adminListens({ serverPort }: PushService, facts: Facts): boolean {
  const settings = valueIfKnown(facts.global);
  return [settings?.adminPort, settings?.adminSshPort, settings?.adminTelnetPort].some(
    (each) => each?.value === serverPort.value,
  );
}

function copyQuotes(quotes: readonly Quote[]): Quote[] {
  return quotes.map((quote) => ({ ...quote }));
}

function interfaceName(
  interfaces: Fact<Parameters<typeof callbackInterface>[1]>,
  push: Parameters<typeof callbackInterface>[0],
): string | undefined {
  const all = valueIfKnown(interfaces);
  const target = all && callbackInterface(push, all);
  return target?.kind === 'exact' ? target.interface.name : undefined;
}
