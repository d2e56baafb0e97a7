import { type FileType, fileTypes } from '@desk/schema/files/limits';
import { fileTypeFromBuffer } from 'file-type';

/** What the bytes are, whatever the name and the sender say; undefined when it is nothing that may be attached. */
export async function sniff(bytes: Uint8Array): Promise<FileType | undefined> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  return mime !== undefined && mime in fileTypes ? (mime as FileType) : undefined;
}
