import type { ModelAirflow } from './ModelAirflow';

/** For how long a run has been owed that does not come, by the plainest reading of what that means. */
export class Owed {
  private readonly since = new Map<'owed' | 'settled', number>();
  private made = 0;
  private isPaused = false;
  private announcedBy: unknown;

  constructor(private readonly airflow: ModelAirflow) {}

  /**
   * To be called for each minute after it has passed.
   *
   * @param isRead - whether the Airflow was read then: what people change in between and change back, nobody can know
   */
  look(minute: number, at: number, isRead: boolean): void {
    const { airflow } = this;
    if (airflow.made.length > this.made) this.since.delete('owed');
    this.made = airflow.made.length;
    if (isRead) {
      this.isPaused = airflow.paused;
      if (this.announcedBy !== airflow.announcedBy) this.since.delete('owed');
      this.announcedBy = airflow.announcedBy;
    }
    const isOwed = airflow.isOwed(at);
    this.count('owed', isOwed && !this.isPaused, minute);
    // What is held back proves nothing.
    const isSettled = airflow.paused || (!isOwed && !airflow.isFull(at));
    this.count('settled', isSettled, minute);
  }

  /** Minutes since which a run is owed, or nothing is. */
  minutesOf(what: 'owed' | 'settled', minute: number): number {
    return minute - (this.since.get(what) ?? minute);
  }

  private count(what: 'owed' | 'settled', isSo: boolean, minute: number): void {
    if (!isSo) this.since.delete(what);
    else if (!this.since.has(what)) this.since.set(what, minute);
  }
}
