import { ruleCode } from '../src/engine/rules/rule-code.ts';

/** The files of a new rule, by path, in the order in which the author fills them in. `TODO` marks what belongs there. */
export function newRuleFiles(
  id: string,
  number: number,
  evidence: RuleEvidence = 'backup',
): Readonly<Record<string, string>> {
  const { ending, what } = EVIDENCE[evidence];
  const folder = `src/engine/rules/${id}`;
  const todo = `# TODO: in place of this line, the smallest ${what} that`;
  return {
    [`${folder}/fixtures/broken.${ending}`]: `${todo} breaks a login in this way\n`,
    [`${folder}/fixtures/healthy.${ending}`]: `${todo} shows that all is well\n`,
    [`${folder}/fixtures/unknown.${ending}`]: `${todo} is about the same, but cannot tell\n`,
    [`${folder}/rule.ts`]: rule(id, number, evidence),
    [`${folder}/quotes.txt`]: `broken.${ending}\n  TODO: npm run check:rule ${id} writes this file\n`,
    [`test/engine/rules/${id}/closed-loop.ts`]: CLOSED_LOOP,
    [`${folder}/page.md`]: page(id, number),
  };
}

/** What shows the cause first. */
export const RULE_EVIDENCE = ['backup', 'session', 'log'] as const;
export type RuleEvidence = (typeof RULE_EVIDENCE)[number];

const EVIDENCE: Readonly<Record<RuleEvidence, { readonly ending: string; readonly what: string }>> = {
  backup: { ending: 'conf', what: 'configuration' },
  session: { ending: 'txt', what: 'CLI session, with its prompts and commands,' },
  log: { ending: 'log', what: 'debug or event log' },
};

function rule(id: string, number: number, evidence: RuleEvidence): string {
  return evidence === 'log' ? logRule(id, number) : settingRule(id, number);
}

function settingRule(id: string, number: number): string {
  return `import { broken, defineRule, healthy } from '../define-rule.ts';
import { configBlock, globalFix } from '../shared/fix.ts';

export const rule = defineRule({
  id: '${id}',
  title: 'TODO: what is wrong, in one line',
  severity: 'high', // TODO: critical (nobody gets in), high, medium or low
  hop: 'push-service', // TODO: the step of a login that breaks (src/engine/facts/hop.ts)
  number: ${number},
  forCustomer: 'TODO: the cause for somebody who knows no FortiGate; it follows “The reason is that”',
  disturbs: 'unknown', // TODO: whom the fix disturbs while it is made (Disturbed in src/engine/rules/rule.ts)
  needs: ['pushService'], // TODO: the facts that the rule cannot do without (src/engine/facts/facts.ts)
  // TODO: wants: ['…'] are facts that help and may be missing; delete this line if there are none.
  // TODO: refutedByPassing: 'callback' where a later login that passed this step refutes the finding; else delete.
  versions: 'TODO: the FortiOS versions it applies to, for example 7.2.0 and later',
  references: ['KB277343'], // TODO: where that is written; a new source gets a line in shared/references.ts
  check({ pushService }, context) {
    const { status } = pushService.value;
    // TODO: return notApplicable('…') where the rule says nothing about this device; else delete.
    const isWrong = String(status.value) === 'TODO: the value that is wrong';
    if (!isWrong) {
      return healthy('TODO: what is in order', status.quotes);
    }
    // TODO: likely or possible where the evidence does not prove it
    return broken('certain', {
      title: 'TODO: what is wrong, with the name or value that the evidence shows',
      summary: 'TODO: two to four sentences: why this breaks push, with the values that were seen',
      evidence: status.quotes,
      // TODO: lines to paste; a text where nothing can be typed on the FortiGate.
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', ['set TODO']),
        undo: configBlock('system ftm-push', ['set TODO']),
        verify: ['show full-configuration system ftm-push'],
      }),
    });
  },
});
`;
}

function logRule(id: string, number: number): string {
  return `import { broken, defineRule } from '../define-rule.ts';
import { needsLogin } from '../shared/logins.ts';

export const rule = defineRule({
  id: '${id}',
  title: 'TODO: what is wrong, in one line',
  severity: 'high', // TODO: critical (nobody gets in), high, medium or low
  hop: 'login', // TODO: the step of a login that breaks (src/engine/facts/hop.ts)
  number: ${number},
  forCustomer: 'TODO: the cause for somebody who knows no FortiGate; it follows “The reason is that”',
  disturbs: 'unknown', // TODO: whom the fix disturbs while it is made (Disturbed in src/engine/rules/rule.ts)
  needs: ['attempts'], // TODO: the facts that the rule cannot do without (src/engine/facts/facts.ts)
  versions: 'TODO: the FortiOS versions it applies to, for example all',
  references: ['KB277343'], // TODO: where that is written; a new source gets a line in shared/references.ts
  check({ attempts }) {
    const failed = attempts.value.find(({ milestones }) => milestones.loginFailed?.why === 'TODO: the line that shows it');
    const quote = failed?.milestones.loginFailed?.quote;
    if (!failed || !quote) {
      return needsLogin('TODO: what no login shows');
    }
    // TODO: likely or possible where the evidence does not prove it
    return broken('certain', {
      title: \`TODO: what stopped \${failed.user}\`,
      summary: 'TODO: two to four sentences: why this stops a login, with the values that were seen',
      evidence: [quote],
      // TODO: globalFix(…) of shared/fix.ts where lines can be typed on the FortiGate.
      fix: 'TODO: what to do instead',
    });
  },
});
`;
}

function page(id: string, number: number): string {
  return `# ${id} (${ruleCode(number)})

**Symptom.** TODO: what the user and the administrator see.

**Cause.** TODO: why this stops a push.

**Fix.** TODO: the setting to change, and what it costs.

**Evidence.** TODO: the command or log line that shows it.

**What would flip the verdict.** TODO: what the evidence would have to show for the opposite.
`;
}

const CLOSED_LOOP = `import { addressLine, type ClosedLoop } from '../../../closed-loop/toolkit.ts';

// TODO: a broken device; where no line on the FortiGate repairs it, remove this file.
export const closedLoop: ClosedLoop = {
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
