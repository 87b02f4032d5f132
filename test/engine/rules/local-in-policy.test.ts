import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const PUSH = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';
const WAN =
  'config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ftm\n        set role wan\n    next\nend\n';

function policy(id: string, intf: string) {
  return `config firewall local-in-policy\n    edit ${id}\n        set intf ${intf}\n        set srcaddr "all"\n        set dstaddr "all"\n        set service "ALL"\n        set schedule "always"\n    next\nend\n`;
}

function service(name: string, ports: string) {
  return `config firewall service custom\n    edit "${name}"\n        set tcp-portrange ${ports}\n    next\nend\n`;
}

function applyOf(text: string) {
  const { findings } = diagnose([{ name: 'paste', text: PUSH + WAN + text }]);
  const [first] = findings;
  expect(first?.rule).toBe('local-in-policy-denies');
  return {
    apply: first?.fix.apply.map((line) => line.trim()),
    undo: first?.fix.undo.map((line) => line.trim()),
  };
}

it.each([
  ['a free id', policy('7', '"wan1"'), 'edit 4433', 'move 4433 before 7'],
  ['an id that is taken', policy('4433', '"wan1"'), 'edit 4434', 'move 4434 before 4433'],
])('the new policy gets %s', (_name, text, edit, move) => {
  const { apply } = applyOf(text);
  expect(apply).toContain(edit);
  expect(apply).toContain(move);
});

it.each([
  ['of several, the one that the phone reaches', '"port9" "wan1"', 'set intf "wan1"'],
  ['instead of any, the one that the phone reaches', '"any"', 'set intf "wan1"'],
])('it names %s', (_name, intf, line) => {
  expect(applyOf(policy('7', intf)).apply).toContain(line);
});

it('keeps a service of that name that already is right, and does not change one that is not', () => {
  const right = applyOf(service('FTM-4433', '4433') + policy('7', '"wan1"'));
  expect(right.apply).not.toContain('config firewall service custom');
  expect(right.undo).not.toContain('delete "FTM-4433"');
  const other = applyOf(service('FTM-4433', '9999') + policy('7', '"wan1"'));
  expect(other.apply).toContain('edit "FTM-4433-2"');
  expect(other.undo).not.toContain('delete "FTM-4433"');
});

describe('a policy above that would accept the phone’s answer', () => {
  const session = (end: string) => `fgt # show firewall local-in-policy
config firewall local-in-policy
    edit 7
        set intf "wan1"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set service "FTM"
        set schedule "till-june"
    next
    edit 8
        set intf "wan1"
        set srcaddr "all"
        set dstaddr "all"
        set service "ALL"
        set schedule "always"
    next
end

fgt # show firewall schedule onetime
config firewall schedule onetime
    edit "till-june"
        set start 08:00 2026/01/01
        set end 08:00 ${end}
    next
end

fgt # show firewall service custom
config firewall service custom
    edit "FTM"
        set tcp-portrange 4433
    next
end

fgt # show system ftm-push
config system ftm-push
    set server "198.51.100.7"
    set status enable
end

fgt # show system interface
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.7 255.255.255.248
        set allowaccess ping https ftm
        set role wan
    next
end

fgt # get system status
Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)
Virtual domain configuration: disable
System time: Thu Nov 26 10:15:32 2026

fgt #
`;

  it('is named where its schedule has ended', () => {
    const [finding] = diagnoseText(session('2026/06/30')).findings;
    expect(finding?.title).toBe(
      'Local-in policy 8 drops the phone’s answer: schedule `till-june` of policy 7 does not apply now',
    );
    expect(finding?.evidence.map((quote) => quote.text)).toContain('edit 7');
  });

  it('accepts it while its schedule applies', () => {
    const rules = rulesIn(diagnoseText(session('2027/06/30')));
    expect(rules).not.toContain('local-in-policy-denies');
  });
});

it('a flow whose first line stands behind the sender of a chat shows the phone’s packet', () => {
  const [finding] = diagnoseText(
    [
      '[11:03, 06/03/2026] Wren Office: id=20085 trace_id=7 func=print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 203.0.113.88:40112->198.51.100.61:4433) from wan1. flag [S], seq 1190034411, ack 0, win 65535"',
      'id=20085 trace_id=7 func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 3, drop"',
    ].join('\n'),
  ).findings;
  expect(finding).toMatchObject({ rule: 'local-in-policy-denies', confidence: 'certain' });
});
