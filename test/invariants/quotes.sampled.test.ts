import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import { sampleOf } from '../support/amount.ts';
import { checks, type Example, fixtures } from './cases.ts';
import { unfounded } from './quotes.ts';

function unfoundedIn({ items, focus }: Example): readonly string[] {
  const evidence = redact(items);
  return unfounded(diagnose(evidence, focus), evidence);
}

describe('every step that is fine and every healthy rule quotes lines of the evidence', () => {
  // A sample has every twelfth fixture.
  it.each(sampleOf(fixtures(), 20, 3))('$name', (example) => {
    expect(unfoundedIn(example)).toEqual([]);
  });

  it('of every closed-loop device', async () => {
    const found = (await checks(2)).flatMap((example) =>
      unfoundedIn(example).map((what) => `${example.name}: ${what}`),
    );
    expect(found).toEqual([]);
  });
});
