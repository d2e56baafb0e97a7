import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';

/** The board in the hall stands alone: no frame, no menu, and a part of the code. */
const onWall = () => /^#\/wall(\?|$)/.test(window.location.hash);
const wall = onWall();
const Page = wall
  ? lazy(async () => ({ default: (await import('./wall/WallPage.tsx')).WallPage }))
  : lazy(async () => ({ default: (await import('./App.tsx')).App }));
window.addEventListener('hashchange', () => onWall() !== wall && window.location.reload());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <Suspense fallback={null}>
    <Page />
  </Suspense>,
);
