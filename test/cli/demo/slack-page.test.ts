import { expect, it } from 'vitest';
import { openSlackPage } from '../../../src/cli/demo/slack-page.ts';
import { startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

it('the page of the local Slack takes nothing from another site', async () => {
  const slack = await startLocalSlack();
  try {
    await using page = await openSlackPage(slack, 0);
    const body = JSON.stringify({ text: 'hello' });
    const plain = await fetch(`${page.url}say`, { method: 'POST', body });
    expect(plain.status).toBe(404);
    expect(slack.messages('C0SUPPORT')).toEqual([]);
    expect(await (await fetch(page.url)).text()).toContain('default-src &#39;none');
  } finally {
    await slack.close();
  }
});
