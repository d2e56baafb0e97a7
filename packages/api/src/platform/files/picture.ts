import { type FileType, mostPixels } from '@desk/schema/files/limits';
import sharp, { type Sharp } from 'sharp';

export interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
  /** WebP, at most 320 pixels wide and high. */
  thumbnail: Buffer;
}

/** Longest side that is kept: enough to read a meter, a tenth of what a phone sends. */
const longestSide = 2560;
const thumbnailSide = 320;

// Pictures share two cores with everything else.
sharp.concurrency(1);
sharp.cache(false);

/**
 * The picture as it is served: written anew, upright, without EXIF (place, device, time) and without whatever else was
 * hidden in the file. Undefined when the bytes are no picture that can be read, or one of too many pixels.
 */
export async function readPicture(bytes: Uint8Array, type: FileType): Promise<Picture | undefined> {
  const open = (animated: boolean) =>
    sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated }).autoOrient();
  const inside = (side: number) =>
    ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;
  try {
    const { data, info } = await written(
      open(type === 'image/gif').resize(inside(longestSide)),
      type,
    ).toBuffer({
      resolveWithObject: true,
    });
    const thumbnail = await open(false).resize(inside(thumbnailSide)).webp({ quality: 75 }).toBuffer();
    return { bytes: data, width: info.width, height: info.pageHeight ?? info.height, thumbnail };
  } catch {
    return undefined; // sharp says why in words for developers; to the sender it is an unreadable picture
  }
}

function written(image: Sharp, type: FileType): Sharp {
  if (type === 'image/png') return image.png();
  if (type === 'image/webp') return image.webp({ quality: 85 });
  if (type === 'image/gif') return image.gif();
  return image.jpeg({ quality: 85 });
}
