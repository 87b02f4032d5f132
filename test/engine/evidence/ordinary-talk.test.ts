import { expect, it } from 'vitest';
import { looksLikeEvidence } from '../../../src/engine/evidence/looks-like-evidence.ts';
import { ORDINARY_TALK } from '../../fixtures/talk/ordinary-talk.ts';

it.each(ORDINARY_TALK)('%s is no evidence, alone, as code and quoted', (_, text) => {
  for (const said of [
    text,
    `\`\`\`\n${text}\n\`\`\``,
    text.replaceAll(/^/gm, '> '),
    `Look:\n${text}\nAny idea?`,
  ]) {
    expect(looksLikeEvidence(said)).toBe(false);
  }
});
