import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptsIn } from './read-log.ts';

interface Request {
  readonly user: string;
  readonly id: string;
  readonly fd: number;
}

/** What fnbamd prints in one turn of its loop; between two turns it works on another request. */
type Turn = readonly string[];

const asked = ({ user, id, fd }: Request, kind: 'rad' | 'LDAP', schemes = 'PAP'): Turn => [
  `[1738] handle_req-Rcvd auth req ${id} for ${user} in staff opt=00000000 prot=4 svc=2`,
  `[332] __compose_group_list_from_req-Group 'staff', type 1`,
  `[507] create_auth_session-Session created for req id ${id}`,
  kind === 'rad'
    ? `[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'heron' for usergroup 'staff' (6)`
    : `[818] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'heron' for usergroup 'staff' (8)`,
  ...(kind === 'rad' ? [`[295] fnbamd_radius_get_next_auth_prot-Next auth prot ${schemes}`] : []),
  `[945] __${kind.toLowerCase()}_conn_start-Socket ${fd} is created for ${kind} 'heron'.`,
  '[1900] handle_req-r=4',
];

const ready = ({ fd }: Request, kind: 'rad' | 'ldap', state: string) => [
  `[828] __${kind}_rxtx-fd ${fd}, state ${state}`,
  `[830] __${kind}_rxtx-Stop ${kind} conn timer.`,
];

const sent = (request: Request, id = 99): Turn => [
  ...ready(request, 'rad', '1(Auth)'),
  '[588] __create_access_request-Created RADIUS Access-Request. Len: 142.',
  `[868] __rad_rxtx-Sent radius req to server 'heron': fd=${request.fd}, IP=10.20.1.31(10.20.1.31:1812) code=1 id=${id} len=142`,
];

const answered = (request: Request, code: number): string[] => [
  ...ready(request, 'rad', '1(Auth)'),
  '[431] __rad_udp_recv-Recved 38 bytes. Buf sz 8192',
  '[1148] __rad_chk_resp_authenticator-ret=0',
  `[1216] fnbamd_rad_validate_pkt-RADIUS resp code ${code}`,
];

const ended = ({ id }: Request, code: number): string[] => [
  `[239] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req ${id}, len=2524`,
];

const atRadius = ({ id }: Request, code: number): string[] => [
  `[1286] fnbamd_rad_process-Result from radius svr 'heron' is ${code}, req ${id}`,
];

const matched = (isIn: boolean): string[] =>
  isIn
    ? [
        "[587] __group_match-Group 'staff' passed group matching",
        '[205] find_matched_usr_grps-Passed group matching',
      ]
    : ['[207] find_matched_usr_grps-Failed group matching'];

const next = (from: string, to: string): string => `[984] __ldap_next_state-State: ${from} -> ${to}`;

const ldapUpTo = (request: Request, state: 'DN Search' | 'User Binding' | 'Attr Query'): Turn[] => {
  const turns: Turn[] = [
    [
      '[1363] __ldap_tcps_connect-tcps_connect(10.20.1.5) is established. Current state: Connecting.',
      next('Connecting', 'Admin Binding'),
    ],
    [...ready(request, 'ldap', '2(Admin Binding)'), "[472] __ldap_build_bind_req-Binding to 'svc-vpn'"],
    [...ready(request, 'ldap', '2(Admin Binding)'), next('Admin Binding', 'DN Search')],
    [
      ...ready(request, 'ldap', '4(DN Search)'),
      `[790] fnbamd_ldap_build_dn_search_req-base:'dc=heron' filter:cn=${request.user}`,
    ],
  ];
  if (state === 'DN Search') return turns;
  turns.push(
    [
      ...ready(request, 'ldap', '4(DN Search)'),
      `[1012] __fnbamd_ldap_dn_entry-Get DN 'CN=${request.user},DC=heron'`,
      next('DN Search', 'User Binding'),
    ],
    [
      ...ready(request, 'ldap', '3(User Binding)'),
      `[700] fnbamd_ldap_build_userbind_req-Trying DN 'CN=${request.user},DC=heron'`,
    ],
  );
  if (state === 'User Binding') return turns;
  return [...turns, [...ready(request, 'ldap', '3(User Binding)'), next('User Binding', 'Attr Query')]];
};

