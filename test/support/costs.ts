/** Lines that open or weaken something, and the cost that the note of any rule has to state beside them. */
export const COSTS: readonly (readonly [RegExp, RegExp])[] = [
  [/append allowaccess ftm/, /to every source/],
  [/set action accept/, /to every source|to [\d.]+ only/],
  [/set accprofile/, /login pages to every source/],
  [/append member (?!"DC01")/, /First check that this is your user|First see which group|lose access/],
  [/set two-factor-ftk-expiry/, /stays valid for \d+ s/],
  [/set remoteauthtimeout/, /noticed later/],
  [/set timeout/, /noticed later/],
  [/set login-timeout/, /keeps its connection/],
  [/set two-factor-ftm-expiry/, /whoever gets hold of a message/],
  [/set cloud-communication enable/, /on purpose/],
  [/set fortitoken-cloud/, /First find out why/],
  [/set status active/, /First find out why/],
  [/set all-usergroup disable/, /lose/],
  [/unselect member/, /lose access|First check that this is your user/],
  [/set portforward enable/, /forwards only this TCP port/],
  [/set two-factor fortitoken/, /login fails until/],
];
