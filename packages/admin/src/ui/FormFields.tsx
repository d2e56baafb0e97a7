import type { ResourceDescriptor } from '@desk/schema';
import { Box, Card, CardContent, Typography } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import { type Input, withTimes } from '../platform/model.ts';
import { FieldInput } from './FieldInput.tsx';

/** The inputs of a form, group by group as on the show page. */
export function FormFields({ owner, inputs }: { owner: ResourceDescriptor; inputs: readonly Input[] }) {
  const { tell } = useSay();
  const order = Object.keys(owner.groups ?? {});
  const groups = [...new Set([...order, ...inputs.map(({ group }) => group)])];
  return groups.map((group) => {
    const fields = inputs.filter((input) => input.group === group);
    const heading = owner.groups?.[group];
    if (fields.length === 0) return null;
    return (
      <Card key={group} variant="outlined" component="fieldset" sx={{ m: 0, p: 0 }}>
        <CardContent>
          <Typography variant="h6" component="legend" sx={{ float: 'left', width: '100%', mb: 2 }}>
            {tell(heading ?? owner.label)}
          </Typography>
          <InputGrid inputs={withTimes(owner, fields)} />
        </CardContent>
      </Card>
    );
  });
}

/** Inputs side by side where there is room; long texts take the whole line. */
export function InputGrid({ inputs }: { inputs: readonly Input[] }) {
  return (
    <Box
      sx={{
        clear: 'both',
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      {inputs.map((input) => (
        <Box key={input.name} sx={input.kind === 'multiline' ? { gridColumn: '1 / -1' } : {}}>
          <FieldInput field={input} />
        </Box>
      ))}
    </Box>
  );
}
