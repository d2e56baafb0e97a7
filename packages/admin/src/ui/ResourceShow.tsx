import type { ResourceDescriptor } from '@desk/schema';
import { Box, Stack, Typography } from '@mui/material';
import type { ComponentType, ReactNode } from 'react';
import {
  EditButton,
  ListButton,
  Loading,
  ShowBase,
  useResourceDefinition,
  useShowContext,
} from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { may } from '../platform/viewer.ts';
import { ActionBar } from './ActionBar.tsx';
import { Colleagues } from './Colleagues.tsx';
import { Details } from './Details.tsx';
import { Failure } from './Failure.tsx';
import { History } from './History.tsx';
import { PageTitle } from './PageTitle.tsx';
import { Related } from './Related.tsx';
import { represent, useOwner } from './represent.ts';
import { StatusChip } from './StatusChip.tsx';

/** A domain's own part of a show page; stands before the details: it is what the page is opened for. */
export type ShowPanel = ComponentType<{ owner: ResourceDescriptor; record: DeskRecord }>;

interface ShowProps {
  panels?: readonly ShowPanel[];
  /** Actions that a panel offers itself. */
  ownActions?: readonly string[];
  /** Fields that a panel shows itself. */
  ownFields?: readonly string[];
  /** Connections that a panel shows itself. */
  ownRelated?: readonly string[];
  /** Whether the record may still be changed: no button leads to what the API would refuse. */
  changeable?: ((record: DeskRecord) => boolean) | undefined;
}

const always = () => true;

/** The page of any record: state and actions, details, related lists, history; refreshed live. */
export default function ResourceShow(props: ShowProps) {
  return (
    // An error is shown in place, with a way to try again, instead of a jump back to the list.
    <ShowBase queryOptions={{ onError: () => undefined }} disableAuthentication={false}>
      <ShowPage {...props} />
    </ShowBase>
  );
}

function ShowPage(props: ShowProps) {
  const { panels = [], ownActions = [], ownFields = [], ownRelated = [], changeable = always } = props;
  const owner = useOwner();
  const { tell, t } = useSay();
  const { hasEdit } = useResourceDefinition();
  const { record, error, isPending, refetch } = useShowContext<DeskRecord>();
  if (isPending) return <Loading />;
  if (!record)
    return (
      <Page title={tell(owner.label)}>
        <Failure error={error ?? t('notFound')} retry={refetch} />
        <ListButton />
      </Page>
    );
  const name = represent(owner.name, record);
  return (
    <Page title={`${tell(owner.label)} ${name}`}>
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1 }}>
        <Stack
          direction="row"
          sx={{ flex: 1, minWidth: 0, flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}
        >
          <Typography variant="h5" component="p" sx={{ overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          {owner.lifecycle && record.status !== undefined && (
            <StatusChip lifecycle={owner.lifecycle} state={String(record.status)} />
          )}
          <Colleagues subject={record.id} mode="VIEWING" />
        </Stack>
        <ListButton />
        {hasEdit && owner.update && may(owner, 'update') && changeable(record) && <EditButton />}
      </Stack>
      <ActionBar owner={owner} record={record} without={ownActions} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 320px' },
        }}
      >
        <Stack sx={{ gap: 2, minWidth: 0 }}>
          {panels.map((Panel, index) => (
            // Panels are a fixed list of the registration: their place is their identity.
            <Panel key={Panel.displayName ?? Panel.name ?? index} owner={owner} record={record} />
          ))}
          <Details owner={owner} record={record} without={ownFields} />
        </Stack>
        <History owner={owner} record={record} />
      </Box>
      <Related owner={owner} record={record} without={ownRelated} />
    </Page>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack sx={{ gap: 2, py: 2, minWidth: 0 }}>
      <PageTitle title={title} />
      {children}
    </Stack>
  );
}
