import { Typography } from '@mui/material';
import { useSay } from '../../platform/i18n/index.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { FieldInput } from '../../ui/FieldInput.tsx';
import type { Search } from './candidates.ts';
import { TicketPicker } from './TicketPicker.tsx';
import { formTexts } from './texts.ts';

interface AnotherTicketProps extends ActionFieldsProps {
  search: Search;
}

/** Which ticket this one is joined to, what that means, and why. */
function AnotherTicket({ search, record, inputs }: AnotherTicketProps) {
  const { tell } = useSay();
  return (
    <>
      <Typography variant="body2">
        {tell(search === 'DUPLICATE' ? formTexts.mergeLead : formTexts.incidentLead)}
      </Typography>
      {inputs.map((input) =>
        input.reference === 'tickets' ? (
          <TicketPicker key={input.name} input={input} record={record} search={search} />
        ) : (
          <FieldInput key={input.name} field={input} />
        ),
      )}
    </>
  );
}

export const MergeFields = (props: ActionFieldsProps) => <AnotherTicket {...props} search="DUPLICATE" />;
export const IncidentFields = (props: ActionFieldsProps) => <AnotherTicket {...props} search="INCIDENT" />;
