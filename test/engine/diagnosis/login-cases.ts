import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { type Login, loginFailed } from '../../fixtures/logs/login-lines.ts';

export const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };

export const AGAIN: Login = { user: 'ana', pid: 100, sid: 'da', request: '1516200002' };

export const GAVE_UP = loginFailed(ANA, 'sslvpn_login_permission_denied', 81);

export function diagnose(...texts: string[]) {
  return diagnoseItems(texts.map((text, index) => ({ name: `paste ${index + 1}`, text })));
}
