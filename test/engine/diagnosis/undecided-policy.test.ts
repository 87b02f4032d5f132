import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

/** A whole configuration in order but for what a local-in policy may do. */
function backup(policies: string): string {
  return `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
config system global
    set hostname "fgt-a"
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping ftm
        set role wan
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
        set vdom "root"
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
config firewall address
    edit "home"
        set type geography
        set country "ES"
    next
end
${policies}config router static
end
config router multicast
end
`;
}

function policy(id: number, source: string, action: string): string {
  return `    edit ${id}\n        set intf "wan1"\n        set srcaddr "${source}"\n        set dstaddr "all"\n        set action ${action}\n        set service "ALL"\n        set schedule "always"\n    next\n`;
}

it.each([
  [
    'accepts phones of one country and denies the others',
    policy(1, 'home', 'accept') + policy(2, 'all', 'deny'),
  ],
  ['denies phones of one country', policy(1, 'home', 'deny')],
])('a case is never healthy where a policy %s', (_what, policies) => {
  const diagnoseText = (text: string) => diagnose([{ name: 'backup.conf', text }]);
  const table = `config firewall local-in-policy\n${policies}end\n`;
  const reasons = (text: string) => JSON.stringify(diagnoseText(text).headline);
  expect(diagnoseText(backup(table)).verdict).toBe('inconclusive');
  expect(reasons(backup(table))).toContain('local-in policy 1');
  expect(reasons(backup(''))).not.toContain('local-in policy');
});
