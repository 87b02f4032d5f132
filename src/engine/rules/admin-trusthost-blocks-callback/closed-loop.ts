import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'every administrator has trusted hosts',
      broken: () => ({
        'system admin': [
          'edit "admin"',
          'set trusthost1 10.0.0.0 255.0.0.0',
          'set accprofile "super_admin"',
          'set vdom "root"',
          'next',
        ],
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
    {
      name: 'the profile of the fix is there already, and used',
      broken: () => ({
        'system accprofile': ['edit "ftm_no_access"', 'next'],
        'system admin': [
          'edit "admin"',
          'set trusthost1 10.0.0.0 255.0.0.0',
          'set accprofile "super_admin"',
          'set vdom "root"',
          'next',
          'edit "other"',
          'set trusthost1 10.0.0.0 255.0.0.0',
          'set accprofile "ftm_no_access"',
          'set vdom "root"',
          'next',
        ],
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
    {
      name: 'the administrator of the fix is there already, with trusted hosts',
      broken: () => ({
        'system admin': [
          'edit "ftm-callback"',
          'set trusthost1 10.0.0.0 255.0.0.0',
          'set accprofile "super_admin"',
          'set vdom "root"',
          'next',
        ],
      }),
      fill: { 'long-random-password': 'Example-only-4711' },
      changedUnfilled: /^system (?:accprofile ftm_no_access|admin ftm-callback)/,
    },
  ],
};
