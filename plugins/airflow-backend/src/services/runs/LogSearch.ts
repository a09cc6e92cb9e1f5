import type { TaskError } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowError,
  type AirflowClient,
  type TaskInstanceRef,
} from '../../airflow';
import { taskLogs } from '../../airflow/areas/taskLogs';
import { ErrorExcerpt } from '../../insights/errorExcerpt';
import { afterPatience } from '../../patience';

export type AttemptRef = TaskInstanceRef & { tryNumber: number };

/** The part of a client that logs are read through. */
export type LogClient = Pick<AirflowClient, 'read'>;

/** Whoever asks is answered after this time, with what is known by then. */
export const PATIENCE_MS = 3_000;
/** No Airflow gives the end of a log alone, so a long one is read as far as one comes within this time. */
export const LONGEST_MS = 2 * 60_000;

/** Looks for the error in the log of an attempt as it streams by, and holds no more of it than what is shown. */
export class LogSearch {
  /** Settles when nothing more is read; fails where nothing could be read at all. */
  readonly ended: Promise<void>;
  private readonly excerpt = new ErrorExcerpt();
  private readonly leaving = new AbortController();
  private hasBegun = false;
  private isWhole = false;
  private isReading = true;

  constructor(client: LogClient, ref: AttemptRef) {
    const callOff = afterPatience(LONGEST_MS, () => this.leaving.abort());
    this.ended = this.read(client, ref).finally(() => {
      callOff();
      this.isReading = false;
    });
  }

  /** What is known so far. */
  get result(): TaskError {
    const { isWhole, isReading } = this;
    return { ...this.excerpt.result(), isWhole, isReading };
  }

  /** Waits for the end, but not for long. */
  async patiently(): Promise<void> {
    let callOff = () => {};
    const patience = new Promise<void>(over => {
      callOff = afterPatience(PATIENCE_MS, over);
    });
    try {
      await Promise.race([this.ended, patience]);
    } finally {
      callOff();
    }
  }

  /** Leaves it at what is known. */
  async leave(): Promise<void> {
    this.leaving.abort();
    await this.ended;
  }

  private async read(client: LogClient, ref: AttemptRef): Promise<void> {
    const { signal } = this.leaving;
    try {
      const entries = client.read(
        taskLogs,
        area => area.read(ref, ref.tryNumber),
        { signal },
      );
      for await (const entry of entries) {
        this.excerpt.add(entry);
        this.hasBegun = true;
      }
      this.isWhole = true;
    } catch (problem) {
      const hasBroken = this.hasBegun && problem instanceof AirflowError;
      if (!hasBroken && !signal.aborted) throw problem;
    }
  }
}
