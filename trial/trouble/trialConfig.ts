/** The section `airflow` of a portal that reads often and waits for little, so that an hour passes in minutes. */
export function trialConfig(webhookUrl: string): object {
  return {
    intervals: {
      health: { seconds: 5 },
      inventory: { seconds: 10 },
      runs: { seconds: 5 },
    },
    alerts: {
      rules: [
        { name: 'unreachable', type: 'cluster-unreachable' },
        { name: 'unread', type: 'readings-failing', longerThan: '3m' },
        { name: 'clock', type: 'clock-skew', for: '20s' },
        { name: 'component', type: 'component-unhealthy' },
        { name: 'import', type: 'import-error' },
        { name: 'doubt', type: 'dags-vanished' },
        { name: 'vanished', type: 'dag-vanished' },
        { name: 'failed', type: 'run-failed' },
        { name: 'in-a-row', type: 'failures-in-a-row' },
        { name: 'older', type: 'older-run-failed' },
        { name: 'long', type: 'run-too-long' },
        { name: 'queued', type: 'run-stuck-queued' },
        { name: 'missed', type: 'run-missed', grace: '90s' },
      ],
      routes: [{ channels: ['trial'] }],
      webhooks: [
        {
          name: 'trial',
          url: webhookUrl,
          secret: 'whsec_YW4taG91ci1vZi10cm91YmxlLWluLW1pbnV0ZXM=',
        },
      ],
    },
  };
}
