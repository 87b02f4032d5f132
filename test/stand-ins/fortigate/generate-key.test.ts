import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';

it('every key can be read back', () => {
  for (let n = 0; n < 600; n += 1) {
    const key = generateKey();
    expect(ssh2.utils.parseKey(key.private)).not.toBeInstanceOf(Error);
    expect(ssh2.utils.parseKey(key.public)).not.toBeInstanceOf(Error);
  }
});
