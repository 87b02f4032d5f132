import { describe, expect, it } from 'vitest';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { sampleOf } from '../support/amount.ts';
import { ALL, CALLED_FOR, check } from './device-fixture.ts';

/** A device on which a question about one user reads every table of logins. */
const CONFIG = `${sampleConfig('branch-07').replace(/^config (?:firewall policy|vpn ssl settings|user (?:local|group))\n[\s\S]*?^end$/gm, '')}
config user local
    edit "marlow"
        set passwd-policy "strict"
    next
end
config user password-policy
    edit "strict"
        set expire-days 90
    next
end
config user ldap
    edit "dc01"
        set server "192.0.2.30"
        set password ENC AAAA
    next
end
config user saml
    edit "entra"
        set idp-entity-id "https://idp.example.net"
    next
end
config user peer
    edit "pc"
        set ca "example-root"
    next
end
config user group
    edit "vpn-users"
        set member "marlow" "dc01" "entra" "pc"
    next
end
config firewall address
    edit "vpn-pool"
        set type iprange
        set start-ip 10.212.134.200
        set end-ip 10.212.134.210
    next
end
config vpn ssl web portal
    edit "full-access"
        set tunnel-mode enable
        set ip-pools "vpn-pool"
    next
end
config vpn ssl web realm
    edit "staff"
    next
end
config vpn ssl settings
    set source-interface "wan1"
    set tunnel-ip-pools "vpn-pool"
    config authentication-rule
        edit 1
            set groups "vpn-users"
            set portal "full-access"
            set realm "staff"
        next
    end
end
config vpn ipsec phase1-interface
    edit "ra-staff"
        set type dynamic
        set interface "wan1"
        set ipv4-start-ip 10.99.3.1
        set ipv4-end-ip 10.99.3.50
    next
end
config firewall policy
    edit 1
        set srcintf "ssl.root"
        set groups "vpn-users"
        set comments "set users are not meant"
    next
    edit 2
        set srcintf "internal"
    next
end
`;
const LOG =
  '2 logs found.\n2 logs returned.\n\n1: date=2026-01-07 time=14:12:00 tz="+0100" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" action="ssl-login-fail" user="marlow" reason="sslvpn_login_unknown_user"';
const SESSIONS = [
  'SSL-VPN Login Users:',
  ' Index   User    Group   Auth Type      Timeout         Auth-Timeout    From     HTTP in/out    HTTPS in/out    Two-factor Auth',
  ' 0       wren   vpn-users   1(1)             189    28625    203.0.113.5       0/0     0/0     0',
  '',
  'SSL-VPN sessions:',
  ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP ',
  ' 0       wren   vpn-users   203.0.113.5         175     27388/14075    10.212.134.200',
].join('\n');
const TUNNELS =
  "'ra-staff_0' 203.0.113.6:4500  selectors(total,up): 1/1  rx(pkt,err): 25/0  tx(pkt,err): 5/0\n'ra-staff_1' 203.0.113.7:4500  selectors(total,up): 1/1  rx(pkt,err): 2/0  tx(pkt,err): 1/0";
const POOL = 'show firewall address vpn-pool';
const NEW: readonly CommandId[] = [
  'ldap',
  'saml',
  'password-policies',
  'ssl-portals',
  'peers',
  'policies',
  'ssl-sessions',
  'ipsec-tunnels',
  'event-log',
];
const SHORT = commandSpec('policies').short ?? '';
const clock = () => new Date('2026-01-07T14:30:09Z');

async function read(behaviour: SimulatorBehaviour): Promise<readonly EvidenceItem[]> {
  let read: readonly EvidenceItem[] = [];
  const outputs = {
    'execute log display': LOG,
    'get vpn ssl monitor': SESSIONS,
    'get vpn ipsec tunnel summary': TUNNELS,
  };
  const request = { commands: [...ALL, ...CALLED_FOR, 'event-log' as const] };
  await check(
    { configText: CONFIG, outputs, behaviour: { ...behaviour, clock }, request },
    ({ items, simulator }) => {
      read = items;
      expect(simulator.writes).toEqual([]);
    },
  );
  return read;
}

