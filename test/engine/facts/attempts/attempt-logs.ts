import { type Login, stamped } from '../../../fixtures/logs/login-lines.ts';

export const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };

export const LATER = stamped(300, ['[101:root:4]req: /remote/portal']);