const COURSES: Readonly<Record<string, (request: Request) => Turn[]>> = {
  'RADIUS accepts': (request) => [
    asked(request, 'rad'),
    sent(request),
    [...answered(request, 2), ...atRadius(request, 0), ...matched(true), ...ended(request, 0)],
  ],
  'RADIUS refuses': (request) => [
    asked(request, 'rad'),
    sent(request),
    [...answered(request, 3), ...atRadius(request, 1), ...ended(request, 1)],
  ],
  'RADIUS refuses three schemes': (request) => [
    asked(request, 'rad', 'MS-CHAPv2'),
    sent(request, 99),
    [
      ...answered(request, 3),
      '[624] fnbamd_rad_extract_chap_error-CHAP err: E=691 R=0 V=3',
      '[295] fnbamd_radius_get_next_auth_prot-Next auth prot CHAP',
    ],
    sent(request, 100),
    [...answered(request, 3), '[295] fnbamd_radius_get_next_auth_prot-Next auth prot PAP'],
    sent(request, 101),
    [...answered(request, 3), ...atRadius(request, 1), ...ended(request, 1)],
  ],
  'RADIUS accepts, group does not match': (request) => [
    asked(request, 'rad'),
    sent(request),
    [...answered(request, 2), ...atRadius(request, 0), ...matched(false), ...ended(request, 1)],
  ],
  'LDAP finds nobody': (request) => [
    asked(request, 'LDAP'),
    ...ldapUpTo(request, 'DN Search'),
    [
      ...ready(request, 'ldap', '4(DN Search)'),
      '[900] __ldap_next_state-No DN is found.',
      next('DN Search', 'Done'),
      ...ended(request, 1),
    ],
  ],
  'LDAP refuses': (request) => [
    asked(request, 'LDAP'),
    ...ldapUpTo(request, 'User Binding'),
    [
      ...ready(request, 'ldap', '3(User Binding)'),
      '[1000] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563)',
      '[1001] fnbamd_ldap_parse_response-ret=49',
      next('User Binding', 'Done'),
      ...ended(request, 1),
    ],
  ],
  'LDAP accepts': (request) => [
    asked(request, 'LDAP'),
    ...ldapUpTo(request, 'Attr Query'),
    [
      ...ready(request, 'ldap', '5(Attr Query)'),
      `[500] __retrieve_group_values-val[0]='CN=Staff,DC=heron'`,
      next('Attr Query', 'Done'),
      ...matched(true),
      ...ended(request, 0),
    ],
  ],
  'LDAP accepts, group does not match': (request) => [
    asked(request, 'LDAP'),
    ...ldapUpTo(request, 'Attr Query'),
    [
      ...ready(request, 'ldap', '5(Attr Query)'),
      `[500] __retrieve_group_values-val[0]='CN=Guests,DC=heron'`,
      next('Attr Query', 'Done'),
      ...matched(false),
      ...ended(request, 1),
    ],
  ],
  'RADIUS server does not answer': (request) => [
    asked(request, 'rad'),
    sent(request),
    [
      '[730] __rad_conn_timeout-Connction with heron:10.20.1.31 timed out.',
      ...atRadius(request, 10),
      ...ended(request, 10),
    ],
  ],
  'LDAP server does not answer': (request) => [
    asked(request, 'LDAP'),
    [
      '[594] __ldap_conn_timeout-Connction with heron:10.20.1.5 timed out.',
      `[2614] fnbamd_ldap_result-Error (10) for req ${request.id}`,
      ...ended(request, 10),
    ],
  ],
  'LDAP server has an unknown certificate': (request) => [
    asked(request, 'LDAP'),
    [
      "[1666] __verify_cb-Cert error 20, unable to get local issuer certificate. Depth 0. Subject '/CN=dc01'",
      '[1345] __ldap_tcps_connect-tcps_connect(10.20.1.5) failed: ssl_connect() failed: 167772294 (error:0A000086:SSL routines::certificate verify failed).',
      ...ended(request, 5),
    ],
  ],
  'RADIUS asks for a code and refuses it': (request) => [
    asked(request, 'rad'),
    sent(request),
    [...answered(request, 11), ...atRadius(request, 2), ...ended(request, 2)],
    [`[2317] handle_req-Rcvd chal rsp for req ${request.id}`],
    sent(request, 100),
    [...answered(request, 3), ...atRadius(request, 1), ...ended(request, 1)],
  ],
};

const WREN: Request = { user: 'wren', id: '799105187901', fd: 9 };
const PLOVER: Request = { user: 'plover', id: '799105187902', fd: 11 };

