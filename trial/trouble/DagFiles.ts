import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWN = join(__dirname, 'dags');
/** Within the folder that both real Airflows read; git ignores it. */
const SERVED = join(__dirname, '../../examples/airflow/dags/trial');

/** The DAG files of the trial, where the Airflows find them. */
export class DagFiles {
  /** What the files hold that the trial begins with. */
  static readonly dagIds = [
    'trial_steady',
    'trial_slow',
    'trial_marked',
    'trial_overtaken',
    'trial_cleared',
    'trial_daily',
    'trial_pair_often',
    'trial_pair_never',
    'trial_removed',
    'trial_moved',
  ];

  static async install(): Promise<DagFiles> {
    await mkdir(SERVED, { recursive: true });
    for (const file of await readdir(OWN)) {
      if (file.endsWith('.py')) await cp(join(OWN, file), join(SERVED, file));
    }
    return new DagFiles();
  }

  /** Makes a file one that Airflow cannot import. */
  async break(file: string): Promise<void> {
    const text = await readFile(join(OWN, file), 'utf8');
    await writeFile(
      join(SERVED, file),
      `raise RuntimeError("the trial broke it")\n${text}`,
    );
  }

  /** Changes words of a file. */
  async change(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(join(SERVED, file), 'utf8');
    await writeFile(join(SERVED, file), text.replace(from, to));
  }

  async remove(file: string): Promise<void> {
    await rm(join(SERVED, file));
  }

  /** Makes a file what it was at first. */
  async mend(file: string): Promise<void> {
    await cp(join(OWN, file), join(SERVED, file));
  }

  async uninstall(): Promise<void> {
    await rm(SERVED, { recursive: true, force: true });
  }
}
