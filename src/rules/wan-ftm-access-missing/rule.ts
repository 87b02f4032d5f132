import type { Interface } from '../../facts/values.ts';
import { callbackEndpoint, callbackInterface } from '../callback-interface.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, globalFix, quoted } from '../fix.ts';
import { REFERENCES } from '../references.ts';
import type { Judgement, RuleContext } from '../rule.ts';

export const wanFtmAccessMissing = defineRule({
  id: 'wan-ftm-access-missing',
  title: 'The WAN interface does not accept the phone’s answer',
  severity: 'critical',
  needs: ['pushService', 'interfaces'],
  versions: 'all',
  references: [REFERENCES.SEED, REFERENCES.AG183204, REFERENCES.KB399772],
  check({ pushService, interfaces }, context) {
    const target = callbackInterface(pushService.value, interfaces.value);
    const endpoint = callbackEndpoint(pushService.value);
    if (target.kind === 'exact') {
      return target.interface.allowaccess.value.includes('ftm')
        ? accepted(target.interface)
        : refused(target.interface, endpoint, target.because, context);
    }
    const open = interfaces.value.find((each) => each.allowaccess.value.includes('ftm'));
    if (open) return accepted(open);
    const [only, another] = target.interfaces;
    if (only && !another) return refused(only, endpoint, `${only.name} is the only WAN interface`, context);
    return {
      verdict: 'unknown',
      reason: 'no interface in the evidence allows `ftm`, and it does not show which one the phone reaches',
      need: 'every interface with its role and address',
      commands: ['interfaces'],
    };
  },
});

function accepted(on: Interface): Judgement {
  return { verdict: 'healthy', reason: `${on.name} accepts \`ftm\``, evidence: on.allowaccess.quotes };
}

function refused(on: Interface, endpoint: string, because: string, context: RuleContext): Judgement {
  const edit = (line: string) => configEntry('system interface', on.name, [line]);
  return {
    verdict: 'broken',
    confidence: 'certain',
    title: `Pushes may go out, but ${on.name} does not accept the phone’s answer`,
    summary: `After Approve the phone calls ${endpoint}, which is ${on.name} (${because}). Its \`allowaccess\` list ${
      on.allowaccess.explicit ? `is \`${on.allowaccess.value.join(' ')}\`` : 'is empty'
    }, without \`ftm\`, so FortiOS drops the connection and the login times out.`,
    evidence: on.allowaccess.quotes,
    fix: globalFix(context, {
      apply: edit('append allowaccess ftm'),
      undo: edit('unselect allowaccess ftm'),
      verify: [`show system interface ${quoted(on.name)}`],
      note: 'Use `append`: `set allowaccess ftm` would replace the list and could cut off HTTPS and SSH.',
    }),
    explains: ['callback-not-accepted'],
  };
}
