import { describe, expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { askedBot } from './asking.ts';
import { ANA, BEN, queueDown, SUPPORT } from './bot.ts';

describe.each(sampleOf(['http', 'socket'] as const, 2, 1))(
  'forms, the device list and the Home tab, %s',
  async (mode) => {
    const { bot, runOf, toldIn, slash } = await askedBot(mode);

    it('opens a form for a command alone, and takes what is picked there once', async () => {
      const before = bot.slack.views().length;
      await slash('');
      const form = await bot.slack.until(() => bot.slack.views()[before]);
      expect(JSON.stringify(form.view)).toContain('fgt-branch-07');
      expect(JSON.stringify(form.view)).not.toContain('fgt-hq');
      const values = {
        device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-07' } } },
        user: { user: { value: ' marlow ' } },
        vdom: { vdom: { value: null } },
        live: { live: { selected_option: { value: '60' } } },
      };
      const submission = { user: ANA, viewId: form.id, values };
      const run = await runOf(() => bot.slack.submit(submission));
      expect(run).toMatchObject({
        asker: { id: ANA, name: 'Ana Ruiz' },
        replyTo: { channel: SUPPORT, team: 'T0LOCAL' },
        kind: 'check',
        alias: 'fgt-branch-07',
        user: 'marlow',
        live: 60,
      });
      const count = bot.runs.length;
      expect((await bot.slack.submit(submission)).status).toBe(200);
      await runOf(() => slash('fgt-branch-08'));
      expect(bot.runs).toHaveLength(count + 1);
    });

    it('takes what the client says, since when and its address', async () => {
      const before = bot.slack.views().length;
      await slash('');
      const form = await bot.slack.until(() => bot.slack.views()[before]);
      const values = {
        device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-07' } } },
        user: { user: { value: 'marlow' } },
        symptom: { symptom: { value: 'it stops at 48 %, my password is Hunter2Hunter2' } },
        since: { since: { selected_option: { value: '24' } } },
        vdom: { vdom: { value: null } },
        client: { client: { value: ' 203.0.113.7 ' } },
      };
      const submit = (changed: object) =>
        bot.slack.submit({ user: ANA, viewId: form.id, values: { ...values, ...changed } });
      const wrong = (block: string, value: string) => submit({ [block]: { [block]: { value } } });
      expect((await wrong('symptom', 'it does not work')).ack).toMatchObject({
        errors: { symptom: expect.stringContaining('No percentage or code') },
      });
      expect((await wrong('client', '203.0.113.7; execute reboot')).ack).toMatchObject({
        errors: { client: expect.stringContaining('An IP address') },
      });
      const run = await runOf(() => submit({}));
      expect(run).toMatchObject({
        alias: 'fgt-branch-07',
        user: 'marlow',
        details: { symptom: '48 %', sinceHours: 24, client: '203.0.113.7' },
      });
      expect(JSON.stringify(run)).not.toContain('Hunter2');
    });

    it('does not take from a form what the person may not ask for', async () => {
      const before = bot.slack.views().length;
      await slash('');
      const form = await bot.slack.until(() => bot.slack.views()[before]);
      const values = {
        device: { ftm_pick_device: { selected_option: { value: 'fgt-hq' } } },
        user: { user: { value: null } },
        vdom: { vdom: { value: null } },
      };
      const { ack } = await bot.slack.submit({ user: ANA, viewId: form.id, values });
      expect(ack).toEqual({
        response_action: 'errors',
        errors: { device: 'There is no device named fgt-hq that you may check here.' },
      });
    });

    it('says inside the form that the queue is away, and takes the form once it is back', async () => {
      const before = bot.slack.views().length;
      await slash('');
      const form = await bot.slack.until(() => bot.slack.views()[before]);
      const values = {
        device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-07' } } },
        user: { user: { value: null } },
        vdom: { vdom: { value: null } },
      };
      const submission = { user: ANA, viewId: form.id, values };
      bot.queue = () => ({ state: 'refused', error: queueDown });
      expect((await bot.slack.submit(submission)).ack).toMatchObject({
        response_action: 'errors',
        errors: { device: expect.stringMatching(/queue is not reachable.*Try again in a minute/) },
      });
      bot.queue = () => ({ state: 'queued', ahead: 0 });
      const run = await runOf(() => bot.slack.submit(submission));
      expect(run).toMatchObject({ kind: 'check', alias: 'fgt-branch-07' });
    });

    it.each([
      ['takes too long', { error: 'expired_trigger_id' }],
      ['limits the rate', { status: 429, retryAfter: 30 }],
    ])('answers with help when Slack %s and does not open the form', async (_, fault) => {
      bot.slack.failNext('views.open', fault);
      expect(await toldIn(SUPPORT, ANA, () => slash(''))).toMatch(/Check a device/);
    });

    it('finds devices while somebody types', async () => {
      await bot.slack.openHome(ANA);
      const home = await bot.slack.until(() => bot.slack.home(ANA));
      const before = bot.slack.views().length;
      await bot.slack.pressInView({
        user: ANA,
        viewId: home.id,
        action: { type: 'button', action_id: 'ftm_open_check', block_id: 'b' },
      });
      const form = await bot.slack.until(() => bot.slack.views()[before]);
      expect(JSON.stringify(form.view)).toContain('conversations_select');
      const found = await bot.slack.suggest({
        user: ANA,
        viewId: form.id,
        actionId: 'ftm_pick_device',
        value: '-08',
      });
      expect(found).toMatchObject({ status: 200, ack: { options: [{ value: 'fgt-branch-08' }] } });
      const others = { user: BEN, viewId: form.id, actionId: 'ftm_pick_device', value: '' };
      expect(await bot.slack.suggest(others)).toMatchObject({ ack: { options: [] } });

      const values = {
        device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-08' } } },
        user: { user: { value: null } },
        vdom: { vdom: { value: null } },
        channel: { channel: { selected_conversation: SUPPORT } },
      };
      const run = await runOf(() => bot.slack.submit({ user: ANA, viewId: form.id, values }));
      expect(run.replyTo).toMatchObject({ channel: SUPPORT });
    });

    it('shows a Home tab that tells nothing to who may nothing', async () => {
      await bot.slack.openHome(BEN);
      const home = JSON.stringify((await bot.slack.until(() => bot.slack.home(BEN))).view);
      expect(home).toContain('opens a form');
      expect(home).not.toContain('fgt-');
      await bot.slack.openHome(ANA);
      expect(JSON.stringify((await bot.slack.until(() => bot.slack.home(ANA))).view)).toContain(
        'fgt-branch-07',
      );
    });

    it('has kept every limit of messages and views', () => {
      expect(bot.slack.violations()).toEqual([]);
    });
  },
);
