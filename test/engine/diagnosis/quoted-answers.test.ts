import { describe, expect, it } from 'vitest';
import { backupText } from '../../support/backup.ts';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const BLOCK = 'config system ftm-push\n    unset server\n    set status disable\nend';

describe('an earlier answer that somebody forwards', () => {
  it.each([
    ['Slack', `*Undo*\n\`\`\`\n${BLOCK}\n\`\`\``],
    ['the terminal', `Undo\n${BLOCK.replace(/^/gm, '  ')}`],
    ['Markdown', `## Undo\n\n\`\`\`\n${BLOCK}\n\`\`\``],
    ['mail', `> *Undo*\n> \`\`\`\n${BLOCK.replace(/^/gm, '> ')}\n> \`\`\`\n`],
  ])('is no evidence (%s)', (_form, answer) => {
    const text = `hi, this is what your bot told me last week, is that still valid?\n\n${answer}\n\nregards, marlow\n`;
    expect(rulesIn(diagnoseText(text))).toEqual([]);
  });
});

describe('a name in another letter case', () => {
  const user = (more: string) =>
    backupText({
      'user local': `    edit "marlow"\n        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"\n${more}    next`,
    });

  it('is another user, and never healthy', () => {
    const diagnosis = diagnoseText(user(''), { user: 'MARLOW' });
    expect(diagnosis.verdict).toBe('inconclusive');
    expect(diagnosis.headline).toContain('`marlow`');
  });

  it.each(['        set username-sensitivity disable\n', '        set username-case-sensitivity disable\n'])(
    'is the same user where the device says so (%s)',
    (line) => {
      expect(diagnoseText(user(line), { user: 'MARLOW' }).verdict).toBe('healthy');
    },
  );
});
