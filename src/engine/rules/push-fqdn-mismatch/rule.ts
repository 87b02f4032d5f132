import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { DdnsEntry } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import type { HostLookup } from '../../facts/values.ts';
import { isIpAddress, isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, LONGER_TIMER, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { configEntry, globalFix, quoteValue, vdomFix } from '../shared/fix.ts';
import { pushAddress } from '../shared/push-address.ts';
import { holdsPublicAddress, listAddresses, wanInterfaces } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'push-fqdn-mismatch',
  title: 'The callback name does not resolve to this FortiGate',
  severity: 'critical',
  hop: 'callback',
  number: 15,
  forCustomer: 'the name that phones connect to resolves to a wrong address',
  disturbs: 'nobody: only push',
  stops: 'every user with push',
  place: 'in the name in `server`, which does not lead phones to this FortiGate',
  answers: [
    [
      CHANGE_BROKE_IT,
      'Yes, if the name or its address was part of it: phones connect to what the name resolves to.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      'change',
      'The FortiGate has to be changed if it updates the DNS record (`config system ddns`); else the record is corrected where it is kept.',
    ],
    ['which-address', 'The name in `server` needs the public address of the interface that accepts `ftm`.'],
    ['risk', 'All that uses this name follows the changed record, VPN clients too.'],
    ['who', 'Every phone gets the same name, so every user with push is concerned.'],
    ['duration', 'A changed DNS record is known everywhere once its time to live has run out.'],
    [
      'verify',
      'A lookup of the name on mobile data shows it: the address has to be the public one of this FortiGate.',
    ],
    [
      'elsewhere',
      'A name can have another address inside than outside: each phone asks the DNS server of its own network.',
    ],
    ['prevent', 'A record that `config system ddns` keeps follows the WAN address by itself.'],
    [
      'own-change',
      'A new line or a moved name changes where the name leads, with a FortiGate that did not change.',
    ],
    [
      'where',
      'The record is changed where the domain is kept, or by `config system ddns`; the name is in `server` of `config system ftm-push`.',
    ],
    ['choice', 'The name needs the public address of the interface that accepts `ftm`.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: [
        'pushSettings|serverField hostName',
        'resolves publicAddress|hostName / hostName publicAddress / resolves old',
        'approve|request|phone',
      ],
      or: [
        ['pushSettings|serverField hostName', 'resolves publicAddress|old', 'approve'],
        ['pushSettings|serverField hostName', 'resolves not', APPROVE_VOID],
      ],
      not: ['pushHost'],
      title: 'The name in `server` of push leads to another address than that of the FortiGate',
      fix: 'Look with `execute ping <the name in server>` which address the name has, and compare it with that of the WAN interface. Correct the DNS record, or the DDNS client that should update it (`show system ddns`). Phones use the new address as soon as the record is known everywhere.',
    },
  ],
  needs: ['pushService'],
  wants: ['interfaces', 'liveAddresses', 'ddns', 'hostLookups', 'pushServerLookup'],
  versions: '6.4.10 and later (before, the address could not be a name)',
  references: ['KB277343', 'KB195578'],
  refutedByPassing: 'callback',
  check(facts, context) {
    const address = pushAddress(facts.pushService.value, context);
    if (address?.field !== 'server' || isIpAddress(address.setting.value)) {
      return notApplicable('the callback address is not a name');
    }
    const name = address.setting.value;
    const interfaces = valueIfKnown(facts.interfaces);
    const same = (other: string) => other.toLowerCase() === name.toLowerCase();
    const entry = valueIfKnown(facts.ddns)?.find((each) => same(each.domain));
    const fix = repairName(name, entry, interfaces, context);

    const lookup = valueIfKnown(facts.hostLookups)?.find((each) => same(each.name));
    if (lookup) {
      const dnsWorks = valueIfKnown(facts.pushServerLookup)?.resolved;
      const judged = judgeLookup(lookup, interfaces, valueIfKnown(facts.liveAddresses), dnsWorks, fix);
      if (judged) return judged;
    }
    if (entry && interfaces) {
      const judged = judgeDdns(name, entry, interfaces, address.setting.quotes, fix);
      if (judged) return judged;
    }
    return leaveOpen(name, lookup);
  },
});

