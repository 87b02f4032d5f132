import { defineRule } from '../define-rule.ts';
import { configBlock, globalFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';

export const pushDisabled = defineRule({
  id: 'push-disabled',
  title: 'The push service is switched off',
  severity: 'critical',
  needs: ['pushService'],
  versions: 'all with `ftm-push` (6.0 and later)',
  references: [REFERENCES.SEED, REFERENCES.KB195578],
  check({ pushService }, context) {
    const { status } = pushService.value;
    if (status.value === 'enable') {
      return { verdict: 'healthy', reason: 'the push service is on', evidence: status.quotes };
    }
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: 'The FortiGate does not send pushes: its push service is switched off',
      summary: `\`system ftm-push\` is ${status.explicit ? 'set to' : 'at its default,'} \`status disable\`. The user sees the token box and can type a code, but no push is ever requested and the phone stays silent.`,
      evidence: status.quotes,
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', ['set status enable']),
        undo: configBlock('system ftm-push', ['set status disable']),
        verify: ['show full-configuration system ftm-push'],
        note: 'FortiOS accepts this only when a callback address is set as well.',
      }),
    };
  },
});
