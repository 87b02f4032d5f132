import type { ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { atLeast, type FortiosVersion } from '../../engine/fortios/version.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import type { DeviceState } from './device-state.ts';

/** The rights of one administrator, and their scope. */
export interface Rights {
  readonly get: boolean;
  readonly show: boolean;
  readonly diagnose: boolean;
  readonly execute: boolean;
  /** To enter `config global`, `config vdom` or any other block. */
  readonly config: boolean;
  /** To change the content of a block. */
  readonly write: boolean;
  readonly privilege: '#' | '$';
  /** The account belongs to this VDOM. */
  readonly vdom?: string;
}

const ALL: Rights = {
  get: true,
  show: true,
  diagnose: true,
  execute: true,
  config: true,
  write: true,
  privilege: '#',
};

/**
 * The rights of a user: those of the administrator of that name in the configuration, and all rights for any other
 * name. `behaviour` can only remove rights.
 */
export function getRights(
  user: string | undefined,
  state: DeviceState,
  behaviour: SimulatorBehaviour,
): Rights {
  const scope: ConfigScope = state.multiVdom ? { kind: 'global' } : { kind: 'none' };
  const admin = state.block(scope, 'system admin')?.entries.find((each) => each.key === user);
  const own = admin ? rightsOfAdmin(admin, state, scope) : ALL;
  const vdom = behaviour.vdomAdmin ?? own.vdom;
  return {
    ...own,
    diagnose: own.diagnose && behaviour.diagnose !== false,
    config: own.config && behaviour.config !== false,
    privilege: behaviour.privilege ?? own.privilege,
    vdom,
  };
}

function rightsOfAdmin(admin: ConfigEntry, state: DeviceState, scope: ConfigScope): Rights {
  const name = word(admin, 'accprofile') ?? '';
  const profile = state.block(scope, 'system accprofile')?.entries.find((each) => each.key === name);
  const whole = name.startsWith('super_admin') || (profile && word(profile, 'scope') === 'global');
  const vdom = state.multiVdom && !whole ? word(admin, 'vdom') : undefined;
  if (name === 'super_admin') return ALL;
  if (name === 'prof_admin') return { ...ALL, vdom };
  if (name === 'super_admin_readonly') {
    return { ...ALL, diagnose: atLeast(state.version, '6.4.0'), write: false, privilege: '$' };
  }
  const writes = profile?.settings.some((each) => each.values[0] === 'read-write') === true;
  return { ...ALL, ...commandRights(profile, writes, state.version), write: writes, privilege: '$', vdom };
}

/**
 * Before 6.4 a read-only account has no `diagnose`; from 6.4 `system-diagnostics` of the profile decides; from 7.4.2
 * every family of commands has a separate right, and none by default (release notes 7.4.2).
 */
function commandRights(
  profile: ConfigEntry | undefined,
  writes: boolean,
  version: FortiosVersion,
): Partial<Rights> {
  if (!atLeast(version, '6.4.0')) return { diagnose: writes };
  const says = (name: string) => profile && word(profile, name);
  if (!atLeast(version, '7.4.2')) return { diagnose: says('system-diagnostics') !== 'disable' };
  const given = (name: string) => says(`cli-${name}`) === 'enable';
  return {
    get: given('get'),
    show: given('show'),
    diagnose: given('diagnose'),
    execute: given('exec'),
    config: given('config'),
  };
}

function word(entry: ConfigEntry, name: string): string | undefined {
  return entry.settings.findLast((each) => each.name === name)?.values[0];
}