/** A dynamic DNS entry names the interface that it follows; this should be an interface where the phone is accepted. */
function judgeDdns(
  name: string,
  entry: FactValues['ddns'][number],
  interfaces: readonly Interface[],
  quotes: readonly Quote[],
  fix: ReturnType<typeof repairName>,
): Judgement | undefined {
  const monitored = interfaces.filter((each) => entry.monitorInterfaces.includes(each.name));
  const [first] = monitored;
  if (!first) return undefined;
  const open = interfaces.filter((each) => each.allowaccess.value.includes('ftm'));
  const wans = wanInterfaces(interfaces);
  if (monitored.some((each) => open.includes(each)) || monitored.some((each) => wans.includes(each))) {
    const onlyElsewhere =
      open.some((each) => wans.includes(each)) && !monitored.some((each) => open.includes(each));
    if (!onlyElsewhere) {
      return healthy(`DDNS points ${name} to the address of ${first.name}`, quotes);
    }
  }
  const expected =
    open.find((each) => wans.includes(each)) ?? open[0] ?? (wans.length === 1 ? wans[0] : undefined);
  if (!expected) return undefined;
  return broken('likely', {
    title: `DDNS points the callback name ${name} to ${first.name}, not to ${expected.name}`,
    summary: `DDNS updates ${name} with the address of ${first.name}. The phone’s answer is expected on ${expected.name}${
      open.includes(expected) ? ', the interface that accepts `ftm`' : ', the only WAN interface'
    }. The phone therefore connects to an address where nothing listens, and the login times out.`,
    evidence: [...quotes, ...first.allowaccess.quotes, ...expected.allowaccess.quotes],
    fix: fix(expected.name),
  });
}

function leaveOpen(name: string, lookup: HostLookup | undefined): Judgement {
  return undecided({
    reason: lookup
      ? `${name} resolves to ${lookup.address ?? 'no address'}, and the evidence does not show every address this FortiGate can be reached at`
      : `the evidence does not show what ${name} resolves to`,
    need: `the address that ${name} resolves to (\`execute ping ${name}\`), and the addresses of the WAN interfaces`,
    commands: ['ddns', 'interface-addresses'],
  });
}

/**
 * How to make the name follow the right interface. The FortiGate can only change an existing DDNS entry; other names
 * are managed in an external DNS.
 */
function repairName(
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
    const monitor = (names: readonly string[]) => [
      `set monitor-interface ${names.map(quoteValue).join(' ')}`,
    ];
    return globalFix(context, {
      apply: configEntry('system ddns', entry.key, monitor([target ?? '<wan-interface>'])),
      undo: configEntry('system ddns', entry.key, monitor(entry.monitorInterfaces)),
      verify: ['show system ddns'],
      note: `The DNS record follows within minutes; \`execute ping ${name}\` then shows the new address.`,
    });
  };
}

/** What the resolved address proves; `undefined` if it proves nothing about this FortiGate. */
function judgeLookup(
  lookup: HostLookup,
  interfaces: readonly Interface[] | undefined,
  live: FactValues['liveAddresses'] | undefined,
  dnsWorks: boolean | undefined,
  fix: (wan?: string) => Fix,
): Judgement | undefined {
  const { name, address } = lookup;
  const report = (title: string, summary: string): Judgement =>
    broken('likely', {
      title,
      summary,
      evidence: lookup.quotes,
      fix: fix(),
    });

  if (address === undefined) {
    // If the FortiGate resolves no names at all, its DNS is the cause (push-dns-failure), and phones use a different
    // one.
    if (dnsWorks === false) return undefined;
    return report(
      `The callback name ${name} does not resolve`,
      `The FortiGate could not resolve ${name}, the callback address of \`system ftm-push\`. If the phone cannot resolve the name either, it cannot send its answer, and the login times out.`,
    );
  }
  if (isPrivateAddress(address)) {
    return report(
      `The callback name ${name} resolves to a private address`,
      `${name} resolves to ${address}, a private address. If phones outside get the same answer, they cannot reach it, and the login times out. With split DNS (another answer outside than inside) this is harmless.`,
    );
  }
  if (!interfaces) return undefined;
  const owner = interfaces.find((each) => listAddresses(each, live).includes(address));
  if (owner) {
    return healthy(`${name} resolves to ${address}, which ${owner.name} holds`, lookup.quotes);
  }
  const wans = wanInterfaces(interfaces);
  const unseen = (wans.length > 0 ? wans : interfaces).some((each) => listAddresses(each, live).length === 0);
  const behindNat = !interfaces.some((each) => holdsPublicAddress(each, live));
  if (unseen || behindNat) return undefined;
  const held = interfaces
    .filter((each) => holdsPublicAddress(each, live))
    .map((each) => `${each.name} ${listAddresses(each, live).find((one) => !isPrivateAddress(one))}`);
  return report(
    `The callback name ${name} resolves to an address that this FortiGate does not have`,
    `${name} resolves to ${address}. No interface has that address; the public addresses are ${held.join(', ')}. The phone’s answer goes to another device and the login times out, unless a device in front forwards ${address} to this FortiGate.`,
  );
}