let calm: Promise<readonly EvidenceItem[]> | undefined;
/** From a device that does nothing unusual; read once for all tests. */
const readCalmly = () => (calm ??= read({}));

const textsOf = (items: readonly EvidenceItem[]) =>
  new Map(items.filter(({ failure }) => !failure).map(({ command, text }) => [command, text]));

describe.concurrent('reads of logins', () => {
  it('are all read, each once', async () => {
    const texts = textsOf(await readCalmly());
    expect(NEW.filter((id) => !texts.has(commandSpec(id).text))).toEqual([]);
    expect(texts.get('show firewall policy')).not.toContain('edit 2');
    expect(texts.get(POOL)).toContain('set end-ip 10.212.134.210');
    expect(texts.get('execute log display')).toMatch(/^1: date=.*marlow/);
  });

  it.each<[string, SimulatorBehaviour]>([
    ['arrive in single bytes', { chunkBytes: 1 }],
    ['come slowly', { trickleMs: 1, chunkBytes: 64 }],
    ['lose the first character of a command', { eatFirstChar: true }],
    [
      'come with a message of a daemon behind the prompt',
      { asyncLine: { text: 'System file integrity init check failed!', when: 'after-prompt' } },
    ],
    [
      'come with a message of a daemon before the echo',
      { asyncLine: { text: 'logout all admin users', when: 'before-echo' } },
    ],
    ['lose the session at the table of policies', { dropAfterCommand: SHORT, drops: 1 }],
    ['lose the session at the log', { dropAfterCommand: 'execute log display', drops: 1 }],
    [
      'lose the session at a line that chooses the log',
      { dropAfterCommand: 'execute log filter category 1', drops: 1 },
    ],
    ['lose the session at the sessions', { dropAfterCommand: 'get vpn ssl monitor', drops: 1 }],
    ['lose the session behind the directories', { dropAfterPrompt: 'show user ldap', drops: 1 }],
  ])('are the same where they %s', async (_what, behaviour) => {
    const [expected, found] = [textsOf(await readCalmly()), textsOf(await read(behaviour))];
    for (const text of [...NEW.map((id) => commandSpec(id).text), POOL])
      expect([text, found.get(text)]).toEqual([text, expected.get(text)]);
  });

  it.each(sampleOf([1, 2, 3], 3, 0))(
    'are right or not used, with messages everywhere; seed %i',
    async (seed) => {
      const expected = textsOf(await readCalmly());
      for (const kind of ['known', 'foreign'] as const) {
        const found = textsOf(await read({ noise: { seed, every: 6, kind, limit: 12 } }));
        for (const [command, text] of found) {
          const id = NEW.find((each) => commandSpec(each).text === command);
          // A log has no form by which a message of a daemon could be told from it: its lines count alone.
          if (id === 'event-log') continue;
          if (id !== undefined) expect([command, text]).toEqual([command, expected.get(command)]);
        }
      }
    },
  );

  it.each([
    ['show user ldap', 'not-permitted'],
    ['show vpn ssl web portal', 'not-permitted'],
    ['show firewall policy', 'not-permitted'],
    ['get vpn ssl monitor', 'not-permitted'],
    ['get vpn ipsec tunnel summary', 'not-permitted'],
    ['execute log display', 'not-permitted'],
  ])('say that %s was refused, and go on', async (denied, kind) => {
    const items = await read({ denied: [denied, ...(denied.endsWith('policy') ? [SHORT] : [])] });
    const item = items.find(({ command }) => command === denied);
    expect(item?.failure?.kind).toBe(kind);
    const others = NEW.map((id) => commandSpec(id).text).filter((text) => text !== denied);
    const read_ = textsOf(items);
    // Where the directories are not read, the tables behind them are asked all the same.
    expect(others.filter((text) => !read_.has(text))).toEqual([]);
  });
});
