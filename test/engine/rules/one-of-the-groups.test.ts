import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const TEST = `fgt # diagnose test authserver ldap DC-9 wren secret
authenticate 'wren' against 'DC-9' succeeded!
Group membership(s) - CN=Crew,OU=Groups,DC=heron,DC=example
                      CN=Domain Users,CN=Users,DC=heron,DC=example
fgt # show user group
config user group
    edit "vpn"
        set member "DC-9"
        config match
            edit 1
                set server-name "DC-9"
                set group-name "CN=Pilots,OU=Groups,DC=heron,DC=example"
            next
            edit 2
                set server-name "DC-9"
                set group-name "CN=Board,OU=Groups,DC=heron,DC=example"
            next
        end
    next
end
fgt # `;

it('a user has to join one of several groups, not all', () => {
  const [first] = diagnoseText(TEST).findings;
  expect(first?.rule).toBe('ldap-group-mismatch');
  expect(first?.title).toBe('wren is not in CN=Pilots or CN=Board, the LDAP groups that vpn asks for');
  expect(first?.fix.note).toContain(
    'Add wren to `CN=Pilots,OU=Groups,DC=heron,DC=example` or `CN=Board,OU=Groups,DC=heron,DC=example` in the directory (one is enough)',
  );
  expect(first?.fix.note).toContain('Please add the account to the one that suits');
});
