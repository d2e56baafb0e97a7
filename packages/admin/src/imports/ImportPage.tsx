import type { ImportMapping } from '@desk/schema/imports/mapping';
import { Stack, Step, StepLabel, Stepper } from '@mui/material';
import { useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import type { Upload } from './api.ts';
import { MappingStep } from './MappingStep.tsx';
import { RunStep } from './RunStep.tsx';
import { importTexts } from './texts.ts';
import { UploadStep } from './UploadStep.tsx';

/** The import wizard: choose a file, match its columns, check, import. Nothing is written before the last step. */
export default function ImportPage() {
  const { tell } = useSay();
  const [found, setFound] = useState<Upload>();
  const [mapping, setMapping] = useState<ImportMapping>();
  const [matched, setMatched] = useState(false);
  const step = !found ? 0 : !matched ? 1 : 2;
  const restart = () => {
    setFound(undefined);
    setMapping(undefined);
    setMatched(false);
  };
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 1100 }}>
      <PageTitle title={tell(importTexts.title)} />
      <Stepper activeStep={step} alternativeLabel>
        {[importTexts.choose, importTexts.map, importTexts.check].map((label) => (
          <Step key={label.en}>
            <StepLabel>{tell(label)}</StepLabel>
          </Step>
        ))}
      </Stepper>
      {!found && (
        <UploadStep
          onUploaded={(upload) => {
            setFound(upload);
            setMapping(upload.suggestedMapping);
          }}
        />
      )}
      {found && mapping && !matched && (
        <MappingStep
          upload={found}
          mapping={mapping}
          onChange={setMapping}
          onDone={() => setMatched(true)}
          onBack={restart}
        />
      )}
      {found && mapping && matched && (
        <RunStep upload={found} mapping={mapping} onBack={() => setMatched(false)} onRestart={restart} />
      )}
    </Stack>
  );
}
