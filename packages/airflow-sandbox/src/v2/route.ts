import { Request, Response } from 'express';
import { SandboxUser } from '../auth';
import { LiveCluster } from '../simulation/fleet';
import { V2Query } from './query';

/** What every route of one request works with. */
export interface V2Context {
  cluster: LiveCluster;
  user: SandboxUser;
  query: V2Query;
  params: Record<string, string>;
  body: unknown;
  request: Request;
  response: Response;
}

/** Names a route, since when it is there, and how it answers. */
export interface V2Route {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  path: string;
  since?: string;
  /** A POST that only reads. */
  reads?: boolean;
  status?: number;
  handle: (context: V2Context) => unknown;
}
