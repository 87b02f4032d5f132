import { expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { diagnoseEvidence } from '../../src/worker/diagnose-evidence.ts';

it('gives the same diagnosis of a long text as of a short one, which takes another way', async () => {
  const address = (at: number) =>
    `    edit "host-${at}"\n        set subnet 192.0.2.1 255.255.255.255\n    next\n`;
  const text = [
    'config system ftm-push\n    set status disable\nend\nconfig firewall address\n',
    ...Array.from({ length: 20_000 }, (_, at) => address(at)),
    'end\n',
  ].join('');
  expect(text.length).toBeGreaterThan(1_000_000);
  const evidence = redactCase([{ name: 'paste 1', text }]);
  expect(await diagnoseEvidence(evidence, { readAt: 0 })).toEqual(diagnoseCase(evidence, { readAt: 0 }));
});
