import { expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { corpusText, describeCorpus } from '../../support/corpus.ts';

function diagnose(path: string) {
  return diagnoseItems([{ name: path, text: corpusText(path) }]);
}

describeCorpus('the article this project starts from', () => {
  it('finds the successful login healthy, hop by hop, with the line that shows each', () => {
    const diagnosis = diagnose('kb-277343/seed_combined_success.log');
    expect(diagnosis).toMatchObject({ verdict: 'healthy', firstBrokenHop: null, findings: [] });
    expect(diagnosis.attempts).toHaveLength(1);
    expect(diagnosis.attempts[0]).toMatchObject({ user: 'salon', outcome: 'succeeded' });
    for (const hop of [...diagnosis.hops, ...(diagnosis.attempts[0]?.hops ?? [])]) {
      if (hop.id === 'tunnel') continue;
      expect(hop).toMatchObject({ status: 'ok' });
      expect(hop.evidence.length).toBeGreaterThan(0);
    }
  });

  it('hides what the push request carries', () => {
    const text = JSON.stringify(diagnose('kb-277343/seed_combined_success.log'));
    const secrets = /"(?:registration_id|sender)":"([^"]+)"/g;
    for (const [, secret] of corpusText('kb-277343/seed_combined_success.log').matchAll(secrets)) {
      expect(text).not.toContain(secret);
    }
  });

  it('finds the private address in the configuration block, and nothing else', () => {
    const diagnosis = diagnose('kb-277343/seed_ftm-push_config.conf');
    expect(diagnosis.verdict).toBe('broken');
    expect(diagnosis.findings.map((finding) => finding.rule)).toEqual(['push-address-private']);
    expect(diagnosis.findings[0]?.evidence[0]).toMatchObject({ line: 3 });
  });
});
