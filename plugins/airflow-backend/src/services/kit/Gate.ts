import {
  clusterParams,
  dagParams,
  type Endpoint,
  type EndpointNeeds,
  type EndpointSubjects,
  type EndpointWrites,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import type { RegisteredCluster } from '../../clusters';
import type { Access } from './Access';
import type { AskedOf, Checked, Found } from './asked';
import type { Audit, AuditedAction } from './Audit';
import type { LiveCache } from './LiveCache';
import { readOnly } from './refusals';

interface Question {
  needs: EndpointNeeds;
  writes?: Pick<EndpointWrites, 'to'>;
  params: unknown;
  credentials: BackstageCredentials;
}

type Finders = {
  [Subject in keyof EndpointSubjects]: (
    question: Question,
  ) => Promise<Found[Subject]>;
};

/**
 * Lets through what an endpoint declares and nothing else: by its permission, on no cluster that is read-only where it
 * changes something in Airflow, and written down where it changes something at all, refused or not. After what was done
 * to a DAG, nothing that is kept of it is given to anybody.
 */
export class Gate {
  private readonly finders: Finders;

  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly live: Pick<LiveCache, 'forget'>,
  ) {
    this.finders = findersOf(access);
  }

  /** @throws ProblemError `not-allowed`, `read-only`, or what there is not for who asks */
  async pass<E extends Endpoint, T>(
    endpoint: E,
    checked: Checked<E>,
    act: (asked: AskedOf<E>) => Promise<T>,
  ): Promise<T> {
    const action = auditedActionOf(endpoint, checked);
    const permitted = async () => {
      const found = await this.find(endpoint, checked);
      try {
        return await act({ ...checked, ...found });
      } finally {
        // What was kept no longer holds, nor what was fetched meanwhile; an action that failed may be half done.
        if (action && endpoint.writes?.to === 'airflow') {
          const { cluster, dagId } = dagParams.parse(checked.params);
          this.live.forget(cluster, dagId);
        }
      }
    };
    return action
      ? this.audit.record(action, permitted, endpoint.writes)
      : permitted();
  }

  private async find<E extends Endpoint>(
    { needs, writes }: E,
    { params, credentials }: Checked<E>,
  ): Promise<Found[E['needs']['of']]> {
    if (needs.basic) await this.access.require(needs.basic, credentials);
    const subject: E['needs']['of'] = needs.of;
    return this.finders[subject]({ needs, writes, params, credentials });
  }
}

function findersOf(access: Access): Finders {
  const listed = async ({ needs, credentials }: Question) => ({
    scope: await access.scope(needs.permission, credentials),
  });
  return {
    cluster: async ({ needs, writes, params, credentials }) => {
      const { cluster: name } = clusterParams.parse(params);
      const { permission } = needs;
      return {
        cluster: open(
          await access.cluster(name, permission, credentials),
          writes,
        ),
      };
    },
    dag: async ({ needs, writes, params, credentials }) => {
      const dag = dagParams.parse(params);
      const { permission } = needs;
      return {
        cluster: open(await access.dag(dag, permission, credentials), writes),
      };
    },
    dags: listed,
    alerts: listed,
    clusters: async ({ credentials }) => ({
      scope: await access.clusters(credentials),
    }),
    files: async ({ credentials }) => ({
      scope: await access.files(credentials),
    }),
    'each-alert': async ({ needs, credentials }) => ({
      scope: await access.alertsFor(needs.permission, credentials),
    }),
  };
}

/** The cluster, unless it is read-only and something is to be changed in its Airflow. */
function open(
  cluster: RegisteredCluster,
  writes: Question['writes'],
): RegisteredCluster {
  if (cluster.readOnly && writes?.to === 'airflow') throw readOnly(cluster);
  return cluster;
}

const place = z.record(z.string(), z.union([z.string(), z.number()]));
const said = z.object({
  dryRun: z.boolean().optional(),
  reason: z.string().optional(),
});

/** What is written down of a request; undefined where it changes nothing. */
function auditedActionOf(
  { writes }: Endpoint,
  { params, body, who, request }: Checked<Endpoint>,
): AuditedAction | undefined {
  const { dryRun, reason } = said.safeParse(body).data ?? {};
  if (!writes || dryRun) return undefined;
  return {
    eventId: writes.eventOf?.(body) ?? writes.events[0],
    severityLevel: writes.severity,
    meta: {
      ...place.parse(params),
      ...writes.details?.(body),
      ...(reason && { reason }),
    },
    who,
    request,
  };
}
