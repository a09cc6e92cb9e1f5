import { fireEvent } from '@testing-library/react';

/** Lets what is scrolled have a height and an end, which jsdom lacks. */
export function giveScrolling(height = 400): void {
  jest
    .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
    .mockReturnValue(height);
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height);
  jest
    .spyOn(Element.prototype, 'scrollHeight', 'get')
    .mockImplementation(function heightOf(this: Element) {
      const [all] = this.children;
      return all instanceof HTMLElement ? parseFloat(all.style.height) : height;
    });
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.scrollTo = function scrollTo(
    this: Element,
    to?: ScrollToOptions | number,
  ) {
    const top = typeof to === 'object' ? to.top ?? 0 : 0;
    fireEvent.scroll(this, {
      target: { scrollTop: Math.min(top, this.scrollHeight - height) },
    });
  };
}
