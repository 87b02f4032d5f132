import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../../src/platform/audit/audit-trail.ts';
import { until } from '../../support/until.ts';
import { buttonIn } from '../button-in.ts';
import { ANA, BEN, LOCKED, SUPPORT } from '../test-system.ts';
import { incidentEvent, usePaging } from './paging-system.ts';

const paging = usePaging();

describe('from the button to the end', () => {
  it('asks first, pages, shows the provider’s news, and resolves', async () => {
    const audited: object[] = [];
    await paging.open('', { audit: { ...NO_AUDIT, record: (event) => void audited.push(event) } });
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    const form = await paging.system.slack.until(() => paging.system.slack.views().at(-1));
    const asked = JSON.stringify(form.view);
    expect(asked).toContain('PagerDuty (pd)');
    expect(asked).toContain('<!subteam^S0ONCALL>, then <@U0BEN>');
    expect(asked).toContain('fgt-branch-07');
    expect(paging.pagerDuty.received).toEqual([]);

    await paging.sendForm('nobody at the branch can work; password is Sommer2026!');
    await paging.said(root, 'Paged, not acknowledged yet');
    expect(paging.pagerDuty.incidents).toMatchObject([{ status: 'triggered', triggers: 1 }]);
    const key = paging.pagerDuty.incidents[0]?.key;
    const { slack, log } = paging.system;
    const told = JSON.stringify([paging.pagerDuty.received, slack.thread(SUPPORT, root), log]);
    expect(told).toContain('nobody at the branch can work');
    expect(told).not.toContain('Sommer2026!');

    const sender = 'Tess Engineer, password is Sommer2026!';
    const news = incidentEvent('incident.acknowledged', { incident_key: key }, sender);
    expect(await paging.tellHook(news)).toBe(200);
    const status = await paging.said(root, 'Acknowledged by Tess Engineer');
    expect(JSON.stringify([slack.thread(SUPPORT, root), log])).not.toContain('Sommer2026!');
    await paging.press(status, 'Resolved', BEN);
    await paging.said(root, `Resolved by <@${BEN}>`);
    await until(() => paging.pagerDuty.incidents[0]?.status === 'resolved', 'it is resolved there too');
    expect(audited).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ event: 'person.acted', verb: 'page', way: 'form' }),
        expect.objectContaining({ event: 'person.acted', verb: 'acknowledge', way: 'pagerduty', about: key }),
        expect.objectContaining({ event: 'person.acted', verb: 'resolve', way: 'button' }),
      ]) as object[],
    );
    expect(JSON.stringify(audited)).not.toContain('Sommer2026!');
    expect(paging.system.slack.violations()).toEqual([]);
  });

  it('does not page twice, and says where the page is', async () => {
    await paging.open();
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    await paging.said(root, 'Paged, not acknowledged yet');
    await paging.system.slack.slash({
      command: '/ftm-check',
      text: 'escalate FGT-Branch-07',
      user: ANA,
      channel: SUPPORT,
    });
    const second = await paging.system.slack.until(() => paging.system.slack.views().at(1));
    expect(JSON.stringify(second.view)).toContain('On-call is already paged about this');
    await paging.sendForm('now a second branch');
    await paging.said(root, 'now a second branch');
    expect(paging.pagerDuty.incidents).toHaveLength(1);
  });

  it('by name: tells who may not ask for a device the same, whether it was ever checked or not', async () => {
    await paging.open();
    const ask = async (word: string) => {
      const told = paging.system.slack.ephemeral(LOCKED, BEN).length;
      const text = `${word} fgt-branch-07`;
      await paging.system.slack.slash({ command: '/ftm-check', text, user: BEN, channel: LOCKED });
      return (await paging.system.slack.until(() => paging.system.slack.ephemeral(LOCKED, BEN)[told])).text;
    };
    const before = [await ask('escalate'), await ask('bundle')];
    await paging.system.check();
    await paging.system.answered({ alias: 'fgt-branch-07' });
    expect([await ask('escalate'), await ask('bundle')]).toEqual(before);
    for (const words of before) expect(words).toContain('that you may check here');
  });

  it('goes to the levels in Slack when the provider refuses', async () => {
    await paging.open();
    paging.pagerDuty.always({ status: 400, body: { message: 'Invalid routing key' } });
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    const call = await paging.said(root, '<!subteam^S0ONCALL> is needed');
    await paging.said(root, 'PagerDuty (pd) did not accept the page');
    await paging.press(call, 'I am on it', BEN);
    await paging.said(root, `Acknowledged by <@${BEN}>`);
  });

  it('pages as the guide says about the first page', async () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/how-to/alerts.md'), 'utf8');
    const [, escalation = ''] = /```yaml\nescalation:\n([\s\S]*?)```/.exec(guide) ?? [];
    await paging.start({ userGroups: { S012ONCALL: [BEN] }, escalation });
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    const { id: channel } = paging.system.slack.workspace.directMessage(BEN);
    const page = await paging.system.slack.until(() => paging.system.slack.messages(channel)[0]);
    expect(JSON.stringify(page.blocks)).toContain('*Fix*');
    await paging.system.slack.action({
      user: BEN,
      channel,
      ts: page.ts,
      action: buttonIn(page, 'I am on it'),
    });
    await paging.said(root, `Acknowledged by <@${BEN}>`);
  });

  it('sends the people of the group a direct message, whose button acknowledges', async () => {
    await paging.open('  order: [team]');
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    const { id: channel } = paging.system.slack.workspace.directMessage(BEN);
    const page = await paging.system.slack.until(() => paging.system.slack.messages(channel)[0]);
    const action = buttonIn(page, 'I am on it');
    await paging.system.slack.action({ user: BEN, channel, ts: page.ts, action });
    await paging.said(root, `Acknowledged by <@${BEN}>`);
    expect(paging.system.slack.messages(channel)).toHaveLength(1);
  });
});
