import type { Prompt } from '../../engine/fortios/prompt.ts';
import { FtmError } from '../../ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { notFortigate, sessionLost } from '../device-errors.ts';
import { questionError } from '../sign-in-questions.ts';
import { noPrompt, refusedShell } from './first-prompt-errors.ts';
import {
  type FirstPromptScreen,
  type FirstPromptState,
  readFirstPromptScreen,
} from './first-prompt-screen.ts';
import { nextFirstPromptStep } from './first-prompt-step.ts';
import type { Shell } from './shell.ts';
import { writeKey } from './write-command.ts';

/**
 * From the opened shell to the first prompt. Answers nothing except the post-login banner, with a bare `a`: with
 * Enter after it, each later answer would be read one prompt late. Enter alone is sent only if messages of daemons
 * made a prompt unreadable.
 */
export async function awaitFirstPrompt(
  shell: Shell,
  device: SshEndpoint,
  signal: AbortSignal,
): Promise<Prompt> {
  try {
    return await readUntilPrompt(shell, device, signal);
  } catch (error) {
    const isLate = error instanceof FtmError && error.code === 'ftm_device_timeout';
    throw isLate && shell.screen.received() > 0 ? noPrompt(device, shell.screen, error) : error;
  }
}

async function readUntilPrompt(shell: Shell, device: SshEndpoint, signal: AbortSignal): Promise<Prompt> {
  let state: FirstPromptState = { idleMs: 0, probes: 0, from: 0, namesBeforeProbe: [] };
  for (;;) {
    const screen = readFirstPromptScreen(shell.screen, state);
    const step = nextFirstPromptStep(screen, state);
    switch (step.kind) {
      case 'question':
        throw questionError(device, step.question);
      case 'prompt':
        return step.prompt;
      case 'foreign':
        throw notFortigate(device);
      case 'accept-banner':
        state = acceptBanner(shell, state);
        break;
      case 'probe':
        state = sendProbe(shell, state, screen);
        break;
      case 'wait': {
        const news = await shell.news(signal, step.idleMs);
        if (news === 'closed') throw screen.prompt ? sessionLost(device) : refusedShell(device, shell.screen);
        state = { ...state, idleMs: news === 'idle' ? state.idleMs + (step.idleMs ?? 0) : 0 };
      }
    }
  }
}

function acceptBanner({ screen, channel }: Shell, state: FirstPromptState): FirstPromptState {
  screen.drop();
  const accepted = { ...state, idleMs: 0, from: 0, bannerAcceptedAt: screen.received() };
  writeKey(channel, 'accept-banner');
  return accepted;
}

/** Requests another prompt. */
function sendProbe(
  { screen, channel }: Shell,
  state: FirstPromptState,
  { prompts }: FirstPromptScreen,
): FirstPromptState {
  const probed = {
    ...state,
    idleMs: 0,
    from: screen.lines.length + 1,
    probes: state.probes + 1,
    probedAt: screen.received(),
    namesBeforeProbe: [...state.namesBeforeProbe, ...prompts.map(({ host }) => host)],
  };
  writeKey(channel, 'enter');
  return probed;
}
