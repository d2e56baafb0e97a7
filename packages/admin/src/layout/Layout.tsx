import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Layout as RaLayout, useLocale } from 'react-admin';
import { AppBar } from './AppBar.tsx';
import { PartMissing } from './PartMissing.tsx';
import { SessionDialog } from './SessionDialog.tsx';

const CallPopup = lazy(() => import('../calls/CallPopup.tsx'));

/** The frame of every page. */
export function Layout({ menu, children }: { menu: () => ReactNode; children: ReactNode }) {
  const locale = useLocale();
  const queries = useQueryClient();
  const before = useRef(locale);
  // Reasons and refusals come from the API in the reader's language.
  useEffect(() => {
    if (before.current !== locale) void queries.invalidateQueries();
    before.current = locale;
  }, [locale, queries]);
  return (
    <>
      <RaLayout
        appBar={AppBar}
        menu={menu}
        sx={{
          // As wide as the window, not as the widest table: that one scrolls in its own frame.
          minWidth: 0,
          '& .RaLayout-appFrame, & .RaLayout-contentWithSidebar, & .list-page': {
            minWidth: 0,
            maxWidth: '100%',
          },
          '& .RaLayout-content': { px: { xs: 1, sm: 2, md: 3 }, minWidth: 0 },
          '& .RaList-main, & .RaList-content': { minWidth: 0 },
        }}
      >
        {children}
        <SessionDialog />
        <Suspense>
          <CallPopup />
        </Suspense>
      </RaLayout>
      {/* Outside: the frame shows an error in place of what is in it. */}
      <PartMissing />
    </>
  );
}
