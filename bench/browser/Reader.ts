import type { Browser, Page } from '@playwright/test';

/** What a frame took while something was scrolled, in milliseconds. */
export interface FrameTimes {
  median: number;
  p95: number;
}

/** Frames of the way there, and as many of the way back. */
const FRAMES = 100;

/** Somebody who reads the portal in a browser that has no page of it yet. */
export class Reader {
  private constructor(readonly page: Page) {}

  /** Opens a page and waits until something is seen on it and nothing more is asked for. */
  static async arrive(
    browser: Browser,
    address: string,
    sees: string,
  ): Promise<Reader> {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    await page.waitForSelector(sees);
    await page.waitForLoadState('networkidle');
    return new Reader(page);
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }

  /** Goes to a page as a link does and tells how many milliseconds it takes until something there is shown. */
  follow(path: string, sees: string): Promise<number> {
    return this.page.evaluate(
      async ([to, selector]) => {
        performance.setResourceTimingBufferSize(10_000);
        performance.clearResourceTimings();
        performance.clearMarks();
        const { startTime } = performance.mark('follow');
        window.history.pushState(null, '', to);
        window.dispatchEvent(new PopStateEvent('popstate'));
        while (!document.querySelector(selector)) {
          await new Promise(done => window.requestAnimationFrame(done));
        }
        // It is in the document; the frame after has shown it.
        await new Promise(done => window.requestAnimationFrame(done));
        return performance.now() - startTime;
      },
      [path, sees],
    );
  }

  /** Milliseconds since the last {@link follow} began. */
  elapsed(): Promise<number> {
    return this.page.evaluate(
      () =>
        performance.now() - performance.getEntriesByName('follow')[0].startTime,
    );
  }

  /** Bytes, as they were sent, of all that has arrived since the last {@link follow} began. */
  received(): Promise<number> {
    return this.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(entry =>
          entry instanceof PerformanceResourceTiming ? entry.transferSize : 0,
        )
        .reduce((sum, bytes) => sum + bytes, 0),
    );
  }

  /** Scrolls an element to its end and back. */
  scroll(selector: string, way: 'down' | 'across'): Promise<FrameTimes> {
    return this.page.evaluate(
      async ([place, direction, count]) => {
        const frame = document.querySelector(place);
        if (!frame) throw new Error(`there is no ${place}`);
        const isDown = direction === 'down';
        const length = isDown
          ? frame.scrollHeight - frame.clientHeight
          : frame.scrollWidth - frame.clientWidth;
        const took: number[] = [];
        let before = performance.now();
        for (let at = 0; at <= 2 * count; at++) {
          const share = at <= count ? at / count : 2 - at / count;
          frame.scrollTo(
            isDown ? { top: share * length } : { left: share * length },
          );
          const now: number = await new Promise(done =>
            window.requestAnimationFrame(done),
          );
          took.push(now - before);
          before = now;
        }
        // The first frame began before the first step.
        took.shift();
        took.sort((a, b) => a - b);
        return {
          median: took[Math.floor(took.length * 0.5)],
          p95: took[Math.floor(took.length * 0.95)],
        };
      },
      [selector, way, FRAMES] as const,
    );
  }

  /** Megabytes that the page's JavaScript holds on to. */
  async heap(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize / 1024 / 1024;
  }
}
