import { defineRule } from '../define-rule.ts';
import { configBlock, globalFix } from '../fix.ts';
import { changeAddress, pushAddress } from '../push-address.ts';
import { REFERENCES } from '../references.ts';
import { suggestAddress } from '../wan.ts';

export const pushDisabled = defineRule({
  id: 'push-disabled',
  title: 'The push service is switched off',
  severity: 'critical',
  needs: ['pushService'],
  wants: ['interfaces', 'liveAddresses'],
  versions: 'all with `ftm-push` (6.0 and later)',
  references: [REFERENCES.SEED, REFERENCES.KB195578],
  check({ pushService, interfaces, liveAddresses }, context) {
    const { status } = pushService.value;
    if (status.value === 'enable') {
      return { verdict: 'healthy', reason: 'the push service is on', evidence: status.quotes };
    }
    const change = pushAddress(pushService.value, context)
      ? undefined
      : changeAddress(context, pushService.value, suggestAddress(interfaces, liveAddresses));
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: 'The FortiGate does not send pushes: its push service is switched off',
      summary: `\`system ftm-push\` is ${status.explicit ? 'set to' : 'at its default,'} \`status disable\`. The user sees the token box and can type a code, but no push is ever requested and the phone stays silent.`,
      evidence: status.quotes,
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', [...(change?.apply ?? []), 'set status enable']),
        undo: configBlock('system ftm-push', ['set status disable', ...(change?.undo ?? [])]),
        verify: ['show full-configuration system ftm-push'],
        note: change
          ? `FortiOS accepts \`set status enable\` only together with a callback address, so this sets both.${change.note === undefined ? '' : ` ${change.note}`}`
          : 'FortiOS accepts this only while a callback address is set.',
      }),
      explains: ['callback-not-accepted', ...(change ? (['push-address-missing'] as const) : [])],
    };
  },
});
