import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { diagnoseEvidence } from '../../../src/bot/worker/diagnose-evidence.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { packCase } from '../../../src/platform/store/packed-case.ts';

const DISABLED = 'config system ftm-push\n    set status disable\nend\nconfig firewall address\n';

function configuration(entries: number): string {
  const comment = 'a comment of many words '.repeat(10);
  const address = (at: number) =>
    `    edit "host-${at}"\n        set subnet 192.0.2.1 255.255.255.255\n        set comment "${comment}"\n    next\n`;
  return [DISABLED, ...Array.from({ length: entries }, (_, at) => address(at)), 'end\n'].join('');
}

const packedOf = (text: string) =>
  packCase({ evidence: redact([{ name: 'paste 1', text }]), focus: { readAt: 0 }, version: '1.2.3' });

it('diagnoses packed evidence as it would the text', async () => {
  const text = `${configuration(10)}# \u4e2d\n`;
  const whole = diagnose([{ name: 'paste 1', text }], { readAt: 0 });
  const read = await diagnoseEvidence(await packedOf(text), { readAt: 0 });
  expect(read).toEqual(JSON.parse(JSON.stringify(whole)));
});

it('refuses packed evidence of another form', async () => {
  const packed = gzipSync('{"some":"other"}\n').toString('base64');
  await expect(diagnoseEvidence(packed, {})).rejects.toMatchObject({ code: 'ftm_job_invalid' });
});

it('refuses what was never packed', async () => {
  await expect(diagnoseEvidence('AAAA', {})).rejects.toMatchObject({ code: 'ftm_internal' });
});

it('gives the same diagnosis of a long text as of a short one, and other work is done meanwhile', async () => {
  const text = configuration(3_200);
  expect(text.length).toBeGreaterThan(1_000_000);
  const evidence = redact([{ name: 'paste 1', text }]);
  let turns = 0;
  const tick = setInterval(() => (turns += 1), 1);
  const diagnosis = await diagnoseEvidence(evidence, { readAt: 0 });
  clearInterval(tick);
  expect(diagnosis).toEqual(diagnose(evidence, { readAt: 0 }));
  expect(turns).toBeGreaterThan(5);
});
