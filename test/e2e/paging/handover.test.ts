import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ANA, SUPPORT } from '../test-system.ts';
import { usePaging } from './paging-system.ts';

const paging = usePaging();

describe('handing over', () => {
  it('lists open pages, and packs what was read', async () => {
    await paging.open();
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    await paging.said(root, 'Paged, not acknowledged yet');

    await paging.system.slack.slash({ command: '/ftm-check', text: 'handover', user: ANA, channel: SUPPORT });
    const card = await paging.system.slack.until(() =>
      paging.system.slack.ephemeral(SUPPORT, ANA).find(({ text }) => text.includes('Handover')),
    );
    expect(card.text).toContain('1 open page');
    expect(card.text).toContain('next: the person on call acknowledges');

    await paging.system.slack.slash({
      command: '/ftm-check',
      text: 'bundle fgt-branch-07',
      user: ANA,
      channel: SUPPORT,
    });
    const upload = await paging.system.slack.until(() =>
      paging.system.slack
        .thread(SUPPORT, root)
        .find(({ files = [] }) => files.some(({ name }) => name.endsWith('.zip'))),
    );
    const bytes = paging.system.slack.fileBytes(upload.files?.[0]?.id ?? '');
    const files = Object.entries(unzipSync(bytes ?? new Uint8Array())).map(
      ([name, content]) => [name.split('/').slice(1).join('/'), strFromU8(content)] as const,
    );
    const byName = new Map(files);
    expect(byName.get('outputs/01-get-system-status.txt')).toContain('FortiGate');
    expect(byName.get('timeline.txt')).toContain('paged by PagerDuty (pd)');
    expect(byName.get('ticket.txt')).toContain('fgt-branch-07');
  });
});
