import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnosisSchema } from '../../../src/engine/diagnosis/diagnosis.ts';
import { openQuestions } from '../../../src/engine/diagnosis/open-questions.ts';
import { getRule } from '../../../src/engine/rules/all-rules.ts';

function diagnose(text: string, focus = {}) {
  return diagnoseItems([{ name: 'paste', text }], focus);
}

const HEALTHY = `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
config system global
    set hostname "FGT-EDGE"
    set admin-sport 8443
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https ftm
        set role wan
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
config router multicast
end
`;
const TRUSTED = HEALTHY.replace(
  'set accprofile',
  'set trusthost1 10.0.0.0 255.0.0.0\n        set accprofile',
);

describe('verdict', () => {
  it.each([
    ['a whole configuration in order', HEALTHY, 'healthy'],
    ['one with a broken rule', TRUSTED, 'broken'],
    ['part of one', 'config system dns\n    set primary 192.0.2.53\nend\n', 'inconclusive'],
    ['another text', 'Dear team, the push does not work. Kind regards', 'inconclusive'],
    ['nothing', '', 'inconclusive'],
  ])('%s: %s', (_name, text, verdict) => {
    const diagnosis = diagnose(text);
    expect(diagnosis.verdict).toBe(verdict);
    expect(diagnosisSchema.safeParse(diagnosis).success).toBe(true);
  });

  it('is the same, byte for byte, for the same evidence', () => {
    expect(JSON.stringify(diagnose(TRUSTED))).toBe(JSON.stringify(diagnose(TRUSTED)));
  });
});

describe('scorecard', () => {
  it('marks the first broken step and what it keeps from happening', () => {
    const diagnosis = diagnose(TRUSTED);
    const status = Object.fromEntries(diagnosis.hops.map((hop) => [hop.id, hop.status]));
    expect(diagnosis.firstBrokenHop).toBe('callback');
    expect(status).toMatchObject({
      'push-service': 'ok',
      callback: 'broken',
      tls: 'not-reached',
      approval: 'not-reached',
      authorisation: 'not-reached',
    });
  });

  it('does not claim steps that a configuration cannot show', () => {
    const status = Object.fromEntries(diagnose(HEALTHY).hops.map((hop) => [hop.id, hop.status]));
    expect(status).toMatchObject({ 'push-request': 'unknown', notification: 'unknown', approval: 'unknown' });
  });
});

describe('findings', () => {
  const text = TRUSTED.replace('status enable', 'status disable')
    .replace(' ftm\n', '\n')
    .replace(
      'config router',
      'config user local\n    edit "marlow"\n        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"\n    next\nend\nconfig router',
    );

  it('begin with the one that moves the first broken step', () => {
    const rules = diagnose(text).findings.map((finding) => finding.rule);
    expect(rules[0]).toBe('push-disabled');
    expect(rules).toEqual(
      expect.arrayContaining(['wan-ftm-access-missing', 'admin-trusthost-blocks-callback']),
    );
  });

  it('are rules whose check says broken, and no others', () => {
    const diagnosis = diagnose(text);
    const broken = diagnosis.checks.filter((check) => check.verdict === 'broken').map((check) => check.rule);
    expect(diagnosis.findings.map((finding) => finding.rule).sort()).toEqual(broken.sort());
  });

  it('explain a dropped packet rather than repeat it', () => {
    const flow =
      'id=20085 trace_id=1 func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 0, drop"\n';
    const finding = diagnoseItems([
      { name: 'flow', text: flow },
      { name: 'backup', text: TRUSTED },
    ]).findings.find((each) => each.rule === 'callback-not-accepted');
    expect(finding?.explainedBy).toBe('admin-trusthost-blocks-callback');
  });
});

describe('missing', () => {
  it('gives the lines to type in the scope of the device', () => {
    const multi =
      'Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\nVirtual domain configuration: multiple\nno push arrives\n';
    const missing = diagnose(multi).missing.find((each) => each.rule === 'push-disabled');
    expect(missing?.commands).toEqual(['config global', 'show full-configuration system ftm-push', 'end']);
  });

  it('asks for a login where only a login can tell', () => {
    const missing = diagnose(HEALTHY).missing.find((each) => each.rule === 'push-denied-by-user');
    expect(missing?.commands).toContain('diagnose debug application ftm-push -1');
    expect(missing?.commands.slice(-2)).toEqual(['diagnose debug disable', 'diagnose debug reset']);
  });
});

describe('what the reader is asked for', () => {
  it('nothing that the device has answered in this check', () => {
    const commands = (focus: object) => diagnose(HEALTHY, focus).missing.flatMap((each) => each.commands);
    expect(commands({ alias: 'fgt-branch-07' })).not.toContain('show system interface');
    expect(commands({ alias: 'fgt-branch-07' })).toContain('execute ping push.fortinet.com');
  });

  it('nothing that a whole configuration has answered, but what a pasted piece may not hold', () => {
    const commands = (text: string) => diagnose(text).missing.flatMap((each) => each.commands);
    expect(commands(HEALTHY)).not.toContain('show system interface');
    const piece = HEALTHY.replace(/^#config-version.*\n/, '');
    expect(piece).not.toBe(HEALTHY);
    expect(commands(piece)).toContain('show system interface');
  });

  it('nothing behind a step that a finding explains', () => {
    expect(openQuestions(diagnose(TRUSTED)).map((each) => getRule(each.rule)?.hop)).not.toContain('approval');
    expect(openQuestions(diagnose(TRUSTED)).map((each) => getRule(each.rule)?.hop)).not.toContain('callback');
  });

  it('the causes of a refusal that a log shows and does not explain', () => {
    const flow = [
      'id=65308 trace_id=21 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.66:4433) tun_id=0.0.0.0 from wan1. flag [S], seq 2870211, ack 0, win 65535"',
      'id=65308 trace_id=21 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"',
    ];
    const diagnosis = diagnose(flow.join('\n'));
    expect(diagnosis.findings.map(({ rule }) => rule)).toEqual(['callback-not-accepted']);
    expect(openQuestions(diagnosis).map(({ rule }) => rule)).toContain('admin-trusthost-blocks-callback');
  });

  it('all that could move an undecided step, while nothing is decided', () => {
    const hops = openQuestions(
      diagnose('no push arrives\nconfig user radius\n    edit "wren"\n    next\nend\n'),
    ).map((each) => getRule(each.rule)?.hop);
    expect(hops).toEqual(expect.arrayContaining(['push-service', 'callback', 'approval']));
  });
});
