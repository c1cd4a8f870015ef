/**
 * Everything that the client takes from the world outside it. A program passes nothing and gets its own process;
 * tests pass a stand-in for one thing at a time.
 */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent or relative: there is no home, and nothing is read from or written to one. */
  readonly home: string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** The build that this is, as the contract's `builds` names it. */
  readonly build: string | undefined;
  /** The content of a configuration that the contract names (`docglow.yml`), parsed; absent when there is none. */
  config(name: string): unknown;
  /** Writes one line, without its newline. Must not throw. */
  write(stream: "stderr" | "stdout", line: string): void;
  /** For `on_failure: log`. Absent: the line goes nowhere. */
  log?(level: "debug" | "info" | "warn", line: string): void;
  /** Whether a person can be asked. */
  readonly terminal: boolean;
  readonly stdinIsTerminal: boolean;
  /** Posts one body. Resolves with the status, rejects when there was no answer. Must not keep the process alive. */
  send(request: SendRequest): Promise<number>;
}

export interface SendRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Aborted at the contract's timeout, or when a flush's own time is over. */
  readonly signal: AbortSignal;
}
