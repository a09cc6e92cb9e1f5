import { ButtonIcon } from '@backstage/ui';
import {
  RiFullscreenLine,
  RiZoomInLine,
  RiZoomOutLine,
} from '@remixicon/react';
import { useEffect, useMemo } from 'react';
import type { RunTasks } from '../../data/useGrid';
import { frameLook } from '../taskViews';
import styles from './graph.module.css';
import { GraphNodeBox } from './GraphNodeBox';
import type { GraphBox, GraphLayout, Point } from './layoutGraph';
import { useZoom } from './useZoom';

/** Height of the frame: at least this, and some room around the graph. */
const LEAST = 260;
const ROOM = 100;

/** A graph that is already laid out: boxes and lines, to be moved and zoomed. */
export function GraphView(props: {
  label: string;
  layout: GraphLayout;
  /** How the tasks of the run stand; undefined without a run. */
  tasks: RunTasks | undefined;
  /** Tasks of the critical path, in order; empty when it is not to be shown. */
  critical: readonly string[];
  /** What the reader looks for; empty when nothing. */
  find: string;
  onFold: (groupId: string) => void;
  onOpen: (taskId: string) => void;
}) {
  const { label, layout, tasks, critical, find, onFold, onOpen } = props;
  const { frame, drawing, zoomIn, zoomOut, fit, centre } = useZoom(layout);
  const found = useMemo(() => foundIn(layout.boxes, find), [layout, find]);
  useEffect(() => {
    if (found.length > 0) centre(middleOf(found[0]));
  }, [found, centre]);
  const isCritical = useMemo(() => new Set(critical), [critical]);
  const leads = ({ node }: GraphBox) =>
    node.taskIds.some(id => isCritical.has(id));
  const criticalIds = new Set(
    layout.boxes.filter(leads).map(({ node }) => node.id),
  );
  return (
    <div className={styles.view}>
      <div
        ref={frame}
        className={`${frameLook} ${styles.frame}`}
        style={{
          height: `min(70vh, ${Math.max(layout.height + ROOM, LEAST)}px)`,
        }}
        role="group"
        aria-label={label}
        data-kind="graph"
      >
        <div
          ref={drawing}
          className={styles.drawing}
          style={{ width: layout.width, height: layout.height }}
        >
          <svg
            className={styles.edges}
            width={layout.width}
            height={layout.height}
            aria-hidden="true"
          >
            {layout.edges.map(({ from, to, points }) => (
              <path
                key={`${from}\n${to}`}
                d={curve(points)}
                data-kind="graph-edge"
                data-critical={criticalIds.has(from) && criticalIds.has(to)}
              />
            ))}
          </svg>
          {layout.boxes.map(box => (
            <GraphNodeBox
              key={box.node.id}
              box={box}
              tasks={tasks}
              isCritical={criticalIds.has(box.node.id)}
              isFaint={find !== '' && !found.includes(box)}
              onFold={onFold}
              onOpen={onOpen}
              onFocus={() => centreIfHidden(frame.current, box, centre)}
            />
          ))}
        </div>
      </div>
      <div className={styles.zoom}>
        <ButtonIcon
          variant="secondary"
          size="small"
          icon={<RiZoomInLine />}
          aria-label="Larger"
          onPress={zoomIn}
        />
        <ButtonIcon
          variant="secondary"
          size="small"
          icon={<RiZoomOutLine />}
          aria-label="Smaller"
          onPress={zoomOut}
        />
        <ButtonIcon
          variant="secondary"
          size="small"
          icon={<RiFullscreenLine />}
          aria-label="Show all"
          onPress={fit}
        />
      </div>
    </div>
  );
}

function foundIn(boxes: readonly GraphBox[], find: string): GraphBox[] {
  if (find === '') return [];
  const wanted = find.toLowerCase();
  return boxes.filter(({ node }) =>
    [node.id, node.label].some(own => own.toLowerCase().includes(wanted)),
  );
}

function middleOf({ x, y, width, height }: GraphBox): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Who goes through the tasks by keyboard sees where they are; the browser's own scrolling would shift the drawing. */
function centreIfHidden(
  frame: HTMLDivElement | null,
  box: GraphBox,
  centre: (on: Point) => void,
): void {
  const element = document.activeElement;
  if (!frame || !element || !element.matches(':focus-visible')) return;
  frame.scrollTo(0, 0);
  const [outer, inner] = [frame, element].map(e => e.getBoundingClientRect());
  const isSeen =
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom;
  if (!isSeen) centre(middleOf(box));
}

/** Leaves and reaches every point levelly. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (!before) return `M${x},${y}`;
      const middle = (before.x + x) / 2;
      return `C${middle},${before.y} ${middle},${y} ${x},${y}`;
    })
    .join('');
}
