/** What of the suite cannot be asked of this server, and why. */
export interface NotApplicable {
  readonly reason: string;
  /** Scenarios, or checks of scenarios that run. */
  readonly names: readonly string[];
}

/** Scenarios that are not run. */
export const scenariosNotRun: readonly NotApplicable[] = [
  {
    reason: "calls tools of the suite's own test server",
    names: [
      'tools-call-simple-text',
      'tools-call-image',
      'tools-call-audio',
      'tools-call-embedded-resource',
      'tools-call-mixed-content',
      'tools-call-with-logging',
      'tools-call-error',
      'tools-call-with-progress',
      'tools-call-sampling',
      'tools-call-elicitation',
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'input-required-result-basic-elicitation',
      'input-required-result-basic-sampling',
      'input-required-result-basic-list-roots',
      'input-required-result-request-state',
      'input-required-result-multiple-input-requests',
      'input-required-result-multi-round',
      'input-required-result-missing-input-response',
      'input-required-result-result-type',
      'input-required-result-tampered-state',
      'input-required-result-capability-check',
      'input-required-result-ignore-extra-params',
      'input-required-result-validate-input',
    ],
  },
  {
    reason: "gets or completes prompts of the suite's own test server",
    names: [
      'prompts-get-simple',
      'prompts-get-with-args',
      'prompts-get-embedded-resource',
      'prompts-get-with-image',
      'input-required-result-non-tool-request',
      'completion-complete',
    ],
  },
  {
    reason: "reads resources of the suite's own test server",
    names: ['resources-read-text', 'resources-read-binary', 'resources-templates-read'],
  },
  {
    reason: 'subscriptions to resources, which the server does not offer',
    names: ['resources-subscribe', 'resources-unsubscribe'],
  },
  {
    reason: 'levels of logging, which the server does not offer',
    names: ['logging-set-level'],
  },
  {
    reason: 'HTTP, which the server does not speak',
    names: ['dns-rebinding-protection', 'server-sse-multiple-streams'],
  },
];

/**
 * Checks that are not counted, of scenarios that run. One that looks at a code of the server, and
 * at the status that the bridge makes of it, is counted.
 */
export const checksNotCounted: readonly NotApplicable[] = [
  {
    reason: "calls tools of the suite's own test server",
    names: [
      'sep-2575-server-rejects-undeclared-capability',
      'sep-2575-missing-capability-http-400',
      'sep-2575-http-server-no-independent-requests-on-stream',
      'sep-2575-server-no-log-without-loglevel',
      'sep-2575-server-honors-notification-filter',
      'sep-2575-server-sends-prompts-list-changed-on-subscription',
      'sep-2575-server-sends-tools-list-changed-on-subscription',
    ],
  },
  {
    reason: 'looks only at headers or statuses of HTTP, which the server does not speak',
    names: [
      'sep-2575-http-server-meta-invalid-400',
      'sep-2575-http-server-unsupported-version-400',
      'sep-2575-http-server-header-mismatch-400',
    ],
  },
];

/** Why something does not apply; nothing where it does. */
export function reasonNotTo(name: string, all: readonly NotApplicable[]): string | undefined {
  return all.find(({ names }) => names.includes(name))?.reason;
}

/** The names that a list has and the suite has not, or no longer. */
export function staleNames(all: readonly NotApplicable[], known: ReadonlySet<string>): string[] {
  return all.flatMap(({ names }) => names).filter(name => !known.has(name));
}
