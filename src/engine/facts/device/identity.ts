import type { Section } from '../../evidence/types.ts';
import { parseSystemStatus } from '../../fortios/output/system-status.ts';
import { type FortiosVersion, formatVersion, parseVersion } from '../../fortios/version.ts';
import type { ConfigView } from '../config/config-view.ts';
import { quoteAt } from '../config/quote-output.ts';
import { agree, type Claim, latestPerSource, notSeen } from '../config/reading.ts';
import { wordSetting } from '../config/setting.ts';
import { RELEASE } from '../described/stated-values.ts';
import { type Fact, known } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { DeviceIdentity } from '../values.ts';
import { readShownClock } from './device-outputs.ts';
import { nameOrigins } from './several-devices.ts';

/** Filtered with `| grep …`, it still prints whole lines. */
const STATUS = /^get system status(?: ?\| ?grep\b|$)/;

/** `07:38 it says "Version: FortiGate-200F v7.6.3,build3510,250415 (GA.F)"` */
const VERSION_LINE = /\bVersion: Forti[\w-]{1,60} v(\d+\.\d+\.\d+,build\d{3,5})/;

type SystemStatus = ReturnType<typeof parseSystemStatus>;

/** Version, VDOM mode and names, from `get system status` and from the header of a backup. */
export function readIdentity(
  view: ConfigView,
): Pick<Facts, 'version' | 'vdomMode' | 'device' | 'systemTime'> {
  const statuses = view.sections
    .filter(({ kind, command = '', failure }) => kind === 'output' && !failure && STATUS.test(command))
    .map((section) => ({ section, status: parseSystemStatus(section.lines) }));

  const originOf = nameOrigins(view.sections);
  const versions: Claim<FortiosVersion>[] = [];
  const modes: Claim<'single' | 'multi'>[] = [];
  const devices: Claim<DeviceIdentity>[] = [];
  const times: Claim<number>[] = [];
  for (const { section, status } of statuses) {
    const quote = (index: number | undefined) => (index === undefined ? [] : [quoteAt(section, index)]);
    const source = originOf(section);
    const version = status.version && parseVersion(status.version.value);
    if (version) versions.push({ source, value: version, quotes: quote(status.version?.index) });
    const mode = status.vdomConfiguration;
    if (mode) {
      const value = mode.value === 'disable' ? 'single' : 'multi';
      modes.push({ source, value, quotes: quote(mode.index) });
    }
    const time = status.systemTime;
    if (time) times.push({ source, value: time.value, quotes: quote(time.index) });
    const identity = toIdentity(status);
    if (Object.values(identity).some((value) => value !== undefined)) {
      devices.push({ source, value: identity, quotes: quote(status.version?.index) });
    }
  }
  for (const placed of view.documents) {
    const { header, vdoms } = placed.document;
    const source = placed.origin;
    const version = header && parseVersion(header.version);
    if (header && version)
      versions.push({ source, value: withoutBuild(version), quotes: [placed.quote(header)] });
    if (header) {
      const value = header.multiVdom || vdoms.length > 0 ? 'multi' : 'single';
      modes.push({ source, value, quotes: [placed.quote(header)] });
    }
  }
  if (versions.length === 0) versions.push(...quotedVersions(view.sections, originOf));
  if (versions.length === 0) versions.push(...saidVersions(view.sections, originOf));
  // A status or a header states it; otherwise a session's prompts show it.
  const inUse = modesInUse(view, originOf);
  const stated = [modes, inUse, modesSaid(view.sections, originOf)].find((claims) => claims.length > 0) ?? [];
  return {
    version: agree(latestPerSource(versions).map(plainVersion), 'the FortiOS version', () =>
      notSeen('version', view.sections),
    ),
    vdomMode: agree(latestPerSource(stated), 'VDOMs being in use', () => notSeen('vdomMode', view.sections)),
    device: firstDevice(devices, view) ?? notSeen('device', view.sections),
    systemTime: lastTime(times) ?? readShownClock(view.sections) ?? notSeen('systemTime', view.sections),
  };
}

/** The line of `get system status` inside a sentence, where all such lines name one release. */
function quotedVersions(
  sections: readonly Section[],
  originOf: (section: Section) => string,
): readonly Claim<FortiosVersion>[] {
  const printed = sections.filter(({ kind }) => kind === 'other' || kind === 'output');
  const claims = claimVersions(printed, originOf, (line) => VERSION_LINE.exec(line)?.[1]);
  return new Set(claims.map(({ value }) => formatVersion(value))).size === 1 ? claims : [];
}

