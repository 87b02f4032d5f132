import { type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'every administrator has trusted hosts',
      broken: () => ({
        'system admin': entry(
          'admin',
          'trusthost1 10.0.0.0 255.0.0.0',
          'accprofile "super_admin"',
          'vdom "root"',
        ),
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
    {
      name: 'the profile of the fix is there already, and used',
      broken: () => ({
        'system accprofile': ['edit "ftm_no_access"', 'next'],
        'system admin': [
          ...entry('admin', 'trusthost1 10.0.0.0 255.0.0.0', 'accprofile "super_admin"', 'vdom "root"'),
          ...entry('other', 'trusthost1 10.0.0.0 255.0.0.0', 'accprofile "ftm_no_access"', 'vdom "root"'),
        ],
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
    {
      name: 'the administrator of the fix is there already, with trusted hosts',
      broken: () => ({
        'system admin': entry(
          'ftm-callback',
          'trusthost1 10.0.0.0 255.0.0.0',
          'accprofile "super_admin"',
          'vdom "root"',
        ),
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
  ],
};
