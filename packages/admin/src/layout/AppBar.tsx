import HomeIcon from '@mui/icons-material/HomeWorkOutlined';
import { Box, IconButton, Link as MuiLink, Typography } from '@mui/material';
import { lazy, Suspense } from 'react';
import { AppBar as RaAppBar, RefreshIconButton, TitlePortal, UserMenu, useGetIdentity } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../platform/i18n/index.ts';
import { LiveIndicator } from './LiveIndicator.tsx';
import { LocaleButton } from './LocaleButton.tsx';

const InboxButton = lazy(() => import('../inbox/InboxButton.tsx'));

/** Home link, the page's title (its h1), live state, inbox, language, user. */
export function AppBar() {
  const { t } = useSay();
  const { identity } = useGetIdentity();
  return (
    <RaAppBar
      color="primary"
      // The button's name must contain what it shows.
      userMenu={<UserMenu label={identity?.fullName ?? ''} />}
      toolbar={
        <>
          <LiveIndicator />
          <Suspense>
            <InboxButton />
          </Suspense>
          <LocaleButton />
          <RefreshIconButton />
        </>
      }
    >
      <IconButton
        component={Link}
        to="/"
        color="inherit"
        aria-label={t('product')}
        sx={{ display: { md: 'none' } }}
      >
        <HomeIcon />
      </IconButton>
      <MuiLink
        component={Link}
        to="/"
        color="inherit"
        underline="hover"
        sx={{ display: { xs: 'none', md: 'block' }, fontWeight: 600, whiteSpace: 'nowrap' }}
      >
        {t('product')}
      </MuiLink>
      <Typography aria-hidden sx={{ mx: 1.5, opacity: 0.6, display: { xs: 'none', md: 'block' } }}>
        /
      </Typography>
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex' }}>
        <TitlePortal component="h1" />
      </Box>
    </RaAppBar>
  );
}