/** `FortiGate 60F en 7.0.15`, `a 100F on 7.0.15`, `FGT-200F 7.0.14, single VDOM`, `our FortiGate 100F runs FortiOS 7.4.8` */
const SAID_VERSION =
  /\b(?:(?:FortiGate|FGT)[- ]?\d{2,4}[A-Z]{0,2}|\d{2,4}[EFG]),?(?: \(| (?:on|with|running|runs|is on|en|mit|auf|con|sous))? ?(?:FortiOS )?v?([67]\.\d\.\d{1,2})(?![\d.]*\d|,build|\s*(?:->|→|\+|(?:to|or|and later|and newer|nach|bis|oder|à|ou)\b))/i;
/** `we plan FortiGate-60F v7.6.3 for May`: the release of another day. */
const OF_ANOTHER_DAY =
  /\b(?:plan\w*|want|will|would|should|until|next|soon|tested|lab|geplant|wollen|werden|sollen|bis)\b/i;

/** A person names model and release, and the words beside the evidence name no other release. */
function saidVersions(
  sections: readonly Section[],
  originOf: (section: Section) => string,
): readonly Claim<FortiosVersion>[] {
  const others = sections.filter(({ kind }) => kind === 'other');
  // Another release in the text may be that of before or after an upgrade.
  const named = others.flatMap(({ lines }) =>
    lines.flatMap((line) => line.slice(0, 600).match(RELEASE) ?? []),
  );
  if (new Set(named).size !== 1) return [];
  return claimVersions(others, originOf, (line) => {
    const text = line.slice(0, 600);
    return OF_ANOTHER_DAY.test(text) ? undefined : SAID_VERSION.exec(text)?.[1];
  });
}

function claimVersions(
  sections: readonly Section[],
  originOf: (section: Section) => string,
  findVersion: (line: string) => string | undefined,
): readonly Claim<FortiosVersion>[] {
  return sections.flatMap((section) =>
    section.lines.flatMap((line, index) => {
      const found = findVersion(line);
      const value = found === undefined ? undefined : parseVersion(found);
      return value ? [{ source: originOf(section), value, quotes: [quoteAt(section, index)] }] : [];
    }),
  );
}

/** Outputs are read one after the other, so their times differ: the last is the time of reading. */
function lastTime(claims: readonly Claim<number>[]): Fact<number> | undefined {
  const [first, ...others] = claims;
  if (!first) return undefined;
  const last = others.reduce((latest, claim) => (claim.value > latest.value ? claim : latest), first);
  return known(last.value, last.quotes);
}

/** Prompts of global scope and of VDOMs, and configuration inside `config global` or `config vdom`. */
function modesInUse(view: ConfigView, originOf: (section: Section) => string): readonly Claim<'multi'>[] {
  const typed = view.sections
    .filter(({ multiVdom }) => multiVdom)
    .map((section) => ({
      source: originOf(section),
      value: 'multi' as const,
      quotes: [quoteAt(section, 0)],
    }));
  const wrapped = view.documents.flatMap((placed) => {
    const block = placed.document.blocks.find(({ scope, closed }) => closed && scope.kind !== 'none');
    return block ? [{ source: placed.origin, value: 'multi' as const, quotes: [placed.quote(block)] }] : [];
  });
  return [...typed, ...wrapped];
}

/** `FGT-200F 7.0.14, single VDOM`, `no VDOMs`, `VDOMs: disabled`, `keine VDOMs` */
const SINGLE_VDOM =
  /\bsingle[- ]VDOM\b|\b(?:no|without|keine|ohne) VDOMs\b(?=[,.;:)]| (?:here|in use)|$)|\bVDOMs?:? (?:are |is )?(?:disabled?|off|not used)\b/i;

/** A person says beside the evidence that the device has no VDOMs. */
function modesSaid(
  sections: readonly Section[],
  originOf: (section: Section) => string,
): readonly Claim<'single'>[] {
  return sections
    .filter(({ kind }) => kind === 'other')
    .flatMap((section) =>
      section.lines.flatMap((line, index) =>
        SINGLE_VDOM.test(line.slice(0, 600))
          ? [{ source: originOf(section), value: 'single' as const, quotes: [quoteAt(section, index)] }]
          : [],
      ),
    );
}

function toIdentity(status: SystemStatus): DeviceIdentity {
  return {
    model: status.model?.value,
    hostname: status.hostname?.value,
    haMode: status.haMode?.value,
    currentVdom: status.currentVdom?.value,
  };
}

function firstDevice(
  claims: readonly Claim<DeviceIdentity>[],
  view: ConfigView,
): Fact<DeviceIdentity> | undefined {
  const [first] = claims;
  if (first) return known(first.value, first.quotes);
  const placed = view.documents.find((each) => each.document.header);
  const header = placed?.document.header;
  if (!placed || !header) return undefined;
  const [named] = view.objects('system global').flatMap((each) => {
    const hostname = wordSetting(each, each.block, 'hostname', '');
    return hostname.value === '' ? [] : [hostname];
  });
  return known({ model: header.model, hostname: named?.value }, [
    placed.quote(header),
    ...(named?.quotes ?? []),
  ]);
}

/** A backup's header and `get system status` spell the build differently: only the dotted version is compared. */
function plainVersion(claim: Claim<FortiosVersion>): Claim<FortiosVersion> {
  return { ...claim, value: withoutBuild(claim.value) };
}

function withoutBuild({ major, minor, patch }: FortiosVersion): FortiosVersion {
  return { major, minor, patch };
}
