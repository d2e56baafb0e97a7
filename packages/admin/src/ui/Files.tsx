import { Box, Link as MuiLink } from '@mui/material';
import { apiOrigin } from '../platform/config.ts';

/** An attachment as the API describes it. */
export interface ShownFile {
  id: string;
  name: string;
  type: string;
  url?: string;
  thumbnail?: string | null;
}

/** The photo in small; nothing where the API made none. */
export function Thumbnail({ file, size }: { file: ShownFile; size: number }) {
  return (
    <Box
      component="img"
      src={`${apiOrigin}${file.thumbnail ?? ''}`}
      alt={file.name}
      loading="lazy"
      sx={{ width: size, height: size, objectFit: 'cover', borderRadius: 1, display: 'block' }}
    />
  );
}

/** Photos as pictures, documents by their names; each opens the file itself. */
export function Files({ files }: { files: readonly ShownFile[] }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {files.map((file) => (
        <MuiLink
          key={file.id}
          href={`${apiOrigin}${file.url ?? `/files/${file.id}`}`}
          target="_blank"
          rel="noreferrer"
        >
          {file.thumbnail ? <Thumbnail file={file} size={96} /> : file.name}
        </MuiLink>
      ))}
    </Box>
  );
}
