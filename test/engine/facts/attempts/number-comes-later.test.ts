import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../../support/diagnose-text.ts';

const ike = (text: string) => `2026-03-02 09:14:02.110021 ike V=root:0:${text}`;
const RESULT = ike('crew_3:771: XAUTH 991120 result FNBAM_SUCCESS');
const ACCEPTED = ike('crew_3: XAUTH succeeded for user "marlow" group "crew" 2FA=no');
const NO_ADDRESS = ike('crew_3:771: mode-cfg could not allocate IPv4 address');

it.each([
  ['with the result before it', [RESULT, ACCEPTED, NO_ADDRESS]],
  ['with nothing before it', [ACCEPTED, NO_ADDRESS]],
  [
    'of EAP',
    [
      ike("crew: user 'marlow' authenticated group 'crew' 1"),
      ike('crew:283: mode-cfg could not allocate IPv4 address'),
    ],
  ],
])('a log that begins at the accepted password, %s, shows the missing address', (_what, lines) => {
  const diagnosis = diagnoseText(lines.join('\n'));
  expect(rulesIn(diagnosis)).toContain('ike-pool-exhausted');
  expect(diagnosis.verdict).toBe('broken');
});

it.each([
  ['an end of mode-cfg', ['crew_3: connection expiring due to mode-cfg failure'], 'inconclusive'],
  ['no address of IPv6', ['crew_3:771: mode-cfg could not allocate IPv6 address'], 'healthy'],
  [
    'no address of IPv6, but a tunnel',
    [
      'crew_3:771: mode-cfg could not allocate IPv6 address',
      'crew_3:771: added IPsec SA: SPIs=ab817b6f/5af43511',
    ],
    'healthy',
  ],
  ['no address for another client', ['crew_4:772: mode-cfg could not allocate IPv4 address'], undefined],
])('an accepted login followed by %s', (_what, lines, verdict) => {
  const diagnosis = diagnoseText([RESULT, ACCEPTED, ...lines.map(ike)].join('\n'));
  if (verdict !== undefined) expect(diagnosis.verdict).toBe(verdict);
  const marlow = diagnosis.attempts?.find(({ user }) => user === 'marlow');
  expect(marlow?.outcome).toBe(verdict === 'inconclusive' ? 'failed' : 'succeeded');
});
