/** A line of a stream; the time counts from the start of the stream. */
export interface TimedLine {
  readonly text: string;
  readonly afterMs?: number;
}

/** Packets for a sniffer whose filter contains these words. */
export interface SnifferStream {
  readonly filter: string;
  readonly packets: readonly TimedLine[];
}

/** Messages that daemons print into the sessions, at places determined by the seed. */
export interface NoiseBehaviour {
  readonly seed: number;
  /** One in this many writes contains one or several messages. */
  readonly every: number;
  /** `foreign`: messages that no client can know. */
  readonly kind: 'known' | 'foreign';
  /** In all sessions together; no limit by default. */
  readonly limit?: number;
}

/** How the simulated device differs from a fast device with a full administrator. Everything is optional. */
export interface SimulatorBehaviour {
  /** Replaces the one in the configuration. */
  readonly hostname?: string;
  /** Appended to the name in the prompt without a blank, as from 7.6.7. */
  readonly haRole?: 'Primary' | 'Secondary';
  /** `FortiGate-60F`, if the model code in the configuration's header is not specific enough. */
  readonly model?: string;
  readonly preLoginBanner?: string;
  readonly postLoginBanner?: string;
  /** After an upgrade FortiOS asks for the old password first. */
  readonly forcePasswordChange?: boolean | 'after-upgrade';
  /** Printed before the first prompt. */
  readonly loginWarning?: string;
  /** RSA keys are refused, as before 7.0.14 and 7.2.8, where FortiOS knows no `rsa-sha2` signature. */
  readonly noRsaSha2?: boolean;
  readonly maxAdmins?: boolean;
  /** Asks for a FortiToken code in this way. */
  readonly tokenPrompt?: 'keyboard-interactive' | 'shell';
  /** Text of that question, instead of FortiOS's. */
  readonly tokenQuestion?: string;
  readonly keyboardInteractiveOnly?: boolean;
  readonly privilege?: '#' | '$';
  /** False: every `diagnose` is `Unknown action 0`. */
  readonly diagnose?: boolean;
  /**
   * False: `sudo` is `Unknown action 0`, as in a release without it. A list: what is printed instead. `asks`: a
   * question.
   */
  readonly sudo?: boolean | readonly string[] | 'asks';
  /** False: `config global` and `config vdom` are refused to an administrator of the whole device. */
  readonly config?: boolean;
  /** The account belongs to this VDOM. */
  readonly vdomAdmin?: string;
  /** Commands that print nothing at all, as on tight profiles. */
  readonly silentlyDenied?: readonly string[];
  /** Bytes per write; one write is one SSH packet. */
  readonly chunkBytes?: number;
  /** Pause between those writes. */
  readonly trickleMs?: number;
  readonly firstByteDelayMs?: number;
  /** Pause before the answer to every command. */
  readonly commandDelayMs?: number;
  /** Prints nothing from this point on; `prompt` is before the first one. */
  readonly silentAfter?: 'tcp' | 'authentication' | 'prompt' | { readonly command: string };
  /** Asks a `(y/n)` question after the output of this command. */
  readonly askAfterCommand?: string;
  readonly noise?: NoiseBehaviour;
  /** Drops what is typed within this time after a prompt, or after the prompt that follows `command`. */
  readonly deafAfterPrompt?: { readonly ms: number; readonly command?: string; readonly times?: number };
  /** The device is renamed after this command, for all its sessions. */
  readonly renameAfter?: { readonly command: string; readonly hostname: string };
  /** Commands that the account may not run: FortiOS names the missing permission. */
  readonly denied?: readonly string[];
  /** How often the connection is cut; each time by default. */
  readonly drops?: number;
  /** After this many connections, every other one is reset. */
  readonly maxConnections?: number;
  /** Cuts the connection after the echo of this command. */
  readonly dropAfterCommand?: string;
  /** Cuts the connection after this many bytes of the shell. */
  readonly dropAfterBytes?: number;
  readonly asyncLine?: {
    readonly text: string;
    readonly when: 'before-echo' | 'in-output' | 'after-prompt';
  };
  /** Swallows the first character typed after `get system status`. */
  readonly eatFirstChar?: boolean;
  /** Number of characters swallowed in the same way. */
  readonly eatChars?: number;
  /** Result of `execute ping push.fortinet.com`. */
  readonly pushServer?: 'reachable' | 'lost' | 'unresolved';
  /** This VDOM is deleted by another administrator while the command is answered. */
  readonly deletedAfter?: { readonly vdom: string; readonly command: string };
  /** `set edit-vdom-prompt enable`: asks before it creates a VDOM. */
  readonly editVdomPrompt?: boolean;
  /** Every command but `get system status` prints nothing, as on the tightest profiles. */
  readonly silentDeny?: boolean;
  /** Paths that a `show` at the root of a multi-VDOM FortiOS 6.2 leaves out (Fortinet bug 0691228). */
  readonly missingBlocks62?: readonly string[];
  /** The role in the prompt changes after this command: a failover during the session. */
  readonly flipRoleAfter?: string;
  /** Cuts the connection after the prompt that follows this command, as an HA change does. */
  readonly dropAfterPrompt?: string;
  /** Replaces `admintimeout` of the configuration. */
  readonly idleTimeoutMs?: number;
  /** Debug output of a daemon, by its name in `diagnose debug application`; `flow` is the flow trace. */
  readonly debug?: Readonly<Record<string, readonly TimedLine[]>>;
  /** A filter of the IKE debug that another administrator set: `dst-addr4` to an address. */
  readonly ikeFilter?: Readonly<Record<string, string>>;
  /** The device accepts a filter of the IKE debug and does not keep it. */
  readonly losesIkeFilter?: boolean;
  /** A daemon that prints this line endlessly while its debug is enabled. */
  readonly debugFlood?: { readonly daemon: string; readonly line: string; readonly perSecond: number };
  /** False: the debug that a session enabled ends with it. Which of the two FortiOS does is not known. */
  readonly debugOutlivesSession?: boolean;
  /** Applications whose debug this release does not know. */
  readonly unknownDebug?: readonly string[];
  /** How long a minute of `diagnose debug duration` takes. */
  readonly debugMinuteMs?: number;
  readonly sniffer?: readonly SnifferStream[];
  /** Addresses by name, for `execute ping`. */
  readonly hosts?: Readonly<Record<string, string>>;
  readonly deadDnsServers?: readonly string[];
  /** Between two echoes of `execute ping`; none by default. */
  readonly pingIntervalMs?: number;
  /** The time of the device; constant by default. */
  readonly clock?: () => Date;
}