/** What the turn shows that names neither request nor connection: the server is reached. */
const NAMELESS = /"Connecting"|"address":"10\.20\.1\.5"/;

function outlines(turns: readonly Turn[]) {
  return attemptsIn(turns.flat())
    .map(({ user, outcome, trace: { signs } }) => ({
      user,
      outcome,
      signs: Object.entries(signs)
        .flatMap(([sign, seen]) => seen.map(({ fields }) => `${sign} ${JSON.stringify(fields)}`))
        .filter((line) => !NAMELESS.test(line))
        .toSorted(),
    }))
    .toSorted((a, b) => a.user.localeCompare(b.user));
}

function mixed(a: readonly Turn[], b: readonly Turn[], order: readonly boolean[]): Turn[] {
  const [left, right] = [[...a], [...b]];
  const turns: Turn[] = [];
  for (let turn = 0; left.length + right.length > 0; turn += 1) {
    const preferred = order[turn % order.length] ? left : right;
    turns.push((preferred.length > 0 ? preferred : left.length > 0 ? left : right).shift() ?? []);
  }
  return turns;
}

const course = fc.constantFrom(...Object.keys(COURSES));
const order = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });

describe('two requests at once', () => {
  it('are read like each alone, in whatever order fnbamd works on them', () => {
    fc.assert(
      fc.property(course, course, order, (first, second, turns) => {
        const a = COURSES[first]?.(WREN) ?? [];
        const b = COURSES[second]?.(PLOVER) ?? [];
        expect(outlines(mixed(a, b, turns))).toEqual([...outlines(b), ...outlines(a)]);
      }),
    );
  });

  it('keep their answers where the lines that name the connections were left out', () => {
    const ofOneAnswer = course.filter((name) => !/schemes|asks for a code/.test(name));
    const grep = (turns: readonly Turn[]) =>
      turns.map((turn) => turn.filter((line) => !/Socket|fd \d+, state/.test(line)));
    const answers = (turns: readonly Turn[]) =>
      outlines(turns).map(({ user, outcome, signs }) => ({
        user,
        outcome,
        answers: signs.filter((line) =>
          /^(?:radius-code|ldap-(?:no-dn|refused)|group-mis|server-[tc]e)/.test(line),
        ),
      }));
    fc.assert(
      fc.property(ofOneAnswer, ofOneAnswer, order, (first, second, turns) => {
        const a = grep(COURSES[first]?.(WREN) ?? []);
        const b = grep(COURSES[second]?.(PLOVER) ?? []);
        expect(answers(mixed(a, b, turns))).toEqual([...answers(b), ...answers(a)]);
      }),
    );
  });

  it.each([
    ['as newer releases name them', (line: string) => line],
    [
      'as older releases name them',
      (line: string) =>
        line.replace(/__ldap_next_state-State: .* -> (.*)$/, "__ldap_rxtx-Change state to '$1'"),
    ],
  ])('keep the steps at the directory, too, %s', (_names, spelled) => {
    const atDirectory = fc.constantFrom('LDAP finds nobody', 'LDAP refuses', 'LDAP accepts');
    // The request that searched last binds first.
    const overtaken: [string, string, boolean[]] = [
      'LDAP accepts',
      'LDAP refuses',
      [true, false, false, false, true, false, false, true, true, true, true, true],
    ];
    const steps = (turns: readonly Turn[]) =>
      attemptsIn(
        turns.flatMap((turn) => turn.filter((line) => !/Socket|fd \d+, state/.test(line)).map(spelled)),
      )
        .map(({ user, outcome, trace: { signs } }) => ({
          user,
          outcome,
          states: (signs['ldap-state'] ?? []).map(({ fields }) => fields.to),
          filters: (signs['ldap-search'] ?? []).map(({ fields }) => fields.filter),
          refused: signs['ldap-refused']?.length,
          unknown: signs['ldap-no-dn']?.length,
        }))
        .toSorted((a, b) => a.user.localeCompare(b.user));
    fc.assert(
      fc.property(atDirectory, atDirectory, order, (first, second, turns) => {
        const a = COURSES[first]?.(WREN) ?? [];
        const b = COURSES[second]?.(PLOVER) ?? [];
        expect(steps(mixed(a, b, turns))).toEqual([...steps(b), ...steps(a)]);
      }),
      { examples: [overtaken] },
    );
  });
});
