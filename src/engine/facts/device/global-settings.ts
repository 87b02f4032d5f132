import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import {
  agree,
  type Claim,
  flagSetting,
  latestPerSource,
  notShown,
  numberSetting,
  wordSetting,
} from '../config/reading.ts';
import type { Fact } from '../fact.ts';
import type { GlobalSettings } from '../values.ts';

/** FortiOS's defaults: `show` omits a setting that has one. */
const DEFAULTS = {
  adminSport: 443,
  adminPort: 80,
  adminSshPort: 22,
  adminTelnetPort: 23,
  remoteAuthTimeout: 5,
  ftkExpiry: 60,
  facExpiry: 60,
  ftmExpiry: 72,
  ikeSamlPort: 1001,
};

export function readGlobalSettings(sections: readonly Section[], view: ConfigView): Fact<GlobalSettings> {
  const claims = view.objects('system global').map(claimOf);
  return agree(latestPerSource(claims), '`system global`', () =>
    notShown('global', sections, view, 'system global'),
  );
}

function claimOf(placed: PlacedBlock): Claim<GlobalSettings> {
  const read = (name: string, fallback: number) => numberSetting(placed, placed.block, name, fallback);
  return {
    source: placed.source,
    quotes: [placed.quote(placed.block)],
    bounds: placed.bounds(placed.block),
    value: {
      managementVdom: wordSetting(placed, placed.block, 'management-vdom', 'root'),
      adminSport: read('admin-sport', DEFAULTS.adminSport),
      adminPort: read('admin-port', DEFAULTS.adminPort),
      adminSshPort: read('admin-ssh-port', DEFAULTS.adminSshPort),
      adminTelnetPort: read('admin-telnet-port', DEFAULTS.adminTelnetPort),
      remoteAuthTimeout: read('remoteauthtimeout', DEFAULTS.remoteAuthTimeout),
      ftkExpiry: read('two-factor-ftk-expiry', DEFAULTS.ftkExpiry),
      facExpiry: read('two-factor-fac-expiry', DEFAULTS.facExpiry),
      ftmExpiry: read('two-factor-ftm-expiry', DEFAULTS.ftmExpiry),
      ikeSamlPort: read('auth-ike-saml-port', DEFAULTS.ikeSamlPort),
      cloudCommunication: flagSetting(placed, placed.block, 'cloud-communication', true),
      fortitokenCloud: flagSetting(placed, placed.block, 'fortitoken-cloud', true),
      fortitokenCloudPush: flagSetting(placed, placed.block, 'fortitoken-cloud-push-status', true),
    },
  };
}
