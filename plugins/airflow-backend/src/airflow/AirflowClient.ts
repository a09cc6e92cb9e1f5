import type { Capability } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from './area';
import type { CallOptions } from './call';
import type { ClockReading } from './transport';
import type { WebPlace } from './webUrl';

/** What an Airflow is, as far as its own endpoints tell. */
export interface AirflowInfo {
  /** As Airflow tells it, with vendor suffix. */
  airflowVersion: string;
  apiVersion: 'v1' | 'v2';
  capabilities: Capability[];
}

/**
 * One Airflow in domain terms, whichever its version. What is asked of it throws an {@link AirflowError}, or a
 * {@link BusyError} where the portal's own limits hold it back, and nothing else save for the abort of `signal` or of
 * the asker on whose behalf it is asked.
 */
export interface AirflowClient {
  readonly cluster: string;

  /** Detects version and capabilities; remembered, and detected anew when the server changes under us. */
  info(call?: CallOptions): Promise<AirflowInfo>;
  /** How its clock goes, by what it answered in the last minutes; undefined when no answer told. */
  clock(): ClockReading | undefined;

  /** Asks within an area, as the version that answers has it. */
  ask<T, R>(
    area: Area<T>,
    act: (area: T) => Promise<R>,
    call?: CallOptions,
  ): Promise<R>;
  /** As {@link AirflowClient.ask}, for what comes bit by bit. */
  read<T, R>(
    area: Area<T>,
    act: (area: T) => AsyncGenerator<R>,
    call?: CallOptions,
  ): AsyncGenerator<R>;

  /** Where a person finds these in Airflow's own pages. */
  webUrl(place: WebPlace): string;

  /** Ends open connections; the client is not used afterwards. */
  close(): Promise<void>;
}
