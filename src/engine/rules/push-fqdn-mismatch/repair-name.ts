import type { DdnsEntry, Interface } from '../../facts/values.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { configEntry, globalFix, quoted, vdomFix } from '../shared/fix.ts';
import { wanInterfaces } from '../shared/wan-interfaces.ts';

/**
 * How to make the name follow the right interface. The FortiGate can only change an existing DDNS entry; other names
 * are managed in an external DNS.
 */
export function repairName(
  name: string,
  entry: DdnsEntry | undefined,
  interfaces: readonly Interface[] | undefined,
  context: RuleContext,
): (wan?: string) => Fix {
  return (wan) => {
    const wans = wanInterfaces(interfaces ?? []);
    const target = wan ?? (wans.length === 1 ? wans[0]?.name : undefined);
    if (!entry) {
      return vdomFix(context, 'root', {
        apply: [],
        undo: [],
        verify: [`execute ping ${name}`],
        note: `Correct the DNS record of ${name} so that it names the public address of this FortiGate${
          target === undefined ? '' : ` (${target})`
        }, or keep the name up to date with \`config system ddns\`.`,
      });
    }
    const monitor = (names: readonly string[]) => [`set monitor-interface ${names.map(quoted).join(' ')}`];
    return globalFix(context, {
      apply: configEntry('system ddns', entry.key, monitor([target ?? '<wan-interface>'])),
      undo: configEntry('system ddns', entry.key, monitor(entry.monitorInterfaces)),
      verify: ['show system ddns'],
      note: `The DNS record follows within minutes; \`execute ping ${name}\` then shows the new address.`,
    });
  };
}
