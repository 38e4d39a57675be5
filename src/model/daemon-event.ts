/** What a mesh daemon logged about its maps beside the scaling: failures with their errno, starts, restores. */

export const DAEMON_EVENTS = [
  "start",
  "persisted",
  "persist-failed",
  "restore-failed",
  "insert-failed",
  "delete-failed",
  "scale-up-failed",
  "scale-in-failed",
  "allocation-failed",
  "store-failed",
  "update-failed",
  "load-failed",
  "migrate-failed",
  "set-up-failed",
] as const;

export interface DaemonEvent {
  readonly kind: (typeof DAEMON_EVENTS)[number];
  /** What it was about: a map, a message and its field, a cluster; the way it started. */
  readonly subject?: string;
  /** Slot of the outer map. */
  readonly slot?: number;
  /** What the failing call returned. */
  readonly result?: number;
  /** As the line gives it, or by the words that Go prints for it. */
  readonly errno?: number;
  /** Time of the nearest log line before it that has one. */
  readonly at?: string;
  readonly daemon: string;
  readonly source: string;
}
