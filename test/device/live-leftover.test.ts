import { describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { type LiveSeen, liveCheck, OFF } from './live-fixture.ts';

function isOff({ simulator }: Pick<LiveSeen, 'simulator'>): void {
  expect(simulator.debugOn()).toEqual(OFF);
  expect(simulator.writes).toEqual([]);
}

describe('what an earlier process left', () => {
  it('is switched off before anything is read', async () => {
    const tried: boolean[] = [];
    await liveCheck(
      {
        before: (simulator) => void simulator.console().execute('diagnose debug application sslvpn -1'),
        request: { closeDebugFirst: true, onLeftover: async (isOff) => void tried.push(isOff) },
      },
      (seen) => {
        expect(tried).toEqual([true]);
        expect(seen.simulator.commands.slice(0, 6)).toEqual([
          'diagnose debug info',
          'diagnose debug disable',
          'diagnose debug info',
          'diagnose debug reset',
          'diagnose debug info',
          'get system status',
        ]);
        // Then there is nothing in the way of a window of our own.
        expect(seen.report).toMatchObject({ state: 'watched' });
        isOff(seen);
      },
    );
  });

  it('has ended by itself: then nothing is touched, since what runs is somebody else’s', async () => {
    const tried: boolean[] = [];
    await liveCheck(
      {
        before: (simulator) => void simulator.console().execute('diagnose debug application dhcps -1'),
        request: { closeDebugFirst: true, onLeftover: async (isOff) => void tried.push(isOff) },
      },
      (seen) => {
        expect(tried).toEqual([true]);
        expect(seen.debugLines).toEqual(['diagnose debug info', 'diagnose debug info']);
        expect(seen.simulator.debugOn()).toEqual(['dhcps']);
      },
    );
  });

  it('is ended alone where somebody else debugs by now', async () => {
    const tried: boolean[] = [];
    await liveCheck(
      {
        before(simulator) {
          const console = simulator.console();
          console.execute('diagnose debug application sslvpn -1');
          console.execute('diagnose debug application dhcps -1');
        },
        request: { closeDebugFirst: true, onLeftover: async (isOff) => void tried.push(isOff) },
      },
      (seen) => {
        expect(tried).toEqual([true]);
        expect(seen.simulator.debugOn()).toEqual(['dhcps']);
        // Now theirs is in the way of ours.
        expect(seen.report).toEqual({ state: 'not-opened', applications: [], commands: [] });
      },
    );
  });

  it('is found where there are VDOMs too', async () => {
    const tried: boolean[] = [];
    await liveCheck(
      {
        configText: sampleConfig('campus'),
        before(simulator) {
          const console = simulator.console();
          console.execute('config global');
          console.execute('diagnose debug application sslvpn -1');
        },
        request: { closeDebugFirst: true, onLeftover: async (isOff) => void tried.push(isOff) },
      },
      (seen) => {
        expect(tried).toEqual([true]);
        isOff(seen);
      },
    );
  });

  it('stays where the account may not switch it off, and that is said', async () => {
    const tried: boolean[] = [];
    await liveCheck(
      {
        behaviour: { diagnose: false },
        request: { closeDebugFirst: true, onLeftover: async (isOff) => void tried.push(isOff) },
      },
      () => expect(tried).toEqual([false]),
    );
  });
});
