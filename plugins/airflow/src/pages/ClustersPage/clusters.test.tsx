import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen } from '@testing-library/react';
import { clusterOf } from '../../__testUtils__/dags';
import { portal } from '../../__testUtils__/portal';

const at = (time: string) => `2026-11-23T${time}:00.000Z`;

const reading = (
  kind: Cluster['collections'][number]['kind'],
  lastSuccessAt: string | null,
) => ({
  kind,
  lastAttemptAt: at('03:00'),
  lastSuccessAt,
  durationMs: 900,
  requests: 1,
  skippedRows: 0,
  problem: null,
});

async function card(change: Partial<Cluster>) {
  portal('/airflow/clusters', {
    listClusters: () => ({ items: [clusterOf({ components: [], ...change })] }),
  });
  await screen.findByRole('link', { name: 'Production EU' });
  const [shown] = document.querySelectorAll('[data-kind="cluster-card"]');
  const moments = Array.from(
    shown.querySelectorAll('time'),
    ({ dateTime }) => dateTime,
  );
  return { shown, moments };
}

describe('the card of a cluster', () => {
  it('says when any of it was read last', async () => {
    const { moments } = await card({
      collections: [
        reading('inventory', at('02:40')),
        reading('health', at('02:57')),
        reading('runs', null),
      ],
    });
    expect(moments).toEqual([at('02:57')]);
  });

  it('dates heartbeats by the clock of the portal', async () => {
    const { shown, moments } = await card({
      components: [
        { name: 'scheduler', status: 'healthy', heartbeatAt: at('02:50') },
      ],
      clock: { offsetMs: -300_000, measuredAt: at('02:59') },
    });
    expect(moments).toEqual([at('02:55')]);
    expect(shown).toHaveTextContent("Its clock is 5 min behind the portal's.");
  });

  it('says nothing of a clock that is right', async () => {
    const { shown } = await card({
      clock: { offsetMs: 0, measuredAt: at('02:59') },
    });
    expect(shown).not.toHaveTextContent(/clock/);
  });
});
