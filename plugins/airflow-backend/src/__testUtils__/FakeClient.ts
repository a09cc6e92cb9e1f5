import type { AirflowClient, Area, CallOptions } from '../airflow';

type Answering<T> = (call: CallOptions) => T;

/** Answers what is asked within areas in place of an Airflow. */
export class FakeClient
  implements Pick<AirflowClient, 'cluster' | 'ask' | 'read'>
{
  private readonly areas = new Map<Area<unknown>, Answering<unknown>>();

  constructor(readonly cluster: string) {}

  /** @param answering - as much of the area as is asked, within one call */
  with<T>(area: Area<T>, answering: Answering<Partial<T>>): this {
    this.areas.set(area, answering);
    return this;
  }

  async ask<T, R>(
    area: Area<T>,
    act: (area: T) => Promise<R>,
    call?: CallOptions,
  ): Promise<R> {
    return act(this.within(area, call));
  }

  async *read<T, R>(
    area: Area<T>,
    act: (area: T) => AsyncGenerator<R>,
    call?: CallOptions,
  ): AsyncGenerator<R> {
    yield* act(this.within(area, call));
  }

  private within<T>(area: Area<T>, call: CallOptions = {}): T {
    const answers = this.areas.get(area)?.(call);
    if (!standsFor(area, answers)) throw new Error('Nothing answers here');
    return answers;
  }
}

/** What was given for an area stands for it, though it may be only a part. */
function standsFor<T>(_area: Area<T>, answers: unknown): answers is T {
  return answers !== undefined;
}
