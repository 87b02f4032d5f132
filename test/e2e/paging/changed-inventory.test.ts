import { describe, expect, it } from 'vitest';
import { until } from '../../support/until.ts';
import { ANA, BEN, SUPPORT } from '../test-system.ts';
import { usePaging } from './paging-system.ts';

const paging = usePaging();

describe('a changed inventory', () => {
  it('is followed without a restart: ways, policies and ways in', async () => {
    await paging.open('  order: [pd]');
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    const event = JSON.stringify({});
    const hook = async (name: string) =>
      (await fetch(`${paging.system.url}/hooks/${name}`, { method: 'POST', body: event })).status;
    expect([await hook('pagerduty'), await hook('generic')]).toEqual([401, 404]);
    paging.system.changeInventory({
      escalation: `
  routes:
    team: { kind: slack, levels: [{ user: ${BEN} }] }
  alerts: { channels: [{ devices: ["*"], channel: ${SUPPORT} }], generic: { secret: { env: PD } } }
`,
    });
    expect([await hook('pagerduty'), await hook('generic')]).toEqual([404, 401]);
    await paging.press(answer, 'Escalate');
    const form = await paging.system.slack.until(() => paging.system.slack.views().at(-1));
    expect(JSON.stringify(form.view)).toContain('Slack (team)');
    expect(JSON.stringify(form.view)).not.toContain('PagerDuty');
    await paging.sendForm('all of them');
    await paging.said(root, `<@${BEN}>`);
    expect(paging.pagerDuty.received).toEqual([]);
  });

  it('that names nobody to page any more lets open pages go on as they were', async () => {
    await paging.open('  order: [pd]');
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('all of them');
    const status = await paging.said(root, 'Paged, not acknowledged yet');
    await paging.press(answer, 'Escalate');
    await paging.system.slack.until(() => paging.system.slack.views().length === 2);
    paging.system.changeInventory({ escalation: undefined });
    // A form that was open before, the button, and the command.
    await paging.sendForm('all of them, still');
    await paging.press(answer, 'Escalate');
    await paging.system.slack.slash({ command: '/ftm-check', text: 'escalate', user: ANA, channel: SUPPORT });
    const refused = () =>
      paging.system.slack
        .ephemeral(SUPPORT, ANA)
        .filter(({ text }) => text.includes('Paging is not set up here'));
    await paging.system.slack.until(() => refused().length === 3);
    expect(paging.system.slack.views()).toHaveLength(2);
    await paging.press(status, 'Resolved', BEN);
    await until(() => paging.pagerDuty.incidents[0]?.status === 'resolved', 'it is resolved there too');
    expect(paging.pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });
});
