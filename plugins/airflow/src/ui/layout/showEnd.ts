/** A ref for what is wider than a phone and ends with the newest: it begins scrolled to there. */
export function showEnd(element: HTMLElement | null): void {
  if (element) element.scrollLeft = element.scrollWidth;
}
