import { describe, expect, it } from 'vitest';
import type { Diagnosis, LiveSummary } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { liveLine } from '../../../../src/report/documents/answer/answer.ts';
import { renderSlack } from '../../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK } from '../../fixtures.ts';

const OFF = ['diagnose debug disable', 'diagnose debug reset'];
const APPLICATIONS = ['fnbamd', 'sslvpn', 'ftm-push'];
const watched = (more: Partial<LiveSummary>): LiveSummary => ({
  state: 'watched',
  ended: 'time',
  seconds: 60,
  lines: 1240,
  applications: APPLICATIONS,
  commands: [],
  ...more,
});
const LEFT_ON: LiveSummary = { state: 'left-on', applications: [], commands: OFF };
const withLive = (live: LiveSummary): Diagnosis => ({ ...DEVICE_CHECK, live });

describe('what became of watching a login', () => {
  it.each<[LiveSummary | undefined, string]>([
    [undefined, ''],
    [watched({}), 'Watched for 60 s: 1,240 lines of fnbamd, sslvpn and ftm-push. Debug is off again.'],
    [watched({ lines: 0 }), 'Nobody logged in in 60 s. Debug is off again.'],
    [
      watched({ ended: 'login', seconds: 12, lines: 1 }),
      'Watched for 12 s, until the login was seen: 1 line of fnbamd, sslvpn and ftm-push. Debug is off again.',
    ],
    [
      watched({ ended: 'flood', seconds: 2 }),
      'Stopped after 2 s, because the device printed too much: 1,240 lines of fnbamd, sslvpn and ftm-push. Debug is off again.',
    ],
    [
      watched({ ended: 'session-lost', seconds: 9 }),
      'The session was lost after 9 s, and a second one switched debug off: 1,240 lines of fnbamd, sslvpn and ftm-push. Debug is off again.',
    ],
    [
      { state: 'not-opened', reason: 'The device is busy.', applications: [], commands: [] },
      'No login was watched: The device is busy.',
    ],
    [
      watched({ others: ['dhcps', 'flow'] }),
      'Watched for 60 s: 1,240 lines of fnbamd, sslvpn and ftm-push. Debug is off again, except for dhcps and flow, which another session switched on meanwhile.',
    ],
    [
      LEFT_ON,
      'Debug may still be on: ftm-check could not switch it off. Run this on the device, with VDOMs in `config global`:',
    ],
  ])('%j', (live, line) => {
    expect(liveLine(live)).toBe(line);
  });

  it('stands after the cause in a terminal, in Slack, and in the text of a notification', () => {
    const diagnosis = withLive(watched({}));
    const words = 'Watched for 60 s: 1,240 lines';
    const shown = renderText(diagnosis);
    expect(shown.indexOf(words)).toBeGreaterThan(shown.indexOf('Cause (certain)'));
    const { text, blocks } = renderSlack(diagnosis);
    expect(text.indexOf(words)).toBeGreaterThan(text.indexOf('*Cause*'));
    expect(JSON.stringify(blocks)).toContain(words);
  });

  it('a debug that may still be on: the lines to type stand there', () => {
    const diagnosis = withLive(LEFT_ON);
    const { text, blocks } = renderSlack(diagnosis);
    for (const shown of [renderText(diagnosis), text, JSON.stringify(blocks)]) {
      expect(shown).toContain('Debug may still be on');
      for (const line of OFF) expect(shown).toContain(line);
    }
    expect(text).toContain(`\`\`\`\n${OFF.join('\n')}\n\`\`\``);
  });

  it('a reason that a device made up cannot ping anybody', () => {
    const reason = 'The device answered: <!channel> *x* \u001b[31m';
    const diagnosis = withLive({ state: 'not-opened', reason, applications: [], commands: [] });
    const { text, blocks } = renderSlack(diagnosis);
    expect(`${text}${JSON.stringify(blocks)}`).not.toContain('<!channel>');
    expect(renderText(diagnosis)).not.toContain('\u001b');
  });
});
