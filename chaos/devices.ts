import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorBehaviour } from '../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../src/stand-ins/fortigate/start-simulator.ts';
import { debugOfLogin, WREN } from '../test/fixtures/logs/debug-of-login.ts';
import { DEVICE_SECRETS } from './secrets.ts';

const DEVICE_USER = 'ftm-check';

/** Who logs in whenever debug is on. */
export const LOGGING_IN = WREN.user;

/** A name of a device that nothing else asks for, so that an alert about it is the first; and where its answer goes. */
export interface Alarm {
  readonly alias: string;
  readonly channel: string;
}

export interface Devices extends AsyncDisposable {
  readonly aliases: readonly string[];
  readonly simulators: readonly Simulator[];
  /** Everybody may ask for everything, in a direct message too. */
  inventory(alarms: readonly Alarm[], pager?: { readonly url: string }): string;
}

/** A window, its grace and the pause of the sweep, and a job that may have to try again. */
const SWEPT_WITHIN_MS = 180_000;
/** A minute of `diagnose debug duration`: what the device ends by itself would show nothing of us. */
const NEVER_MS = 3_600_000;

const NAMES = ['fgt-branch-01', 'fgt-branch-02', 'fgt-branch-03', 'fgt-branch-04', 'fgt-hq', 'fgt-campus'];

/** Look-alikes full of planted secrets, two names each. */
export async function startDevices({ areBroken = false } = {}): Promise<Devices> {
  const users = [{ name: DEVICE_USER, password: DEVICE_SECRETS.login }];
  const simulators = await Promise.all(
    [5, 15, 40].map((commandDelayMs) =>
      startSimulator({
        configText: configWithSecrets(areBroken),
        users,
        behaviour: { commandDelayMs, debug: debugWithSecrets(), debugMinuteMs: NEVER_MS },
      }),
    ),
  );
  return {
    aliases: NAMES,
    simulators,
    inventory(alarms, pager) {
      const names = [...NAMES, ...alarms.map(({ alias }) => alias)];
      const devices = names.map((name, index) => {
        const { port, fingerprints } = simulators[index % simulators.length] ?? { port: 0, fingerprints: [] };
        return `  ${name}: { address: 127.0.0.1, port: ${port}, hostKeys: ["${fingerprints[0]}"] }`;
      });
      return `
defaults:
  username: ${DEVICE_USER}
  password: { env: DEVICE_PASSWORD }
  timeouts: { connect: 5s, command: 5s, job: 30s }
  live: true
devices:
${devices.join('\n')}
access: [{ channels: ["*"], devices: ["*"] }]
escalation:
  grouping: false # the count expects a page for each device
  routes:
    team: { kind: slack, levels: [{ user: U0ONCALL }], every: 60m }
${pager === undefined ? '' : `    pager: { kind: webhook, url: "${pager.url}/page", secret: { env: HOOK_SECRET } }\n  order: [pager, team]`}
  alerts:
    channels:
${alarms.map(({ alias, channel }) => `      - { devices: [${alias}], channel: ${channel} }`).join('\n')}
    alertmanager: { token: { env: ALERTMANAGER_TOKEN } }
    pagerduty: { secret: { env: PAGERDUTY_SECRET } }
    generic: { secret: { env: HOOK_SECRET }${pager === undefined ? '' : `, pages: high, notes: "${pager.url}/notes"`} }
`;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

/**
 * Devices with a debug on: of whatever session and process, since a look-alike's debug outlives both. Waits for the
 * sweep, which comes a minute after a window should have been closed.
 */
export async function debugLeftOn(simulators: readonly Simulator[]): Promise<number> {
  const count = (): number => simulators.filter((each) => each.debugOn().length > 0).length;
  for (let waited = 0; waited < SWEPT_WITHIN_MS && count() > 0; waited += 500) await sleep(500);
  return count();
}

/** Criteria of the IKE debug that are still set, once no debug is left on. */
export function filtersLeft(simulators: readonly Simulator[]): number {
  return simulators.flatMap((each) => each.ikeFilter()).length;
}

/** How often IKE was watched. */
export function ikeOpened(simulators: readonly Simulator[]): number {
  return simulators.flatMap(({ commands }) =>
    commands.filter((line) => line === 'diagnose debug application ike -1'),
  ).length;
}

/** Without any, none left on would prove nothing. */
export function debugOpened(simulators: readonly Simulator[]): number {
  return simulators.flatMap(({ commands }) => commands.filter((line) => line === 'diagnose debug enable'))
    .length;
}

function debugWithSecrets(): NonNullable<SimulatorBehaviour['debug']> {
  const planted = { text: `[1906] dump-set secret ENC ${DEVICE_SECRETS.radius}`, afterMs: 300 };
  return { ...debugOfLogin(), fnbamd: [planted] };
}

/** `isBroken`: every administrator has trusted hosts, so that there is a finding to page about. */
function configWithSecrets(isBroken: boolean): string {
  return `${sampleConfig('branch-07')}
config user radius
    edit "planted-radius"
        set server "192.0.2.50"
        set secret ENC ${DEVICE_SECRETS.radius}
    next
end
config vpn ipsec phase1-interface
    edit "ra-staff"
        set type dynamic
        set interface "wan1"
        set ike-version 2
        set eap enable
        set peertype any
        set authusrgrp "vpn-users"
        set psksecret ENC ${DEVICE_SECRETS.radius}
    next
end
config user local
    edit "planted"
        set type password
        set passwd ENC ${DEVICE_SECRETS.local}
    next
end
config system admin
    edit "planted"
        set accprofile "super_admin"
${isBroken ? '        set trusthost1 198.51.100.0 255.255.255.0\n' : ''}        set password ENC ${DEVICE_SECRETS.admin}
    next
end
`;
}
