import PQueue from 'p-queue';
import { createCollector } from '../../device/create-collector.ts';
import { toSections } from '../../engine/evidence/sections.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { valueIfKnown } from '../../engine/facts/fact.ts';
import { readFacts } from '../../engine/facts/read-facts.ts';
import { parseSystemStatus } from '../../engine/fortios/output/system-status.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { asFtmError } from '../process/explain-error.ts';
import { type CheckResult, failedResult, result } from '../terminal/check-result.ts';
import type { Io } from '../terminal/io.ts';

/** Some devices at once: a slow device delays the others less, and they do not all log in at the same time. */
const CONCURRENCY = 4;

/** Signs in to each device once and reads its version and administrators only. Results are in inventory order. */
export async function checkDevices({ devices }: Inventory, io: Io): Promise<readonly CheckResult[]> {
  const line = new PQueue({ concurrency: CONCURRENCY });
  return await line.addAll([...devices.values()].map((device) => () => checkSignIn(device, io)));
}

async function checkSignIn(device: Device, io: Io): Promise<CheckResult> {
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, io.env) });
  try {
    const items = await collect({ device, commands: ['administrators'], signal: io.signal });
    const { model, version } = parseSystemStatus(items[0]?.text.split('\n') ?? []);
    const found = [model?.value, version && `FortiOS ${version.value}`].filter(Boolean).join(', ');
    const detail = `${device.alias}: signed in as ${device.username}; ${found}`;
    if (!hasNoTrustedHost(device, items)) return result('device', true, detail);
    return {
      ...result('device', true, `${detail}\n${withoutTrustedHost(device)}`),
      isWarning: true,
    };
  } catch (thrown) {
    return failedResult('device', asFtmError(thrown));
  }
}

function hasNoTrustedHost({ username }: Device, items: readonly EvidenceItem[]): boolean {
  const { administrators } = readFacts(items.flatMap((item) => toSections(item))).facts;
  const account = valueIfKnown(administrators)?.find(({ name }) => name === username);
  return account?.trustedHosts.value.length === 0;
}

function withoutTrustedHost({ username }: Device): string {
  return (
    `${username} has no trusted host: it can sign in from everywhere. If every other administrator has some, it alone ` +
    'opens the login pages to every source and hides a cause of failing push.\n' +
    `Set \`trusthost1\` of ${username} to the address of the bot (\`ftm-check account --trusted-host\` prints it).`
  );
}
