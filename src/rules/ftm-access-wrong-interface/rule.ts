import { valueIfKnown } from '../../facts/fact.ts';
import type { Interface } from '../../facts/values.ts';
import { callbackEndpoint, callbackInterface } from '../callback-interface.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, globalFix, quoted } from '../fix.ts';
import { REFERENCES } from '../references.ts';
import type { Confidence, Judgement, RuleContext } from '../rule.ts';
import { holdsPublicAddress } from '../wan.ts';

export const ftmAccessWrongInterface = defineRule({
  id: 'ftm-access-wrong-interface',
  title: 'The phone’s answer is accepted on another interface than the one it reaches',
  severity: 'critical',
  needs: ['pushService', 'interfaces'],
  wants: ['liveAddresses'],
  versions: 'all',
  references: [REFERENCES.SEED, REFERENCES.AG183204],
  check({ pushService, interfaces, liveAddresses }, context) {
    const live = valueIfKnown(liveAddresses);
    const target = callbackInterface(pushService.value, interfaces.value, live);
    const endpoint = callbackEndpoint(pushService.value);
    const open = interfaces.value.filter(acceptsFtm);
    if (open.length === 0) {
      return {
        verdict: 'not-applicable',
        reason: 'no interface accepts `ftm` at all (wan-ftm-access-missing)',
      };
    }
    if (target.kind === 'exact') {
      return acceptsFtm(target.interface)
        ? accepted(target.interface)
        : misplaced(
            target.interface,
            open,
            'certain',
            `${endpoint}, which is ${target.interface.name} (${target.because})`,
            context,
          );
    }
    const reached = target.interfaces.find(acceptsFtm);
    if (reached) return accepted(reached);
    const [wan, another] = target.interfaces;
    const inside = open.every((each) => isInside(each) && !holdsPublicAddress(each, live));
    if (wan && !another && inside) {
      return misplaced(
        wan,
        open,
        'likely',
        `${endpoint}, and ${wan.name} is the only WAN interface`,
        context,
      );
    }
    return {
      verdict: 'unknown',
      reason: `${names(open)} accepts \`ftm\`, and the evidence does not show whether the phone arrives there`,
      need: `which interface ${endpoint} leads to`,
      commands: ['interfaces', 'interface-addresses'],
    };
  },
});

function acceptsFtm(on: Interface): boolean {
  return on.allowaccess.value.includes('ftm');
}

function isInside(on: Interface): boolean {
  return on.role === 'lan' || on.role === 'dmz' || /^(?:internal|lan|dmz)\d*$/i.test(on.name);
}

function accepted(on: Interface): Judgement {
  return {
    verdict: 'healthy',
    reason: `${on.name}, where the phone arrives, accepts \`ftm\``,
    evidence: on.allowaccess.quotes,
  };
}

function misplaced(
  wan: Interface,
  open: readonly Interface[],
  confidence: Confidence,
  where: string,
  context: RuleContext,
): Judgement {
  const edit = (line: string) => configEntry('system interface', wan.name, [line]);
  return {
    verdict: 'broken',
    confidence,
    title: `The phone’s answer arrives on ${wan.name}, but the firewall accepts it only on ${names(open)}`,
    summary: `After Approve the phone calls ${where}. \`ftm\` is in the \`allowaccess\` list of ${names(open)} and not in that of ${wan.name}, so FortiOS drops the connection and the login times out.`,
    evidence: [...wan.allowaccess.quotes, ...open.flatMap((each) => each.allowaccess.quotes)],
    fix: globalFix(context, {
      apply: edit('append allowaccess ftm'),
      undo: edit('unselect allowaccess ftm'),
      verify: [`show system interface ${quoted(wan.name)}`],
      note: `\`ftm\` on ${names(open)} may stay; where no phone arrives it is not needed. Use \`append\`: \`set allowaccess ftm\` would replace the list.`,
    }),
    explains: ['wan-ftm-access-missing', 'callback-not-accepted'],
  };
}

function names(interfaces: readonly Interface[]): string {
  return interfaces.map((each) => each.name).join(', ');
}
