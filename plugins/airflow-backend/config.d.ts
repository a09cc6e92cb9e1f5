import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Airflow Fleet: the clusters to watch, and how. */
  airflow?: {
    /** The Airflows of the company. */
    clusters?: Array<{
      /**
       * Names the cluster in URLs, permissions and the store: lower-case letters, digits and dashes. Renaming a
       * cluster makes it a new one.
       */
      name: string;
      /** What people read; the name when left out. */
      title?: string;
      /** Where Airflow answers, with its path if it has one, without `/api/v1` or `/api/v2`. */
      baseUrl: string;
      /** Where people open Airflow, when that is not `baseUrl`. */
      webUrl?: string;
      /** Such as `production`; a filter, and shown beside the name. */
      environment?: string;
      /** Entity ref of who owns the cluster, such as `group:default/platform`. */
      owner?: string;
      tags?: string[];
      /** Refuses every action on this cluster; `false` unless set. */
      readOnly?: boolean;
      /** IANA time zone in which its people think, such as `Europe/Berlin`. */
      defaultTimezone?: string;
      /** How the portal signs in; a module may add types with keys of their own. */
      auth: {
        /**
         * `none`, `basic` (Airflow 2), `airflow3` (user and password for a token), `password` (either of the two,
         * as the version asks), `token`, `headers`, `oauth2` (client credentials).
         */
        type: string;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** @visibility secret */
        token?: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
        tokenUrl?: string;
        clientId?: string;
        /** @visibility secret */
        clientSecret?: string;
        scope?: string;
      };
      /** PEM texts; read them from files with `$file`. */
      tls?: {
        /** Certificate authorities that are trusted in place of the system's. */
        ca?: string;
        /** Client certificate. */
        cert?: string;
        /**
         * Private key of the client certificate.
         * @visibility secret
         */
        key?: string;
        /** Accepts any certificate; for trying things out only. */
        insecureSkipVerify?: boolean;
      };
      /**
       * URL of an HTTP proxy, which may hold user and password.
       * @visibility secret
       */
      proxy?: string;
      limits?: {
        /** Requests open at the same time; a quarter is kept for readings, and one for readers. 4 unless set. */
        maxInFlight?: number;
        /** A quarter is kept for readings, and one for readers. 300 unless set. */
        requestsPerMinute?: number;
        /** For each of: connecting, waiting for an answer, silence within it. 15 seconds unless set. */
        timeout?: HumanDuration | string;
        /** Of one answer, after decompression; logs are not bound by it. 33554432 unless set. */
        maxResponseBytes?: number;
      };
    }>;
    /** How often each kind of fact is read from each cluster. */
    intervals?: {
      /** Health of the components. 30 seconds unless set. */
      health?: HumanDuration | string;
      /** DAGs and import errors. 2 minutes unless set. */
      inventory?: HumanDuration | string;
      /** DAG runs. 30 seconds unless set. */
      runs?: HumanDuration | string;
    };
    /** How far back the first reading of a cluster's runs goes. 14 days unless set. */
    history?: HumanDuration | string;
    /** Who owns a DAG where neither the portal, nor a catalog entity, nor a `team:` tag says so. */
    ownership?: {
      /** Group or user, as in `group:default/payments`, by what Airflow calls an owner. */
      airflowOwners?: { [airflowOwner: string]: string };
    };
    /** Where links lead that are not followed within the plugin's own pages; `path` is in the schema of airflow-common. */
    links?: {
      /** The portal's address in webhooks and mails, where that is not `app.baseUrl`. */
      baseUrl?: string;
    };
    /** How long history is kept. */
    retention?: {
      /** Finished runs. 90 days unless set; not shorter than `history`. */
      runs?: HumanDuration | string;
      /** 14 days unless set. */
      healthSamples?: HumanDuration | string;
      /** Resolved alerts with their timelines and deliveries. 90 days unless set. */
      alerts?: HumanDuration | string;
      /** What people did to Airflow through the portal, and why. 90 days unless set. */
      actions?: HumanDuration | string;
      /**
       * DAGs that Airflow no longer has, and clusters that are no longer configured, with all that is stored of them but
       * alerts and actions. 90 days unless set.
       */
      gone?: HumanDuration | string;
    };
    /** What counts as wrong, and who is told of it. */
    alerts?: {
      /** In place of the default rules. An empty list switches alerts off. */
      rules?: Array<{
        /** Names the rule: lower-case letters, digits and dashes. A renamed rule is a new one. */
        name: string;
        /** Which clusters and DAGs it looks at; a part that is left out does not narrow. */
        scope?: {
          clusters?: string[];
          environments?: string[];
          /** Entity refs of who owns the DAG, or the cluster for rules that are about clusters. */
          owners?: string[];
          /** Ids, or globs with `*` and `?`; for rules about DAGs and runs. */
          dags?: string[];
          /** Any of them; for rules about DAGs and runs. */
          tags?: string[];
        };
        // keys of rules, by npm run reference

        type:
          | 'cluster-unreachable'
          | 'readings-failing'
          | 'clock-skew'
          | 'dags-vanished'
          | 'component-unhealthy'
          | 'import-error'
          | 'dag-vanished'
          | 'run-failed'
          | 'failures-in-a-row'
          | 'older-run-failed'
          | 'run-too-long'
          | 'run-stuck-queued'
          | 'run-missed'
          | 'no-success';
        /**
         * `critical` for `cluster-unreachable`, `readings-failing`, `dags-vanished`, `component-unhealthy`,
         * `import-error` and `failures-in-a-row`, else `warning`, unless set.
         */
        severity?: 'critical' | 'warning' | 'info';
        /**
         * For how long it must hold before somebody is told. 1 minute for `cluster-unreachable`, `dags-vanished` and
         * `component-unhealthy`, 2 minutes for `clock-skew`, else nothing, unless set.
         */
        for?: HumanDuration | string;
        /**
         * Of `readings-failing`: for so long nothing new of a kind of fact may be read. 10 minutes unless set. Of
         * `run-too-long`: so long a run may take. 24 hours unless set. Of `run-stuck-queued`: so long a run may be
         * queued. 15 minutes unless set.
         */
        longerThan?: HumanDuration | string;
        /** Of `clock-skew`: so far a clock may be from the portal's. 1 minute unless set. */
        moreThan?: HumanDuration | string;
        /** Of `failures-in-a-row`: so many failures fire it. 3 unless set. */
        count?: number;
        /** Of `run-too-long`: so many times as long as usual, and 15 minutes more, is too long. 3 unless set. */
        timesUsual?: number;
        /** Of `run-missed`: so late a run may come. 10 minutes unless set. */
        grace?: HumanDuration | string;
        /** Of `no-success`, which needs it: a run must succeed at least once within this time. */
        within?: HumanDuration | string;

        // end of keys of rules
      }>;
      /**
       * In place of the default route, which tells the owner of every critical and warning alert by `notifications`.
       * Every route that fits an alert applies.
       */
      routes?: Array<{
        /** Values of one part are alternatives, parts add up; a part that is left out fits every alert. */
        match?: {
          severities?: Array<'critical' | 'warning' | 'info'>;
          clusters?: string[];
          environments?: string[];
          ruleTypes?: string[];
        };
        /** `notifications`, names of webhooks, or of channels that modules add. */
        channels: string[];
        /** `owner`, or entity refs of groups and users. The owner unless set. */
        to?: string[];
      }>;
      /** Addresses that are called with each notice that a route sends there. */
      webhooks?: Array<{
        /** Names the channel. */
        name: string;
        /**
         * May hold a token.
         * @visibility secret
         */
        url: string;
        /**
         * Signs each call, as Standard Webhooks has it: whsec_ and then 24 to 64 bytes in base64.
         * @visibility secret
         */
        secret: string;
      }>;
      /** What one recipient is to hear of a cluster at about the same time is one notice, in the portal and by mail. */
      together?: {
        /** So long a notice waits for more of the same. 10 seconds unless set. */
        wait?: HumanDuration | string;
        /** So long the next one of the same waits after it. 2 minutes unless set. */
        interval?: HumanDuration | string;
      };
    };
  };
}
