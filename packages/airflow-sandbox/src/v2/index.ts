import { Router } from 'express';
import { LiveCluster } from '../simulation/fleet';

export function v2Router(_cluster: LiveCluster): Router {
  return Router();
}
