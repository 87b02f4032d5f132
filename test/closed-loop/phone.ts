import { provision } from '../../src/stand-ins/fortigate/tokens.ts';
import type { TestDevice } from './loop.ts';

const HOUR = 3_600_000;

/** Time passes on the device. */
export function wait(hours: number, { clock }: TestDevice): void {
  clock.now = new Date(clock.now.getTime() + hours * HOUR);
}

/** The user scans the activation message in the FortiToken app, which takes it only while it is valid. */
export function activate(serial: string, device: TestDevice): void {
  const { state, clock } = device;
  const table = state.block(scopeOf(device), 'user fortitoken');
  if (!table) throw new Error('a device without tokens');
  const entries = table.entries.map((entry) => {
    const expires = entry.settings.find((each) => each.name === 'activation-expire')?.values[0];
    if (entry.key !== serial || Number(expires) * 1000 <= clock.now.getTime()) return entry;
    const kept = entry.settings.filter((each) => !each.name.startsWith('activation-'));
    const registration = {
      verb: 'set',
      name: 'reg-id',
      values: ['new-phone'],
      line: 0,
      text: 'set reg-id "new-phone"',
    } as const;
    return { ...entry, settings: [...kept, registration] };
  });
  state.replace({ ...table, entries });
}

/** An administrator sends the activation message for another phone. */
export function sendMessage(serial: string, device: TestDevice): void {
  provision(device.state, scopeOf(device), serial, device.clock.now);
}

function scopeOf({ state, vdom }: TestDevice) {
  return state.multiVdom ? ({ kind: 'vdom', name: vdom } as const) : ({ kind: 'none' } as const);
}
