import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomBehavior } from 'd3-zoom';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { Point } from './layoutGraph';

const SMALLEST = 0.05;
const LARGEST = 2;
const READABLE = 0.6;
const STEP = 1.4;
const MARGIN = 24;

/** What the reader can do with a drawing that is larger than its frame. */
export interface Zooming {
  frame: RefObject<HTMLDivElement>;
  drawing: RefObject<HTMLDivElement>;
  zoomIn: () => void;
  zoomOut: () => void;
  /** Shows all of it. */
  fit: () => void;
  /** Brings a place of the drawing to the middle, large enough to read. */
  centre: (on: Point) => void;
}

/** Dragging moves a drawing; a pinch, the wheel with Ctrl or the buttons change its size. Plain scrolling scrolls the page. */
export function useZoom(size: { width: number; height: number }): Zooming {
  const { width, height } = size;
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const behaviour = useRef<ZoomBehavior<HTMLDivElement, unknown>>();

  const act = useCallback(
    (
      change: (
        zoomed: ZoomBehavior<HTMLDivElement, unknown>,
        element: HTMLDivElement,
      ) => void,
    ) => {
      if (behaviour.current && frame.current) {
        change(behaviour.current, frame.current);
      }
    },
    [],
  );
  const show = useCallback(
    (least: number) =>
      act((zoomed, element) => {
        const { clientWidth, clientHeight } = element;
        const scale = Math.min(
          1,
          (clientWidth - 2 * MARGIN) / Math.max(width, 1),
          (clientHeight - 2 * MARGIN) / Math.max(height, 1),
        );
        const k = Math.max(scale, least);
        const to = zoomIdentity
          .translate(
            Math.max((clientWidth - width * k) / 2, MARGIN),
            Math.max((clientHeight - height * k) / 2, MARGIN),
          )
          .scale(k);
        select(element).call(zoomed.transform, to);
      }),
    [act, width, height],
  );

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const zoomed = zoom<HTMLDivElement, unknown>()
      .scaleExtent([SMALLEST, LARGEST])
      .filter(event => event.type !== 'wheel' || event.ctrlKey || event.metaKey)
      // A click on a node stays a click, also of an unsteady hand.
      .clickDistance(6)
      .on('zoom', ({ transform: { x, y, k } }) => {
        if (!drawing.current) return;
        drawing.current.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      });
    behaviour.current = zoomed;
    const selected = select(element).call(zoomed);
    // A second click on a node is no wish to zoom.
    selected.on('dblclick.zoom', null);
    return () => {
      selected.on('.zoom', null);
    };
  }, []);
  // At first large enough to read, from where the DAG begins.
  useEffect(() => show(READABLE), [show]);

  return {
    frame,
    drawing,
    fit: useCallback(() => show(SMALLEST), [show]),
    zoomIn: useCallback(
      () =>
        act((zoomed, element) => select(element).call(zoomed.scaleBy, STEP)),
      [act],
    ),
    zoomOut: useCallback(
      () =>
        act((zoomed, element) =>
          select(element).call(zoomed.scaleBy, 1 / STEP),
        ),
      [act],
    ),
    centre: useCallback(
      ({ x, y }: Point) =>
        act((zoomed, element) => {
          const { clientWidth, clientHeight } = element;
          const to = zoomIdentity
            .translate(clientWidth / 2, clientHeight / 2)
            .translate(-x, -y);
          select(element).call(zoomed.transform, to);
        }),
      [act],
    ),
  };
}
