/**
 * The files of a new rule, by path in its folder, in the order in which the author fills them in. `TODO` marks what
 * belongs there.
 */
export function newRuleFiles(id: string, number: number): Readonly<Record<string, string>> {
  return {
    'fixtures/broken.conf': `${TODO_FIXTURE} breaks push in this way\n`,
    'fixtures/healthy.conf': `${TODO_FIXTURE} shows that all is well\n`,
    'fixtures/unknown.conf': `${TODO_FIXTURE} is about the same, but cannot tell\n`,
    'rule.ts': rule(id, number),
    'quotes.txt': `broken.conf\n  TODO: npx vitest run test/engine/rules/fixtures.test.ts -u -t ${id}\n`,
    'closed-loop.ts': CLOSED_LOOP,
    'page.md': page(id, number),
  };
}

const TODO_FIXTURE = '# TODO: in place of this line, the smallest configuration, output or log that';

function rule(id: string, number: number): string {
  return `import { defineRule } from '../define-rule.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { REFERENCES } from '../shared/references.ts';

export const rule = defineRule({
  id: '${id}',
  title: 'TODO: what is wrong, in one line',
  severity: 'high', // TODO: critical (nobody gets in by push), high, medium or low
  hop: 'push-service', // TODO: the step of a login that breaks (src/engine/facts/hop.ts)
  number: ${number},
  forCustomer: 'TODO: the cause for somebody who knows no FortiGate; it follows “The reason is that”',
  needs: ['pushService'], // TODO: the facts that the rule cannot do without (src/engine/facts/facts.ts)
  // TODO: wants: ['…'] are facts that help and may be missing; delete this line if there are none.
  // TODO: refutedByPassing: 'callback' where a later login that passed this step refutes the finding; else delete.
  versions: 'TODO: the FortiOS versions it applies to, for example 7.2.0 and later',
  references: [REFERENCES.KB277343], // TODO: where that is written; a new source gets a line in that file
  check({ pushService }, context) {
    const { status } = pushService.value;
    // TODO: return { verdict: 'not-applicable', reason: '…' } where the rule says nothing about this device; else delete.
    const isWrong = String(status.value) === 'TODO: the value that is wrong';
    if (!isWrong) {
      return { verdict: 'healthy', reason: 'TODO: what is in order', evidence: status.quotes };
    }
    return {
      verdict: 'broken',
      confidence: 'certain', // TODO: likely or possible where the evidence does not prove it
      title: 'TODO: what is wrong, with the name or value that the evidence shows',
      summary: 'TODO: two to four sentences: why this breaks push, with the values that were seen',
      evidence: status.quotes,
      // TODO: lines to paste; \`noCliFix('…')\` of the same file where nothing can be typed on the FortiGate.
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', ['set TODO']),
        undo: configBlock('system ftm-push', ['set TODO']),
        verify: ['show full-configuration system ftm-push'],
      }),
    };
  },
});
`;
}

function page(id: string, number: number): string {
  return `# ${id} (RC${String(number).padStart(2, '0')})

**Symptom.** TODO: what the user and the administrator see.

**Cause.** TODO: why this stops a push.

**Fix.** TODO: the setting to change, and what it costs.

**Evidence.** TODO: the command or log line that shows it.

**What would flip the verdict.** TODO: what the evidence would have to show for the opposite.
`;
}

const CLOSED_LOOP = `import { addressLine, type ClosedLoop } from '../../../test/closed-loop/toolkit.ts';

// TODO: where no line on the FortiGate repairs it, \`{ kind: 'no-cli-fix', why: '…' }\` instead.
export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  // TODO: \`since: { release: '7.4.1', why: '…' }\` where older releases do not have the setting.
  scenarios: [
    {
      name: 'TODO: how this device is broken',
      // TODO: the sections that differ from a device on which push works (test/closed-loop/device.ts).
      broken: (version) => ({ 'system ftm-push': [addressLine(version), 'set status enable'] }),
    },
  ],
};
`;
