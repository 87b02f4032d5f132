import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { cutText } from '../../../src/engine/evidence/cut-text.ts';
import { looksLikeEvidence } from '../../../src/engine/evidence/looks-like-evidence.ts';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { INSTRUCTIONS, PRINTED } from './instructions.ts';

const kindsIn = (text: string) => cutText('paste', normalizeText(text).split('\n')).map(({ kind }) => kind);
const diagnose = (text: string) => diagnoseItems([{ name: 'paste', text }]);

describe('text about configuration is no configuration', () => {
  it.each(INSTRUCTIONS)('%s', (_, text) => {
    expect(kindsIn(text)).not.toContain('config');
    const { findings, verdict, hops } = diagnose(text);
    expect(findings).toEqual([]);
    expect(verdict).toBe('inconclusive');
    expect(hops.filter(({ status }) => status !== 'unknown')).toEqual([]);
    expect(looksLikeEvidence(text)).toBe(false);
  });

  it('says what it is, and what to send instead', () => {
    const { headline, looksLike } = diagnose(
      'Hi, please run\n\nconfig system ftm-push\nset status enable\nend',
    );
    expect(headline).toBe('This is text about configuration, not the configuration of a FortiGate');
    expect(looksLike).toMatchObject({ evidence: [{ line: 3, text: 'config system ftm-push' }] });
  });

  it('takes nothing from evidence beside it', () => {
    const broken =
      'fgt # show full-configuration system ftm-push\nconfig system ftm-push\n    set status disable\nend\n\nfgt # ';
    const alone = diagnose(broken).findings.map(({ rule }) => rule);
    expect(alone).toContain('push-disabled');
    for (const [, text] of INSTRUCTIONS) {
      expect(diagnose(`${broken}\n\n${text}`).findings.map(({ rule }) => rule)).toEqual(alone);
    }
  });
});

describe('what a device printed is configuration', () => {
  it.each(PRINTED)('%s', (_, text) => {
    expect(kindsIn(text)).toContain('config');
    expect(looksLikeEvidence(text)).toBe(true);
  });
});
