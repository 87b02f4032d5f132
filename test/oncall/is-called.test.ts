import { expect, it } from 'vitest';
import type { Escalation } from '../../src/oncall/core/escalation.ts';
import { isCalled } from '../../src/oncall/pager.ts';

const MEMBERS = { S0NETOPS: ['U0WREN', 'U0PLOVER'] } as Readonly<Record<string, readonly string[]>>;
const thread = {
  async members(group: string) {
    const value = MEMBERS[group];
    return value === undefined
      ? ({ kind: 'refused', reason: 'no such group' } as const)
      : ({ kind: 'done', value } as const);
  },
};

function escalation(parts: Partial<Escalation>): Escalation {
  return { history: [], outbox: [], thread: { channel: 'C0SUPPORT', ts: '1.0' }, ...parts } as Escalation;
}
const entry = (what: Escalation['history'][number]['what'], whom: string) => ({ at: 0, what, whom });

it.each([
  ['a level with this person', escalation({ history: [entry('called', '<@U0WREN>')] }), true],
  ['a level with another person', escalation({ history: [entry('called', '<@U0WRENX>')] }), false],
  ['a user group with this person', escalation({ history: [entry('paged', '<!subteam^S0NETOPS>')] }), true],
  ['a user group that is gone', escalation({ history: [entry('paged', '<!subteam^S0GONE>')] }), false],
  ['a person who was not reached', escalation({ history: [entry('not-reached', '<@U0WREN>')] }), false],
  ['a person who acknowledged', escalation({ history: [entry('acknowledged', '<@U0WREN>')] }), false],
  ['the person whose it is', escalation({ assignee: 'U0WREN' }), true],
  ['a provider that names a person', escalation({ history: [entry('paged', 'U0WREN at PagerDuty')] }), false],
])('knows whom an escalation called: %s', async (_, called, expected) => {
  expect(await isCalled(called, 'U0WREN', thread)).toBe(expected);
});
