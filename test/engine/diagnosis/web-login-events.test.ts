import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const event = (id: string, time: string, fields: string) =>
  `date=2026-03-02 time=${time} logid="01010${id}" type="event" subtype="vpn" level="information" vd="root" remip=203.0.113.40 user="wren" group="crew" ${fields}`;
const LOGIN = event(
  '39424',
  '09:05:40',
  'logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-web" reason="login successfully"',
);
const TUNNEL = event(
  '39947',
  '09:05:41',
  'logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelip=10.212.134.203 reason="tunnel established"',
);
const REFUSED = event(
  '39426',
  '09:04:10',
  'logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" reason="sslvpn_login_permission_denied"',
);
const tunnelOf = ({ attempts }: ReturnType<typeof diagnoseText>) =>
  attempts.at(-1)?.hops.find(({ id }) => id === 'tunnel')?.status;

describe('event 39424, the login of a browser or of FortiClient', () => {
  it('shows no tunnel', () => {
    const diagnosis = diagnoseText(LOGIN);
    expect(diagnosis.attempts).toMatchObject([{ user: 'wren', outcome: 'succeeded' }]);
    expect(tunnelOf(diagnosis)).toBe('unknown');
    expect(diagnosis.headline).toBe('wren got in: the event log shows the login, and no tunnel after it');
  });

  it('shows it together with event 39947, also where somebody else complains', () => {
    const diagnosis = diagnoseText(`heron is stuck at 98 %, FortiClient hangs at 98 %\n${LOGIN}\n${TUNNEL}`);
    expect(diagnosis.attempts).toMatchObject([{ user: 'wren', outcome: 'succeeded' }]);
    expect(tunnelOf(diagnosis)).toBe('ok');
  });

  it.each([
    'FortiClient of wren stops at 80 %',
    'Der Client hängt bei 98%.',
    'I get to 98% and then nothing',
    'Seit 9 Uhr kommt bei uns keiner mehr rein, wer drin ist bleibt drin',
    'niemand kommt rein',
    'since this morning nobody gets in',
    'wren cannot log in, the password is right',
    '"Unable to establish the VPN connection."',
    '(no 39947 after it)',
    'Login geht, aber kein Tunnel',
  ])('is no success against the words of a person: %s', (words) => {
    const diagnosis = diagnoseText(`${words}\n\n${LOGIN}\n`);
    expect(diagnosis).toMatchObject({ verdict: 'inconclusive', findings: [] });
    expect(diagnosis.attempts).toMatchObject([{ user: 'wren', outcome: 'incomplete' }]);
    expect(tunnelOf(diagnosis)).toBe('unknown');
    expect(diagnosis.headline).toBe(
      'The FortiGate accepted the login of wren; the log shows no tunnel after it',
    );
    expect(JSON.stringify(diagnosis.missing)).not.toContain('ftm-push');
  });

  it.each(['the portal has no tunnel-mode at all?', 'In der Gruppe ist niemand mehr.'])(
    'is one beside other words: %s',
    (words) => {
      expect(diagnoseText(`${words}\n\n${LOGIN}\n`).attempts).toMatchObject([{ outcome: 'succeeded' }]);
    },
  );

  it('resolves an earlier refusal of the same user', () => {
    const { findings } = diagnoseText(`FortiClient hangs at 98 %\n\n${REFUSED}\n${LOGIN}\n`);
    expect(findings).toEqual([]);
  });
});
