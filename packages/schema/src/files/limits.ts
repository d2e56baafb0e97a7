/** What may be attached, and how it is called; anything else is refused, whatever its name says. */
export const fileTypes = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
} as const;
export type FileType = keyof typeof fileTypes;

/** Bytes of one file. */
export const largestFile = 10 * 1024 * 1024;
/** Pixels of one picture, all frames counted: a small file may hold a huge picture. */
export const mostPixels = 50_000_000;
/** Files of one ticket, with those of its comments and notes. */
export const filesPerTicket = 20;
/** Files that one person or token has uploaded and not attached yet. */
export const filesWaiting = 100;
/** Hours after which an uploaded file that belongs to nothing is removed. */
export const fileWaits = 24;
