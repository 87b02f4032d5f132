import type { Attempt } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/values.ts';
import { defineRule } from '../define-rule.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { configEntry, noCliFix, quoted, vdomFix } from '../shared/fix.ts';
import {
  compareOffers,
  differences,
  gotFurther,
  lineOf,
  offersOf,
  phase1Of,
  tunnelNames,
} from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { countOfLogins, failedWith, quotesOf, whoseLogins } from '../shared/vpn-logins.ts';

/** Numbers in `dhgrp` of the groups that are not weak, by the names in the debug. */
const GROUPS: Readonly<Record<string, string>> = {
  MODP2048: '14',
  MODP3072: '15',
  MODP4096: '16',
  ECP256: '19',
  ECP384: '20',
  ECP521: '21',
};

export const rule = defineRule({
  id: 'ike-proposal-mismatch',
  title: 'Client and tunnel have no IKE proposal in common',
  severity: 'high',
  hop: 'connection',
  number: 143,
  forCustomer: 'the program and the firewall do not offer each other the same encryption',
  needs: ['attempts'],
  wants: ['phase1s'],
  references: ['KB278503'],
  check({ attempts, phase1s }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'no-proposal',
      (_, { trace }) => trace.signs['gateway-matched'] === undefined,
    );
    const [first] = shown;
    if (!first) {
      return (
        eventLog(attempts.value, context) ??
        gotFurther(attempts.value, ['gateway-matched'], 'a proposal was agreed on')
      );
    }
    const logins = shown.map(({ login }) => login);
    const offers = offersOf(first.login);
    const kinds = offers ? differences(offers) : [];
    const gateway = first.login.trace.signs['proposal-mine']?.at(-1)?.fields.gateway;
    const tunnel = gateway ?? tunnelNames(shown);
    const differ = offers && kinds.map((kind) => `${kind}: ${compareOffers(offers, kind)}`).join('; ');
    const phase1 = phase1Of({ ...first.login, trace: { ...first.login.trace, gateway } }, phase1s);
    return {
      verdict: 'broken',
      confidence: kinds.length > 0 ? 'certain' : 'likely',
      title:
        kinds.length > 0
          ? `The client and ${tunnel} have no ${nameList(kinds)} in common`
          : `${whoseLogins(logins)}: no dial-up tunnel takes the client’s IKE proposal`,
      summary: `${countOfLogins(logins, attempts.value)} ended before anybody was asked for a name: the FortiGate found no proposal in common. ${
        differ
          ? `What the client offers and what ${tunnel} accepts: ${differ}.`
          : 'Where the log holds no `my proposal`, no dial-up tunnel of this interface and IKE version was compared at all.'
      }`,
      evidence: [...quotesOf(shown), ...lineOf(first.login, 'proposal-mine')],
      fix: fixFor(phase1, kinds, [...(offers?.client.get('DH group') ?? [])], context),
    };
  },
});

function fixFor(
  phase1: Phase1 | undefined,
  kinds: readonly string[],
  offered: readonly string[],
  context: RuleContext,
): Fix {
  const group = offered.flatMap((name) => GROUPS[name] ?? [])[0];
  const old = phase1?.dhGroups;
  if (!phase1 || !old?.explicit || kinds.join() !== 'DH group' || group === undefined) {
    return noCliFix(
      'Give the client’s profile a proposal and DH group that the tunnel accepts. Only where the client cannot be changed, add its values to `proposal` and `dhgrp` of the tunnel; `set` replaces the list, so repeat the old values. Groups below 14, DES, 3DES and MD5 are weak: change the client. To forward to the administrator of the client profiles: The phase 1 proposal must match that of the tunnel.',
    );
  }
  return vdomFix(context, phase1.vdom, {
    apply: configEntry('vpn ipsec phase1-interface', phase1.name, [
      `set dhgrp ${[...old.value, group].join(' ')}`,
    ]),
    undo: configEntry('vpn ipsec phase1-interface', phase1.name, [`set dhgrp ${old.value.join(' ')}`]),
    verify: [`show vpn ipsec phase1-interface ${quoted(phase1.name)} | grep dhgrp`],
    note: `Adds group ${group} to those that ${phase1.name} accepts. Where the clients can be changed, give their profile one of the tunnel’s groups instead.`,
  });
}

/** The event log does not show whether it was a client: scans of the internet leave the same line. */
function eventLog(attempts: readonly Attempt[], context: RuleContext) {
  const events = failedWith(attempts, context, 'event-ike-failed', ({ fields }) =>
    /proposal not match/.test(fields.reason ?? ''),
  );
  if (events.length === 0) return undefined;
  const logins = events.map(({ login }) => login);
  return {
    verdict: 'broken' as const,
    confidence: 'possible' as const,
    title: `${whoseLogins(logins)} ended because no dial-up tunnel takes the IKE proposal`,
    summary: `The event log says so of ${countOfLogins(logins, attempts)}. Scans from the internet leave the same line: look first whether the address is that of a person who fails.`,
    evidence: quotesOf(events),
    fix: noCliFix(
      'Compare the client’s phase 1 proposal and DH group with `proposal` and `dhgrp` of the tunnel; the debug of ike prints both.',
    ),
  };
}
