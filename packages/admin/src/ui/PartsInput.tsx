import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/RemoveCircleOutlined';
import { Box, Button, FormHelperText, IconButton, Stack, Typography } from '@mui/material';
import type { ComponentType } from 'react';
import { useFieldArray, useFormContext, useFormState } from 'react-hook-form';
import { useSay } from '../platform/i18n/index.ts';
import type { Field, Input } from '../platform/model.ts';
import { at } from './represent.ts';

interface LinesProps {
  parts: Input[];
  source: string;
  /** Draws one part; handed in, because it draws value objects with this very file. */
  Part: ComponentType<{ field: Field; source: string }>;
}
interface PartsInputProps extends LinesProps {
  field: Field;
}

/** A value object, or a list of them, as one line of inputs each: the roles of a colleague, the items of an order. */
export function PartsInput({ field, parts, source, Part }: PartsInputProps) {
  const { tell } = useSay();
  const { errors } = useFormState();
  const error = at(errors, source) as { message?: string } | undefined;
  return (
    <Box component="fieldset" sx={{ m: 0, p: 0, border: 0, minWidth: 0 }}>
      <Typography component="legend" variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {tell(field.label)}
        {field.required && ' *'}
      </Typography>
      {field.many ? (
        <Lines parts={parts} source={source} Part={Part} />
      ) : (
        <Line parts={parts} source={source} Part={Part} />
      )}
      {(error?.message || field.help) && (
        <FormHelperText error={Boolean(error?.message)}>
          {error?.message ?? (field.help && tell(field.help))}
        </FormHelperText>
      )}
    </Box>
  );
}

function Line({ parts, source, Part }: LinesProps) {
  return (
    <Box
      sx={{
        flex: 1,
        minWidth: 0,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(auto-fit, minmax(160px, 1fr))' },
      }}
    >
      {parts.map((part) => (
        <Part key={part.name} field={part} source={`${source}.${part.name}`} />
      ))}
    </Box>
  );
}

function Lines({ parts, source, Part }: LinesProps) {
  const { t } = useSay();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: source });
  return (
    <Stack sx={{ gap: 1.5 }}>
      {fields.map(({ id }, index) => (
        <Stack key={id} direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
          <Line parts={parts} source={`${source}.${index}`} Part={Part} />
          <IconButton aria-label={t('removeLine', { number: index + 1 })} onClick={() => remove(index)}>
            <RemoveIcon />
          </IconButton>
        </Stack>
      ))}
      <Box>
        <Button
          size="small"
          startIcon={<AddIcon />}
          onClick={() => append(Object.fromEntries(parts.map(({ name, many }) => [name, many ? [] : ''])))}
        >
          {t('addLine')}
        </Button>
      </Box>
    </Stack>
  );
}
