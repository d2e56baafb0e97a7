import { createHash, randomBytes } from 'node:crypto';

/** Bearer tokens begin like this, so that scanners of source code and logs recognise a leaked one. */
const prefix = 'psd_';
const form = /^psd_[A-Za-z0-9_-]{43}$/;

export interface NewToken {
  /** Shown once; nobody can read it again. */
  secret: string;
  hash: Buffer;
  lastFour: string;
}

/** 256 random bits: guessing is hopeless, so a fast hash protects them at rest. */
export function newToken(): NewToken {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: hashToken(secret), lastFour: secret.slice(-4) };
}

export const hashToken = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The bearer token of an `Authorization` header; undefined when the header is of another form. */
export function bearerToken(authorization: string): string | undefined {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  return token && form.test(token) ? token : undefined;
}
