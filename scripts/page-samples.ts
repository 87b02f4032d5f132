import { readFileSync } from 'node:fs';
import { TWO_USERS_LOG } from '../src/stand-ins/fortigate/two-users-log.ts';

const ROOT = new URL('../src/', import.meta.url);

/** Sample evidence for the page. */
export interface Sample {
  readonly title: string;
  readonly story: string;
  readonly name: string;
  readonly text: string;
}

/** The samples of the page, each with a different case. */
export function readSamples(): readonly Sample[] {
  return [
    {
      title: 'A phone that answers too late',
      story: 'Debug log of two logins: one is fine, one times out.',
      name: 'two-users.log',
      text: TWO_USERS_LOG,
    },
    file(
      'Nobody at the branch gets a push',
      'Configuration backup.',
      'branch-07.conf',
      'stand-ins/fortigate/samples/branch-07.conf',
    ),
    file(
      'The port is taken',
      'A few pasted blocks of a configuration.',
      'blocks.conf',
      'engine/rules/port-conflict-admin-https/fixtures/broken.conf',
    ),
    file(
      'Tokens do not arrive',
      'CLI session of an administrator who looked around.',
      'session.txt',
      'engine/rules/device-unregistered/fixtures/broken.txt',
    ),
    file(
      'A policy drops the answer',
      'Debug flow of the phone’s answer.',
      'flow.log',
      'engine/rules/local-in-policy-denies/fixtures/broken.flow.log',
    ),
    file(
      'A login that works',
      'Debug log of one login.',
      'login.log',
      'engine/rules/shared/fixtures/login-by-push-of-wren.log',
    ),
  ];
}

function file(title: string, story: string, name: string, path: string): Sample {
  return { title, story, name, text: readFileSync(new URL(path, ROOT), 'utf8') };
}
