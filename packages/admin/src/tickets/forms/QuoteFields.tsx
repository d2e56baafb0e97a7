import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useController, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { formatMoney } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Field } from '../../platform/model.ts';
import { communityOf } from '../../platform/viewer.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { blankLine, type QuoteLine, totalOf } from './amounts.ts';
import { problemOf } from './catalogue.ts';
import { QuoteLineInputs } from './QuoteLineInputs.tsx';
import { formTexts } from './texts.ts';

const remark: Field = {
  name: 'remark',
  kind: 'multiline',
  label: formTexts.remark,
  group: 'main',
  many: false,
  required: false,
  sort: false,
  column: false,
  type: 'String',
};

/** Content, price and time before the work: line by line, with the catalogue's prices and the total while one types (handbook T-15). */
export function QuoteFields({ record, inputs }: ActionFieldsProps) {
  const { tell, locale } = useSay();
  const { control, setValue, getValues } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: 'lines' });
  const lines = (useWatch({ name: 'lines' }) ?? []) as QuoteLine[];
  const problem = (record.problem as { id?: string } | null | undefined)?.id;
  const { data: known } = useQuery({
    queryKey: ['ticketProblems', 'priced', problem],
    enabled: Boolean(problem),
    queryFn: ({ signal }) => problemOf(problem ?? '', signal),
  });
  // What the ticket is about stands in the first line, unless somebody has begun to write there.
  useEffect(() => {
    if (known?.price && getValues('lines.0.name') === '')
      setValue('lines.0', {
        ...blankLine(),
        name: known.name,
        unit: known.priceUnit ?? '',
        unitPrice: known.price,
      });
  }, [known, getValues, setValue]);
  const total = totalOf(lines);
  const { fieldState } = useController({
    name: 'total',
    rules: { validate: () => totalOf(getValues('lines')) !== undefined || tell(formTexts.badTotal) },
  });
  const { currency } = communityOf(record);
  const visit = inputs.find(({ name }) => name === 'visitAt');
  // Whoever is there already agrees on no time.
  const there = record.status === 'ON_SITE';
  return (
    <>
      <Typography variant="body2">{tell(formTexts.quoteLead)}</Typography>
      {fields.map(({ id }, index) => (
        <QuoteLineInputs
          key={id}
          index={index}
          currency={currency}
          last={index === fields.length - 1}
          onNext={() => append(blankLine(), { focusName: `lines.${fields.length}.name` })}
          {...(fields.length > 1 && { onRemove: () => remove(index) })}
        />
      ))}
      <Box>
        <Button
          size="small"
          startIcon={<AddIcon />}
          onClick={() => append(blankLine(), { focusName: `lines.${fields.length}.name` })}
        >
          {tell(formTexts.addLine)}
        </Button>
      </Box>
      {visit && <FieldInput field={{ ...visit, required: record.kind === 'PAID_SERVICE' && !there }} />}
      <FieldInput field={remark} />
      <Box
        role="status"
        sx={{ display: 'flex', justifyContent: 'flex-end', gap: 2, alignItems: 'baseline', flexWrap: 'wrap' }}
      >
        <Typography color="textSecondary">{tell(formTexts.total)}</Typography>
        <Typography variant="h5" component="span" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {total === undefined ? '—' : formatMoney(total, currency, locale)}
        </Typography>
        {fieldState.error && (
          <Typography color="error" variant="body2" sx={{ width: '100%', textAlign: 'right' }}>
            {fieldState.error.message}
          </Typography>
        )}
      </Box>
    </>
  );
}
