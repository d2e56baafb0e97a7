import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Lines drawn beyond what is seen, so that scrolling shows no gaps. */
const beyond = 6;

interface Window {
  /** First and last line that is drawn. */
  first: number;
  last: number;
}

/** Which lines of equal height are worth drawing in a scrolled frame. */
export function useWindow(frame: RefObject<HTMLElement | null>, count: number, height: number): Window {
  const [seen, setSeen] = useState({ top: 0, size: 800 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setSeen({ top: element.scrollTop, size: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [frame]);
  const first = Math.max(0, Math.floor(seen.top / height) - beyond);
  const last = Math.min(count - 1, Math.ceil((seen.top + seen.size) / height) + beyond);
  return { first: Math.min(first, Math.max(0, last)), last };
}

/** Scrolls a line into the frame when it becomes the current one. */
export function useInView(frame: RefObject<HTMLElement | null>, index: number, height: number): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || index < 0) return;
    const top = index * height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight)
      element.scrollTop = top + height - element.clientHeight;
  }, [frame, index, height]);
}
